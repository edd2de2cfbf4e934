import type { AccountWait, CampaignAccount } from "../domain/campaign.ts";

import type { AccountPool } from "./account-pool.ts";
import type { Wait } from "./runner-event.ts";

export interface AccountChoice {
  readonly pool: AccountPool;
  readonly accounts: readonly CampaignAccount[];
  /** Moments until which an account has used its limits up. */
  readonly cappedUntil: ReadonlyMap<string, number>;
  /** Counts up from call to call, so that the accounts take turns. */
  readonly turn: number;
  /** ms since the epoch */
  readonly now: number;
}

/** Chooses the account to send through next, or tells how long there is none and why. */
export function chooseAccount(choice: AccountChoice): Wait & { readonly account?: string } {
  const { pool, accounts, cappedUntil, turn, now } = choice;
  const channel = pool.channelWait(now);
  if (channel.until > now) return { until: channel.until, cause: "channel", why: channel.why, accounts: [] };
  let until = Infinity;
  for (let step = 0; step < accounts.length; step++) {
    const name = accounts[(turn + step) % accounts.length]?.name ?? "";
    const readyAt = Math.max(pool.readyAt(name, now), cappedUntil.get(name) ?? 0);
    if (readyAt <= now) return { until: now, cause: "accounts", accounts: [], account: name };
    until = Math.min(until, readyAt);
  }
  return {
    until,
    cause: "accounts",
    accounts: accounts.map(({ name }) => waitOf(name, choice)),
  };
}

function waitOf(name: string, { pool, cappedUntil, now }: AccountChoice): AccountWait {
  const health = pool.health(name);
  if (health.kind === "left") return { name, trouble: health.trouble, why: health.why };
  const until = Math.max(pool.readyAt(name, now), cappedUntil.get(name) ?? 0);
  const when = until === Infinity ? {} : { until };
  if (health.kind !== "resting" || health.until < until) return { name, trouble: "capped", ...when };
  return { name, trouble: "resting", ...when, why: health.why };
}
