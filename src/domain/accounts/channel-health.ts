/**
 * How the accounts of a channel stand: what must be known after a restart, and to whoever else sends through them, so that
 * nobody sends too early or through an account that was locked. It is advice and decides nothing about who was written to.
 * Every change is a function of how it stands, so that of two who change one thing none is lost.
 */
import type { AccountHealth } from "./account.ts";
import { accountReadyAt, accountRests, activeAccount } from "./account.ts";
import type { Rate } from "./limits.ts";
import type { Reason } from "../reasons/reason.ts";

/** An account that was told to slow down and isn't back at full speed. */
export interface SlowedPace {
  /** Part of `limit` that is used, in (0, 1). */
  readonly factor: number;
  /** The slowest of the limits that the account is under. */
  readonly limit: Rate;
}

/** How one account stands. */
export interface AccountStanding {
  readonly health: AccountHealth;
  readonly pace?: SlowedPace;
  /** Taken for mended by the operator's word, until the platform says so: it tries one message at a time. */
  readonly isOnTrial?: true;
}

/** How a channel stands as a whole. */
export interface ChannelStanding {
  /** The breaker is open: since so many openings in a row (`opened`), until a moment in ms since the epoch. */
  readonly outage?: { readonly until: number; readonly opened: number; readonly why: Reason };
  /** The channel asked everybody to wait until then (ms since the epoch). */
  readonly rest?: { readonly until: number; readonly why: Reason };
}

/** How a channel and its accounts stand. */
export interface ChannelHealth extends ChannelStanding {
  /** By name; an account that is not here is well. */
  readonly accounts: Readonly<Record<string, AccountStanding>>;
}

export type AccountChange = (from: AccountStanding) => AccountStanding;
export type ChannelChange = (from: ChannelStanding) => ChannelStanding;

/** An account that nothing is the matter with. */
export const wellAccount: AccountStanding = { health: activeAccount };

/** The account rests; the later of two moments counts, and one that has left stays away. */
export function restsUntil(until: number, why: Reason): AccountChange {
  return (from) => ({ ...from, health: accountRests(from.health, until, why) });
}

export function hasLeft(trouble: "locked" | "loggedOut", why: Reason): AccountChange {
  return ({ isOnTrial: _trial, ...from }) => ({ ...from, health: { kind: "left", trouble, why } });
}

/** The operator says that an account which left is mended; a rest is the platform's word and goes on. */
export const isTakenBack: AccountChange = (from) =>
  from.health.kind === "left" ? { ...from, health: activeAccount, isOnTrial: true } : from;

/** The platform took its message: what was taken for mended is. */
export const isMended: AccountChange = ({ isOnTrial: _trial, ...from }) => from;

/** @param pace Absent: it is back at full speed */
export function goesAt(pace: SlowedPace | undefined): AccountChange {
  return ({ pace: _pace, ...from }) => ({ ...from, ...(pace ? { pace } : {}) });
}

/** @param outage Absent: the service is back. Of two outages the one that lasts longer counts */
export function isOut(outage: ChannelStanding["outage"]): ChannelChange {
  return ({ outage: before, ...from }) => {
    if (!outage) return from;
    const { until = 0, opened = 0 } = before ?? {};
    return { ...from, outage: before && until > outage.until && opened >= outage.opened ? before : outage };
  };
}

/** The channel asks everybody to wait; the later of two moments counts. */
export function allRestUntil(rest: NonNullable<ChannelStanding["rest"]>): ChannelChange {
  return (from) => ((from.rest?.until ?? 0) >= rest.until ? from : { ...from, rest });
}

/** What must be remembered of an account at that moment (ms since the epoch): a rest that is over needs none. */
export function rememberedAt(standing: AccountStanding, now: number): AccountStanding | undefined {
  const health = accountReadyAt(standing.health, now) > now ? standing.health : activeAccount;
  const isWell = health.kind === "active" && !standing.pace && !standing.isOnTrial;
  return isWell ? undefined : { ...standing, health };
}
