/** All that a fold knows, as plain values: what a snapshot keeps, and what a fold goes on from without the journal before. */
import type { TallyImage } from "./claim-tally.ts";
import type { Ordinal } from "./recipient.ts";

export interface FoldImage {
  /** By ordinal, codes of {@link JournalFold}. */
  readonly states: Uint8Array;
  /** By ordinal, attempts that counted. */
  readonly attempts: Uint8Array;
  /** By ordinal, the revision of the last claim; absent while none had one. */
  readonly revisions?: Uint16Array;
  readonly tally: TallyImage;
  /** In the order of the claims. */
  readonly open: readonly (readonly [Ordinal, OpenClaim])[];
  /** Who is planned for a moment of their own, and for which. */
  readonly waiting: readonly (readonly [Ordinal, number])[];
  readonly people: readonly (readonly [personId: string, Ordinal])[];
  /** Whom the operator left uncertain. */
  readonly left: readonly Ordinal[];
  /** Whom the operator sends to again, and whether they were claimed since. */
  readonly again: readonly (readonly [Ordinal, boolean])[];
}

/** An attempt that has no settlement yet, or is uncertain. */
export interface OpenClaim {
  /** The how-manieth of the journal it is, from 1: every journal tells it, of whatever version. */
  readonly id: number;
  readonly account: string;
  /** From 1. */
  readonly attempt: number;
  /** ms since the epoch */
  readonly at: number;
  /** Of the text that was claimed with; absent: the main one. */
  readonly language?: string;
  /** Its call has surely not begun. */
  readonly waits?: true;
}
