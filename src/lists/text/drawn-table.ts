/** Tables drawn with letters, as database programs and Markdown write them: `| ali_1 | Ali |` between rulers. */
import type { LeftOut } from "../reading.ts";
import type { Row } from "../row.ts";
import { ROWS_PER_BATCH } from "../row.ts";

const RULER = /^\s*[+|:├└┌┼─╔╠╚═╟╞]?\s*[-=─═:]{2,}[-=+|:\s─━┼┬┴├┤┌┐└┘│╔╗╚╝╠╣╦╩╬═║]*$/;
const BAR = /[|│║]/;
/** What stands under a drawn table: how many rows it has, how long it took. */
const FOOTER =
  /^\s*(?:\(\p{Nd}+ \p{L}+\)|\p{Nd}+ rows? (?:in set|selected)\b.*|Time: .*|Query OK.*|Empty set.*)\s*$/iu;
const LOOKED_AT_LINES = 12;

/** Tells whether a text is a drawn table: a ruler near its beginning, and bars in the lines around it or none at all. */
export function isDrawn(head: string): boolean {
  const lines = head
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .slice(0, LOOKED_AT_LINES);
  const ruler = lines.findIndex((line) => RULER.test(line));
  if (ruler < 0) return false;
  const near = lines[ruler - 1] ?? "";
  const isBarred = /[+|┼╬┬╦┌╔]/.test(lines[ruler] ?? "") && [near, lines[ruler + 1] ?? ""].some(isBarredLine);
  // psql draws a table of one column without bars.
  const isSingle = ruler === 1 && /^\s*-{2,}\s*$/.test(lines[1] ?? "") && /^ \S/.test(near);
  return isBarred || isSingle;
}

function isBarredLine(line: string): boolean {
  return BAR.test(line);
}

/** The rows of a drawn table; what stands around it is none. */
export function* drawnRows(text: string, leftOut?: LeftOut): Generator<readonly Row[]> {
  const hasBars = BAR.test(text);
  let rows: Row[] = [];
  let line = 0;
  for (const drawn of text.split("\n")) {
    line++;
    const one = drawn.trimEnd();
    if (one === "") continue;
    if (RULER.test(one) || FOOTER.test(one) || (hasBars && !BAR.test(one))) {
      if (leftOut) leftOut.otherLines++;
      continue;
    }
    rows.push({ line, cells: cellsOf(one) });
    if (rows.length < ROWS_PER_BATCH) continue;
    yield rows;
    rows = [];
  }
  yield rows;
}

function cellsOf(line: string): readonly string[] {
  const inside = line.trim().replace(/^[|│║]|[|│║]$/g, "");
  return inside.split(/(?<!\\)[|│║]/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}
