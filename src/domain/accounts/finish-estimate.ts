/**
 * When a campaign will be through with its list, from the limits alone: how much each account may send until a moment,
 * and the first moment at which that is enough.
 */
import type { DayOf } from "./calendar-day.ts";
import type { Limit } from "./limits.ts";

export interface EstimateAccount {
  /** Caps on messages and published limits on calls alike. */
  readonly limits: readonly Limit[];
  /** Messages it has sent in the current calendar day. */
  readonly usedToday: number;
}

export interface FinishEstimate {
  /** ms since the epoch; infinity when the limits allow no end. */
  readonly finishesAt: number;
  /** Calendar days on which something is sent, from 1. */
  readonly days: number;
}

/** Estimates further ahead than this say nothing to anyone. */
const HORIZON_DAYS = 3660;

/** Estimates the end of sending `count` messages that begins at `now` (ms since the epoch). */
export function finishEstimate(
  count: number,
  accounts: readonly EstimateAccount[],
  now: number,
  dayOf: DayOf,
): FinishEstimate {
  let left = count;
  let day = { start: now, end: dayOf(now).end };
  for (let days = 1; days <= HORIZON_DAYS; days++) {
    const today = accounts.map((account) => (days === 1 ? account : { ...account, usedToday: 0 }));
    const capacity = capacityUntil(today, day.start, day.end);
    if (capacity >= left) return { finishesAt: momentFor(left, today, day), days };
    left -= capacity;
    day = dayOf(day.end);
  }
  return { finishesAt: Infinity, days: HORIZON_DAYS };
}

/** How many all accounts together may send from `start` to `end`, within one calendar day. */
function capacityUntil(accounts: readonly EstimateAccount[], start: number, end: number): number {
  return accounts.reduce((sum, account) => sum + capacityOf(account, end - start), 0);
}

function capacityOf({ limits, usedToday }: EstimateAccount, lengthMs: number): number {
  const allowances = limits.map((limit) =>
    limit.kind === "day"
      ? Math.max(0, limit.count - usedToday)
      : limit.count * (Math.floor(lengthMs / limit.windowMs) + 1),
  );
  return Math.min(...allowances, Infinity);
}

/** The first moment of the stretch by which `count` may have been sent. */
function momentFor(
  count: number,
  accounts: readonly EstimateAccount[],
  { start, end }: { readonly start: number; readonly end: number },
): number {
  let [low, high] = [start - 1, end];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (capacityUntil(accounts, start, middle) >= count) high = middle;
    else low = middle;
  }
  return Math.max(high, start);
}
