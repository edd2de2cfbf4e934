/** One target as it stands while entries are folded: where it goes on, who was seen on it, and how it ended. */
import type { CollectionTally, TargetState } from "./collection.ts";
import type { Target, TargetEnd } from "./lead.ts";
import { Sightings } from "./sightings.ts";

/** Numbers texts from 0, exactly: no two texts are ever taken for one. */
export interface TextIndex {
  readonly size: number;
  numberOf(text: string): number | undefined;
  /** Answers the number it has or gets. */
  add(text: string): number;
}

/** What changes while entries come. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What one page adds to a tally. */
export type PageTally = Pick<CollectionTally, "rows" | "found" | "duplicates" | "unreadable">;

/** Counts a call, and its page where it brought one. */
export function tallyCall(tally: Writable<CollectionTally>, page?: PageTally): void {
  tally.calls++;
  if (!page) return;
  tally.pages++;
  tally.rows += page.rows;
  tally.found += page.found;
  tally.duplicates += page.duplicates;
  tally.unreadable += page.unreadable;
}

/** One target with what decides what is new to it. */
export interface TargetFold {
  readonly state: Writable<TargetState>;
  sightings: Sightings;
  /** Cursors that were asked with since it began (anew). */
  asked: TextIndex;
  /** Ids of the askings for which it began anew. */
  readonly resets: Set<string>;
}

/** A target that was never asked. */
export function newTarget(target: Target, createIndex: () => TextIndex): TargetFold {
  const state = { target, sighted: 0, ...noBarrenPages, ...nothing };
  return { state, sightings: new Sightings(), asked: createIndex(), resets: new Set() };
}

/** Lets a target begin from its first page, as if it had never been asked; its tally stays. @param ask For which asking */
export function beginAnew(target: TargetFold, createIndex: () => TextIndex, ask?: string): void {
  if (ask !== undefined) target.resets.add(ask);
  target.sightings = new Sightings();
  target.asked = createIndex();
  target.state.sighted = 0;
  reopen(target.state);
  moveTo(target.state, undefined);
}

/** Lets a target that ended be asked again at the place where it stopped. */
export function reopen(state: Writable<TargetState>): void {
  Object.assign(state, noBarrenPages);
  endAt(state, undefined, 0);
}

/** A tally before the first call. */
export const nothing: CollectionTally = {
  calls: 0,
  pages: 0,
  rows: 0,
  found: 0,
  duplicates: 0,
  unreadable: 0,
};

/** Pages in a row that brought the target nobody. */
export type BarrenPages = Pick<TargetState, "stalePages" | "emptyPages" | "unreadablePages">;

const noBarrenPages: BarrenPages = { stalePages: 0, emptyPages: 0, unreadablePages: 0 };

/** Counts a page to those in a row that brought the target nobody, by what was on it. */
export function barrenPages(
  { stalePages, emptyPages, unreadablePages }: BarrenPages,
  newToTarget: number,
  { again, unreadable = 0 }: { readonly again: number; readonly unreadable?: number | undefined },
): BarrenPages {
  if (newToTarget > 0) return noBarrenPages;
  if (again > 0) return { ...noBarrenPages, stalePages: stalePages + 1 };
  return unreadable > 0
    ? { stalePages, emptyPages: 0, unreadablePages: unreadablePages + 1 }
    : { stalePages, emptyPages: emptyPages + 1, unreadablePages };
}

/** Ends a target at a moment, or lets it be without an end. */
export function endAt(state: Writable<TargetState>, end: TargetEnd | undefined, at: number): void {
  if (end === undefined) {
    delete state.end;
    delete state.endedAt;
  } else {
    state.end = end;
    state.endedAt = at;
  }
}

/** Where the target goes on; absent: at its first page. */
export function moveTo(state: Writable<TargetState>, cursor: string | undefined): void {
  if (cursor === undefined) delete state.cursor;
  else state.cursor = cursor;
}
