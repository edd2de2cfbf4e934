/** The file with what became of every recipient. */
import type { ResultState } from "../../domain/amending/stands-as.ts";
import type { SkipReason } from "../../domain/recipient.ts";
import type { ResultRow } from "../amending/amended-results.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { SheetWords } from "../../lib/files/xlsx-pieces.ts";

export type { ResultRow };

/** The words of the results file in the operator's language. */
export interface ResultWords {
  readonly sheet: SheetWords;
  readonly headings: readonly string[];
  /** A name, or what is said in its place. */
  name(username: string): string;
  state(state: ResultState, skipReason?: SkipReason): string;
  time(at: number): string;
  reason(why: Reason): string;
}

export const resultFormats = ["csv", "xlsx", "json"] as const;

/** What the results are written as. */
export type ResultFormat = (typeof resultFormats)[number];
