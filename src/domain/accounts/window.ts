import type { DayOf } from "./calendar-day.ts";
import type { Limit } from "./limits.ts";

/**
 * When a limit lets one more through. A window is full when its count-th last moment still lies in it; it frees when that
 * moment leaves.
 * @param filling The moment of the count-th last send; undefined: there were fewer
 * @param at ms since the epoch
 * @returns `at`, or a moment before it, when it does right now; infinity when it allows nothing at all
 */
export function freeAt(filling: number | undefined, limit: Limit, at: number, dayOf: DayOf): number {
  if (limit.count <= 0) return Infinity;
  if (filling === undefined) return at;
  if (limit.kind === "sliding") {
    const { windowMs, freesAt = Infinity } = limit;
    const leavesAt = filling + windowMs;
    return freesAt > at ? Math.min(leavesAt, freesAt) : leavesAt;
  }
  return filling >= dayOf(at).start ? dayOf(filling).end : at;
}

/**
 * When all of some limits do.
 * @param fillings As in {@link freeAt}, of each limit in their order
 */
export function allFreeAt(
  fillings: readonly (number | undefined)[],
  limits: readonly Limit[],
  at: number,
  dayOf: DayOf,
): number {
  return limits.reduce((next, limit, nth) => Math.max(next, freeAt(fillings[nth], limit, at, dayOf)), at);
}
