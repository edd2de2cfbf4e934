/** How a page ends its target: by the source's own word, by going in circles, or by bringing nobody new for too long. */
import type { TargetEnd } from "./lead.ts";

/** Pages in a row without anybody new after which a target is given up. */
export const STALE_PAGES = 3;

export interface PageSigns {
  /** Of the next page; absent on the last one. */
  readonly next: string | undefined;
  /** That cursor was asked with before. */
  readonly nextWasAsked: boolean;
  /** Pages in a row, with this one, on which nobody was new to the target. */
  readonly stalePages: number;
}

/** Tells why the target gives nothing more after this page; undefined while it goes on. */
export function pageEnd({ next, nextWasAsked, stalePages }: PageSigns): TargetEnd | undefined {
  if (next === undefined) return "exhausted";
  if (nextWasAsked) return "cursorLoop";
  return stalePages >= STALE_PAGES ? "noNewPeople" : undefined;
}
