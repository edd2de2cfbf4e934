/** What the operator is told of a campaign that has to wait. */
import type { AccountWait, CampaignAccount } from "../../domain/campaign.ts";
import type { Rest } from "../../domain/next-send.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { Clock } from "../../lib/clock.ts";
import type { AccountPool } from "./account-pool.ts";

/** Why nothing may be sent before `until` (ms since the epoch; infinity: not by itself). */
export interface Wait extends Rest {
  /** What the channel waits for; of accounts, each says its own. */
  readonly why?: Reason;
  /** The accounts that are waited for. */
  readonly accounts: readonly AccountWait[];
}

interface Waiting {
  readonly pool: AccountPool;
  readonly accounts: readonly CampaignAccount[];
  readonly clock: Pick<Clock, "now">;
}

/** What claims told of who is due and of limits that are used up: as in `Told` of a turn. */
interface Capped {
  readonly dueAt: ReadonlyMap<string, number>;
  readonly awaited: readonly string[];
  readonly cappedUntil: ReadonlyMap<string, number>;
  readonly paced: ReadonlySet<string>;
}

/** Adds to a rest what keeps the service or the accounts, of these only those that have somebody to write to. */
export function waitFor(
  rest: Rest,
  { pool, accounts, clock }: Waiting,
  { dueAt, awaited, cappedUntil, paced }: Capped,
): Wait {
  const now = clock.now();
  if (rest.cause === "channel") return { ...rest, why: pool.channelWait(now).why, accounts: [] };
  if (rest.cause !== "account") return { ...rest, accounts: [] };
  const untilOf = (name: string): number => Math.max(pool.readyAt(name, now), cappedUntil.get(name) ?? 0);
  const own = accounts.map(({ name }) => name);
  const wanted = own.filter((name) => dueAt.get(name) !== Infinity);
  const absent = awaited.filter((name) => !own.includes(name));
  return {
    ...rest,
    accounts: [
      ...wanted.map((name) => waitOf(name, { pool, until: untilOf(name), paced })),
      ...absent.map((name): AccountWait => ({ name, trouble: "leftOut" })),
    ],
  };
}

interface Until {
  readonly pool: AccountPool;
  readonly until: number;
  readonly paced: ReadonlySet<string>;
}

function waitOf(name: string, { pool, until, paced }: Until): AccountWait {
  const health = pool.health(name);
  if (health.kind === "left") return { name, trouble: health.trouble, why: health.why };
  const when = until === Infinity ? {} : { until };
  if (health.kind !== "resting" || health.until < until)
    return { name, trouble: paced.has(name) ? "paced" : "capped", ...when };
  return { name, trouble: "resting", ...when, why: health.why };
}
