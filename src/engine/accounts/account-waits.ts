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

/** What claims told of limits that are used up: as in `Told` of a turn. */
interface Capped {
  readonly cappedUntil: ReadonlyMap<string, number>;
  readonly paced: ReadonlySet<string>;
}

/** Adds to a rest what keeps the service or the accounts. */
export function waitFor(
  rest: Rest,
  { pool, accounts, clock }: Waiting,
  { cappedUntil, paced }: Capped,
): Wait {
  const now = clock.now();
  if (rest.cause === "channel") return { ...rest, why: pool.channelWait(now).why, accounts: [] };
  if (rest.cause !== "account") return { ...rest, accounts: [] };
  const untilOf = (name: string): number => Math.max(pool.readyAt(name, now), cappedUntil.get(name) ?? 0);
  return {
    ...rest,
    accounts: accounts.map(({ name }) => waitOf(name, { pool, until: untilOf(name), paced })),
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
