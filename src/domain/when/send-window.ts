/**
 * When a campaign may send: days of the week and hours, as the clocks of one time zone show them. Pure: whether it is open
 * at a moment, and until when that stays so, follow from the moment alone. In the night in which clocks are changed, what
 * they show counts: an hour that comes twice is open twice, one that is skipped not at all.
 */
import type { WallClock, Weekday } from "./wall-clock.ts";
import { weekdays } from "./wall-clock.ts";

/** Hours of some days, in minutes since midnight. */
export interface Hours {
  /** In the week's order, each once; at least one. */
  readonly days: readonly Weekday[];
  /** From 0 to 1439. */
  readonly from: number;
  /** From 1 to 1440, not included; at or before `from`: on the day after. */
  readonly to: number;
}

/** Nothing is sent outside these hours. */
export interface SendWindow {
  /** IANA name. */
  readonly timeZone: string;
  /** At least one. */
  readonly hours: readonly Hours[];
}

/** How a window stands at a moment. `until`: the first moment at which that changes, ms since the epoch; infinity: never. */
export interface WindowState {
  readonly isOpen: boolean;
  readonly until: number;
}

/** A window in the eyes of a claim. */
export type WindowAt = (at: number) => WindowState;

/** From one minute of the week to another, not included; minute 0 begins Monday. */
export type Stretch = readonly [from: number, to: number];

export const DAY_MINUTES = 1440;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const MINUTE_MS = 60_000;
/** A window that only these many changes of the clocks don't open or close stays as it is. */
const MOST_CHANGES = 6;

/** Makes the question of one window. Asking for moments of the same stretch again costs next to nothing. */
export function createWindowAt(window: SendWindow, wall: WallClock): WindowAt {
  const stretches = stretchesOf(window.hours);
  let known: WindowState & { readonly since: number } = { isOpen: false, since: 0, until: 0 };
  return (at) => {
    if (at < known.since || at >= known.until) known = { ...stateAt(stretches, wall, at), since: at };
    return known;
  };
}

function stateAt(stretches: readonly Stretch[], wall: WallClock, at: number): WindowState {
  const isOpenAt = (moment: number): boolean => contains(stretches, minuteOfWeek(wall, moment));
  const isOpen = isOpenAt(at);
  let from = at;
  for (let changes = 0; changes <= MOST_CHANGES; changes++) {
    const change = wall.changesAfter(from) ?? Infinity;
    const until =
      from - (from % MINUTE_MS) + minutesUntilFlip(stretches, minuteOfWeek(wall, from)) * MINUTE_MS;
    if (until < change) return { isOpen, until };
    if (change === Infinity) break;
    if (isOpenAt(change) !== isOpen) return { isOpen, until: change };
    from = change;
  }
  return { isOpen, until: Infinity };
}

function minuteOfWeek(wall: WallClock, at: number): number {
  const { weekday, hour, minute } = wall.shows(at);
  return (weekday - 1) * DAY_MINUTES + hour * 60 + minute;
}

function contains(stretches: readonly Stretch[], minute: number): boolean {
  return stretches.some(([from, to]) => minute >= from && minute < to);
}

/** Minutes from a minute of the week to the next one at which a stretch begins or ends; infinity: none ever does. */
function minutesUntilFlip(stretches: readonly Stretch[], minute: number): number {
  const isOpen = contains(stretches, minute);
  const ahead = stretches
    .flatMap(([from, to]) => [from, to % WEEK_MINUTES])
    .filter((edge) => contains(stretches, edge) !== isOpen)
    .map((edge) => (edge - minute + WEEK_MINUTES) % WEEK_MINUTES);
  return Math.min(...ahead, Infinity);
}

/** The minutes of the week that are open, in order, none touching another. */
export function stretchesOf(hours: readonly Hours[]): readonly Stretch[] {
  const all = hours.flatMap(({ days, from, to }) =>
    days.flatMap((day): Stretch[] => {
      const midnight = (day - 1) * DAY_MINUTES;
      const end = midnight + (to > from ? to : to + DAY_MINUTES);
      return end <= WEEK_MINUTES
        ? [[midnight + from, end]]
        : [
            [midnight + from, WEEK_MINUTES],
            [0, end - WEEK_MINUTES],
          ];
    }),
  );
  return merged(all);
}

function merged(all: readonly Stretch[]): readonly Stretch[] {
  const joined: [number, number][] = [];
  for (const [from, to] of all.toSorted(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** The same minutes of the week as hours of days, alike ones together. */
export function hoursOf(stretches: readonly Stretch[]): readonly Hours[] {
  const byHours = new Map<string, { from: number; to: number; days: Weekday[] }>();
  for (const [from, to] of whole(stretches).flatMap(dayByDay)) {
    const begins = from % DAY_MINUTES;
    const ends = ((to - 1) % DAY_MINUTES) + 1;
    const day = weekdays[Math.floor(from / DAY_MINUTES) % 7];
    if (day === undefined) continue;
    const key = `${begins} ${ends}`;
    const alike = byHours.get(key) ?? { from: begins, to: ends, days: [] };
    byHours.set(key, alike);
    alike.days.push(day);
  }
  return [...byHours.values()].map((one) => ({ ...one, days: one.days.toSorted((a, b) => a - b) }));
}

/** What goes on over the end of the week is one stretch that ends beyond it. */
function whole(stretches: readonly Stretch[]): Stretch[] {
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (!first || !last || first === last || first[0] !== 0 || last[1] !== WEEK_MINUTES) return [...stretches];
  return [...stretches.slice(1, -1), [last[0], WEEK_MINUTES + first[1]]];
}

/** A stretch of up to a day is one piece, also over midnight; a longer one is cut at each midnight. */
function dayByDay([from, to]: Stretch): Stretch[] {
  if (to - from <= DAY_MINUTES && !(from % DAY_MINUTES > 0 && to - from === DAY_MINUTES)) return [[from, to]];
  const midnight = (Math.floor(from / DAY_MINUTES) + 1) * DAY_MINUTES;
  return [[from, midnight], ...dayByDay([midnight, to])];
}

/** The hours that are left when these are quiet. */
export function complementOf(hours: readonly Hours[]): readonly Hours[] {
  const quiet = stretchesOf(hours);
  const edges = [0, ...quiet.flat(), WEEK_MINUTES];
  const open: Stretch[] = [];
  for (let i = 0; i < edges.length; i += 2) {
    const [from = 0, to = 0] = edges.slice(i, i + 2);
    if (from < to) open.push([from, to]);
  }
  return hoursOf(open);
}

/** Whether no minute of the week is closed. */
export function isAlwaysOpen(hours: readonly Hours[]): boolean {
  const [stretch, ...others] = stretchesOf(hours);
  return others.length === 0 && stretch?.[0] === 0 && stretch[1] === WEEK_MINUTES;
}
