/** The rows of a list that name nobody, as a table in somebody's words. */
import type { InvalidReason } from "../../domain/people/username.ts";
import { CSV_START, csvLine } from "../../lib/files/csv-line.ts";
import type { MadeFile } from "../../lib/files/made-file.ts";
import type { ListStore, RejectedRow } from "../../storage/ports/lists.ts";

/** The words of the table. */
export interface RejectedWords {
  /** Line, text, reason. */
  readonly headings: readonly [string, string, string];
  readonly reason: (reason: InvalidReason) => string;
}

/** Lines written at a stretch: the chat is answered in between. */
const LINES_PER_PIECE = 1000;

/** The table as a file; undefined when no row was rejected. No cell starts a formula. */
export async function rejectedTable(
  lists: Pick<ListStore, "rejected">,
  listId: string,
  words: RejectedWords,
): Promise<MadeFile | undefined> {
  if (!(await lists.rejected(listId))) return undefined;
  return {
    name: `${listId}-rejected.csv`,
    async *open() {
      const rows = await lists.rejected(listId);
      if (rows) yield* tableOf(rows, words);
    },
  };
}

async function* tableOf(
  rows: AsyncIterable<RejectedRow>,
  { headings, reason }: RejectedWords,
): AsyncGenerator<string> {
  let piece = CSV_START + csvLine(headings);
  let lines = 0;
  for await (const { line, text, reason: why } of rows) {
    piece += csvLine([String(line), text, reason(why)]);
    if (++lines % LINES_PER_PIECE !== 0) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}
