/**
 * How the accounts of a channel stand: what must be known after a restart so that nobody sends too early or through an
 * account that was locked. It is advice from the past and decides nothing about who was written to.
 */
import type { AccountHealth } from "./account.ts";
import type { Rate } from "./limits.ts";
import type { Reason } from "../reasons/reason.ts";

/** An account that was told to slow down and isn't back at full speed. */
export interface SlowedPace {
  /** Part of `limit` that is used, in (0, 1). */
  readonly factor: number;
  /** The slowest of the limits that the account is under. */
  readonly limit: Rate;
}

export interface RememberedHealth {
  readonly health: AccountHealth;
  readonly pace?: SlowedPace;
}

export interface ChannelHealth {
  /** The breaker is open: since so many openings in a row (`opened`), until a moment in ms since the epoch. */
  readonly outage?: { readonly until: number; readonly opened: number; readonly why: Reason };
  /** The channel asked everybody to wait until then (ms since the epoch). */
  readonly rest?: { readonly until: number; readonly why: Reason };
  /** By name; an account that is not here is well. */
  readonly accounts: Readonly<Record<string, RememberedHealth>>;
}
