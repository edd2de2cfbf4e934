/**
 * The chain that the history is: each entry carries the seal of the one before, and the number and seal of the last one are
 * kept apart from it. So a missing, altered, misplaced or cut-off entry is seen. Pure; the seal is given.
 */

/** One entry as it is kept. */
export interface Link {
  /** Its number, from 1. */
  readonly n: number;
  /** Seal of the entry before; empty for the first. */
  readonly before: string;
  readonly seal: string;
  /** What was sealed, letter by letter. */
  readonly text: string;
}

/** The last entry that surely was there. */
export interface ChainHead {
  readonly count: number;
  readonly seal: string;
  /** It was gone, and was made anew when there were so many entries; absent: it is as old as the first of them. */
  readonly anewAt?: number;
}

/** Seals a text behind the seal of the entry before. */
export type Seal = (before: string, text: string) => string;

export type ChainState =
  /** `count`: so many entries; `seal`: of the last one, to be compared with what somebody wrote down elsewhere. */
  | { readonly kind: "whole"; readonly count: number; readonly seal: string }
  /** The first entry that is not as it was written. */
  | { readonly kind: "altered"; readonly n: number }
  /** Entries are gone: from this one to that. */
  | { readonly kind: "missing"; readonly from: number; readonly to: number }
  /** An entry stands where it was not written: twice, or in another order. */
  | { readonly kind: "misplaced"; readonly n: number }
  /** The last entries are gone. */
  | { readonly kind: "cutOff"; readonly from: number; readonly to: number }
  /** What says how many there should be is gone, or the key of the seals. */
  | { readonly kind: "noHead" }
  | { readonly kind: "noKey" }
  /** What says how many there should be was gone, and was made anew when there were so many. */
  | { readonly kind: "headAnew"; readonly count: number }
  /** All of it is gone. */
  | { readonly kind: "gone" }
  /** It is not the one that was begun here: begun anew since, or brought from elsewhere. */
  | { readonly kind: "another" };

/**
 * Looks at every link. @param links In the order in which they stand; undefined for a line that is none
 * @param head Undefined: there is none
 */
export function chainState(
  links: Iterable<Link | undefined>,
  head: ChainHead | undefined,
  seal: Seal,
): ChainState {
  let [last, before] = [0, ""];
  let atHead = "";
  for (const link of links) {
    const expected = last + 1;
    if (!link || seal(link.before, link.text) !== link.seal)
      return { kind: "altered", n: link?.n ?? expected };
    if (link.n < expected) return { kind: "misplaced", n: link.n };
    if (link.n > expected) return gap(expected, link.n, head);
    if (link.before !== before) return { kind: "altered", n: link.n };
    [last, before] = [link.n, link.seal];
    if (link.n === head?.count) atHead = link.seal;
  }
  if (!head) return last === 0 ? { kind: "whole", count: 0, seal: "" } : { kind: "noHead" };
  if (last < head.count) return { kind: "cutOff", from: last + 1, to: head.count };
  if (head.count > 0 && atHead !== head.seal) return { kind: "altered", n: head.count };
  if (head.anewAt !== undefined) return { kind: "headAnew", count: head.anewAt };
  return { kind: "whole", count: last, seal: before };
}

function gap(expected: number, found: number, head: ChainHead | undefined): ChainState {
  return { kind: "missing", from: expected, to: Math.min(found - 1, head?.count ?? found - 1) };
}
