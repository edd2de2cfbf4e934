/** The file with what became of every recipient. */
import type { Pieces } from "../../lib/files/atomic-file.ts";
import { writeFileAtomically } from "../../lib/files/atomic-file.ts";
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
  state(state: ResultState, skipReason?: SkipReason): string;
  time(at: number): string;
  reason(why: Reason): string;
}

export const resultFormats = ["csv", "xlsx", "json"] as const;

/** What the results are written as. */
export interface ResultsFile {
  readonly format: (typeof resultFormats)[number];
  /** Where to; a file that is there is replaced. Absent: a file of its own among the exports. */
  readonly path?: string;
  /** Takes the content in place of any file, piece by piece; resolves when there is room for the next. */
  readonly into?: (piece: string | Uint8Array) => Promise<void>;
}

/** What an export answers in place of a path when no file was written. */
export const NO_FILE = "-";

/** Writes a content where it was asked for; answers the path, or {@link NO_FILE}. */
export async function writtenResults(
  { path, into }: Pick<ResultsFile, "into"> & { readonly path: string },
  content: Pieces,
): Promise<string> {
  if (!into) {
    await writeFileAtomically(path, content);
    return path;
  }
  for await (const piece of content) await into(piece);
  return NO_FILE;
}
