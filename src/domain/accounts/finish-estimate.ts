/**
 * When a campaign will be through with its list, from the limits alone: how much each account may send until a moment,
 * and the first moment at which that is enough. What a send window keeps closed allows nothing.
 */
import type { WindowAt } from "../when/send-window.ts";
import type { Day, DayOf } from "./calendar-day.ts";
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
  /** When the first of them may be sent; infinity: never. */
  readonly beginsAt: number;
  /** Calendar days on which something is sent, from 1. */
  readonly days: number;
}

/** When anything may be sent at all. */
export interface SendingHours {
  readonly dayOf: DayOf;
  /** Absent: at any time. */
  readonly windowAt?: WindowAt | undefined;
  /** How fast all accounts together may send at most; absent: as fast as each may. */
  readonly pace?: readonly Limit[] | undefined;
  /** Messages of the campaign itself in the current calendar day: other campaigns use nothing of its pace. */
  readonly usedToday?: number;
}

/** Estimates further ahead than this say nothing to anyone. */
const HORIZON_DAYS = 3660;

/** Estimates the end of sending `count` messages that begins at `now` (ms since the epoch). */
export function finishEstimate(
  count: number,
  accounts: readonly EstimateAccount[],
  now: number,
  { dayOf, windowAt = () => ({ isOpen: true, until: Infinity }), pace = [], usedToday = 0 }: SendingHours,
): FinishEstimate {
  let left = count;
  let day = { start: now, end: dayOf(now).end };
  let daysOfSending = 0;
  let beginsAt = Infinity;
  for (let days = 1; days <= HORIZON_DAYS; days++) {
    const today = accounts.map((account) => (days === 1 ? account : { ...account, usedToday: 0 }));
    const open = openStretches(day, windowAt);
    const whole = { limits: pace, usedToday: days === 1 ? usedToday : 0 };
    const capacityIn = (stretches: readonly Day[]): number =>
      Math.min(capacityOf(today, stretches), capacityOfOne(whole, stretches));
    const capacity = capacityIn(open);
    if (capacity > 0 || left === 0) daysOfSending++;
    if (capacity > 0 && beginsAt === Infinity) beginsAt = momentFor(1, capacityIn, { open, day });
    if (capacity >= left) {
      const finishesAt = momentFor(left, capacityIn, { open, day });
      return { finishesAt, beginsAt, days: Math.max(1, daysOfSending) };
    }
    left -= capacity;
    day = dayOf(day.end);
  }
  return { finishesAt: Infinity, beginsAt, days: HORIZON_DAYS };
}

/** The parts of a day in which a window is open. */
function openStretches({ start, end }: Day, windowAt: WindowAt): readonly Day[] {
  const open: Day[] = [];
  for (let at = start; at < end;) {
    const { isOpen, until } = windowAt(at);
    if (isOpen) open.push({ start: at, end: Math.min(until, end) });
    at = until;
  }
  return open;
}

/** How many all accounts together may send in these parts of one calendar day. */
function capacityOf(accounts: readonly EstimateAccount[], open: readonly Day[]): number {
  return accounts.reduce((sum, account) => sum + capacityOfOne(account, open), 0);
}

function capacityOfOne({ limits, usedToday }: EstimateAccount, open: readonly Day[]): number {
  if (open.length === 0) return 0;
  const allowances = limits.map((limit) =>
    limit.kind === "day"
      ? Math.max(0, limit.count - usedToday)
      : open.reduce(
          (sum, { start, end }) => sum + limit.count * (Math.floor((end - start) / limit.windowMs) + 1),
          0,
        ),
  );
  return Math.min(...allowances, Infinity);
}

/** The first moment of the day by which `count` may have been sent. */
function momentFor(
  count: number,
  capacityIn: (open: readonly Day[]) => number,
  { open, day: { start, end } }: { readonly open: readonly Day[]; readonly day: Day },
): number {
  const openUntil = (moment: number): readonly Day[] =>
    open
      .filter((one) => one.start <= moment)
      .map((one) => ({ start: one.start, end: Math.min(one.end, moment) }));
  let [low, high] = [start - 1, end];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (capacityIn(openUntil(middle)) >= count) high = middle;
    else low = middle;
  }
  return Math.max(high, start);
}
