/** How the accounts fare: by the platform's own word where it can be asked, by the engine's, and by what they used up. */
import type { AccountCheck, Channel } from "../../channels/channel.ts";
import type { AccountHealth } from "../../domain/accounts/account.ts";
import { activeAccount } from "../../domain/accounts/account.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { Clock } from "../../lib/clock.ts";
import type { AppParts } from "../app-parts.ts";
import { createWorkers, workerOf } from "./workers.ts";
import { dailyLimitOf } from "./daily-limit.ts";
import { reasonOfError } from "../../domain/reasons/of-error.ts";

/** How long a platform may take to say how an account fares, in ms. */
const LONGEST_ANSWER_MS = 15_000;

export interface CheckedAccount {
  readonly channel: string;
  readonly account: string;
  /** Absent where there is nobody to ask. */
  readonly check?: AccountCheck;
}

export interface AccountReport extends CheckedAccount {
  /** What campaigns go by at the moment. */
  readonly health: AccountHealth;
  /** Messages in the day of the configured time zone. */
  readonly usedToday: number;
  /** Messages a day that campaigns under way give it at most; absent: no limit, or no campaign. */
  readonly limit?: number;
  /** The process that sends through it; absent where one does everything, or none does now. */
  readonly worker?: string;
}

/** Asks after every account of a channel, all at the same time; whoever does not answer in time is `unknown`. */
export async function checkAccounts(channel: Channel, clock: Clock): Promise<readonly CheckedAccount[]> {
  const accounts = await channel.accounts();
  return Promise.all(
    accounts.map(async ({ name: account }) => {
      const checked = { channel: channel.manifest.name, account };
      return channel.check ? { ...checked, check: await inTime(channel, account, clock) } : checked;
    }),
  );
}

/** Makes the use case that tells of all accounts of all channels, by the word of their platforms too. */
export function createAccountReports(parts: Parts) {
  return async (): Promise<readonly AccountReport[]> => {
    const { channels, clock } = parts;
    const checked = await Promise.all([...channels.values()].map((channel) => checkAccounts(channel, clock)));
    return reportsOf(checked.flat(), parts);
  };
}

/** Makes the use case that tells the same by what is known here: it asks no platform, so it may be called all the time. */
export function createAccountHealth(parts: Parts) {
  return async (): Promise<readonly AccountReport[]> => {
    const known = await Promise.all(
      [...parts.channels.values()].map(async (channel) =>
        (await channel.accounts()).map(({ name }) => ({ channel: channel.manifest.name, account: name })),
      ),
    );
    return reportsOf(known.flat(), parts);
  };
}

async function reportsOf(all: readonly CheckedAccount[], parts: Parts): Promise<readonly AccountReport[]> {
  const campaigns = await parts.campaigns.all();
  const workers = await createWorkers(parts)();
  return Promise.all(
    all.map(async (one) => {
      const worker = workerOf(workers, one);
      return { ...(await reportOf(one, campaigns, parts)), ...(worker === undefined ? {} : { worker }) };
    }),
  );
}

async function reportOf(
  checked: CheckedAccount,
  campaigns: readonly Campaign[],
  { engine, ledgers, clock }: Parts,
): Promise<AccountReport> {
  const { channel, account } = checked;
  const limit = dailyLimitOf(campaigns, channel, account);
  const health = (await engine.pool(channel)).health(account);
  const isOver = health.kind === "resting" && health.until <= clock.now();
  return {
    ...checked,
    health: isOver ? activeAccount : health,
    usedToday: await ledgers.usedToday(channel, account),
    ...(limit === undefined ? {} : { limit }),
  };
}

type Parts = Pick<AppParts, "channels" | "engine" | "ledgers" | "clock" | "duties"> & {
  readonly campaigns: Pick<AppParts["campaigns"], "all">;
};

async function inTime(channel: Channel, account: string, clock: Clock): Promise<AccountCheck> {
  const late = new AbortController();
  const answered = new AbortController();
  const timeIsOver = clock.sleep(LONGEST_ANSWER_MS, answered.signal).then(
    () => late.abort(new Error("no answer in time")),
    () => undefined,
  );
  const silence = timeIsOver.then((): AccountCheck => ({ kind: "unknown", why: "noAnswerInTime" }));
  try {
    const check = channel.check?.(account, late.signal) ?? silence;
    return await Promise.race([check, silence]);
  } catch (error) {
    return { kind: "unknown", why: reasonOfError(error) };
  } finally {
    answered.abort();
  }
}
