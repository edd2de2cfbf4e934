/** The file with what became of every recipient. */
import type { RecipientState, SkipReason } from "../domain/recipient.ts";
import type { ResultRow } from "../storage/stores.ts";

export type { ResultRow };

/** The words of the results file in the operator's language. */
export interface ResultWords {
  readonly headings: readonly [string, string, string, string, string, string, string];
  state(state: RecipientState, skipReason?: SkipReason): string;
  time(at: number): string;
  reason(why: string): string;
}

export const resultFormats = ["csv", "xlsx", "json"] as const;

/** What the results are written as. */
export interface ResultsFile {
  readonly format: (typeof resultFormats)[number];
  /** Where to; a file that is there is replaced. Absent: a file of its own among the exports. */
  readonly path?: string;
}
