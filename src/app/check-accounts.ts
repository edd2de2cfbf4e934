/** How the accounts fare: by the platform's own word where it can be asked, by the engine's, and by what they used up. */
import type { AccountCheck, Channel } from "../channels/channel.ts";
import type { AccountHealth } from "../domain/account.ts";
import type { Clock } from "../lib/clock.ts";
import type { AppParts } from "./app-parts.ts";

/** How long a platform may take to say how an account fares, in ms. */
const PATIENCE_MS = 15_000;

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

/** Makes the use case that tells of all accounts of all channels. */
export function createAccountReports({ channels, engine, ledgers, clock }: Needs) {
  return async (): Promise<readonly AccountReport[]> => {
    const checked = await Promise.all([...channels.values()].map((channel) => checkAccounts(channel, clock)));
    const now = clock.now();
    return checked.flat().map((one) => ({
      ...one,
      health: engine.pool(one.channel).health(one.account),
      usedToday: ledgers.usedToday(one.channel, one.account, now),
    }));
  };
}

type Needs = Pick<AppParts, "channels" | "engine" | "ledgers" | "clock">;

async function inTime(channel: Channel, account: string, clock: Clock): Promise<AccountCheck> {
  const late = new AbortController();
  const answered = new AbortController();
  const patience = clock.sleep(PATIENCE_MS, answered.signal).then(
    () => late.abort(new Error("no answer in time")),
    () => undefined,
  );
  const silence = patience.then((): AccountCheck => ({ kind: "unknown", why: "no answer in time" }));
  try {
    const check = channel.check?.(account, late.signal) ?? silence;
    return await Promise.race([check, silence]);
  } catch (error) {
    return { kind: "unknown", why: error instanceof Error ? error.name : "unknown" };
  } finally {
    answered.abort();
  }
}
