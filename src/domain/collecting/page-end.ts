/** How a page ends its target: by the source's own word, by going in circles, or by bringing nobody for too long. */
import type { TargetEnd } from "./lead.ts";

/** Pages in a row with known people only after which a target is given up. */
export const STALE_PAGES = 3;
/**
 * Pages in a row without anybody after which a target is left for the next request. Where many were blocked or are gone,
 * whole pages are empty and people come behind them: Bluesky was seen to give 0, 0, 0, 59 and 17 rows.
 */
export const EMPTY_PAGES = 25;

/**
 * Pages in a row of whose rows none could be read after which a target is left for the next request. Unlike empty ones
 * they may be paid for, row by row, and what shows itself so three times is no accident.
 */
export const UNREADABLE_PAGES = 3;

export interface PageSigns {
  /** Of the next page; absent on the last one. */
  readonly next: string | undefined;
  /** That cursor was asked with before. */
  readonly nextWasAsked: boolean;
  /** Pages in a row, with this one, with people of whom nobody was new to the target. */
  readonly stalePages: number;
  /** Pages in a row, with this one, without any row. */
  readonly emptyPages: number;
  /** Pages in a row, with this one, that had rows of which none could be read. */
  readonly unreadablePages: number;
}

/** Tells why the target gives nothing more after this page; undefined while it goes on. */
export function pageEnd({ next, nextWasAsked, ...barren }: PageSigns): TargetEnd | undefined {
  if (next === undefined) return "exhausted";
  if (nextWasAsked) return "cursorLoop";
  if (barren.unreadablePages >= UNREADABLE_PAGES) return "unclear";
  if (barren.emptyPages >= EMPTY_PAGES) return "emptyPages";
  return barren.stalePages >= STALE_PAGES ? "noNewPeople" : undefined;
}
