/** How a text is parted into rows and cells, decided over its whole beginning and not line by line. */
import { parseUsername } from "../../domain/people/username.ts";
import type { CsvForm } from "./csv-rows.ts";
import { firstCsvRows } from "./csv-rows.ts";
import { filledWidth, knownWords } from "../table/header-row.ts";
import type { NameLines } from "../name-lines.ts";
import { areNumbered, isExplicitName, isMail, namesInLine } from "../name-lines.ts";

/** `names`: a list of names, see {@link NameLines}. `quotedLines`: a table each line of which stands in quotes as a whole. */
export type TextForm =
  | ({ readonly kind: "names" } & NameLines)
  | { readonly kind: "table"; readonly form: CsvForm; readonly hasSeparatorLine: boolean }
  | { readonly kind: "quotedLines" };

const SEPARATORS = ["\t", ";", ",", "|", "،", "؛"] as const;
const CALLED_TABLE = /\.(?:csv|tsv|tab|psv)$/i;
const LOOKED_AT_ROWS = 100;
/** How far down titles may push a header. */
const HEADER_WITHIN = 12;
/** Share of rows that must have the same number of cells; the others may be ragged. */
const REGULAR_SHARE = 0.7;
const HEADLESS_SHARE = 0.9;

/** A text read with one separator. */
interface Reading {
  readonly separator: string;
  /** How sure its header is: known words in it; 0 without one. */
  readonly headerWords: number;
  readonly headerWidth: number;
  /** Share of rows that have the most frequent number of cells beyond one. */
  readonly regular: number;
  /** How many columns there are: that number, or the header's. */
  readonly width: number;
}

/**
 * Finds out how a text is parted. A `sep=` line counts first, then a header whose words are known when it is cut there,
 * then the separator that most rows hold equally often.
 *
 * Two things look like a table and are lists of names: one line most of whose pieces are usernames, and lines all of
 * whose pieces are `@names` or links. In a file called .csv or .tsv only a line of the latter is.
 * @param head The beginning of the text, long enough for a hundred rows
 * @param fileName Empty for what was pasted
 */
export function textForm(head: string, fileName: string): TextForm {
  const isCalledTable = CALLED_TABLE.test(fileName);
  const declared = /^\s*"?sep=(.)"?[ \t]*(?:\r|\n|$)/i.exec(head)?.[1];
  if (declared !== undefined) return tableOf(readingOf(head, declared), head, true);
  if (hasQuotedLines(head)) return { kind: "quotedLines" };
  const readings = SEPARATORS.map((separator) => readingOf(head, separator));
  const titled = best(readings, (one) => one.headerWords * 100 + one.regular);
  if (titled.headerWords > 0) {
    if (titled.headerWidth > 1) return tableOf(titled, head, false);
    return oneColumn(isCalledTable ? fileName : undefined);
  }
  const regular = best(readings, (one) => one.regular);
  return formWithoutHeader(regular, head, fileName);
}

/** One column: only a file that is called a table may have separators behind its cells. */
function oneColumn(fileName: string | undefined): TextForm {
  const separator =
    fileName === undefined ? {} : { separator: /\.(?:tsv|tab)$/i.test(fileName) ? "\t" : ",", width: 1 };
  return { kind: "table", form: separator, hasSeparatorLine: false };
}

function formWithoutHeader(reading: Reading, head: string, fileName: string): TextForm {
  const isCalledTable = CALLED_TABLE.test(fileName);
  const lines = head
    .split(/\r\n|\n|\r/)
    .filter((line) => /[^\s,;|،؛"]/.test(line))
    .slice(0, LOOKED_AT_ROWS);
  const names: TextForm = {
    kind: "names",
    partsBare: lines.length < 2,
    isNumbered: areNumbered(lines),
    mustSaySo: isMail(lines),
  };
  if (lines.length === 0) return names;
  const pieces = lines.flatMap(namesInLine);
  const isExplicit = pieces.every(isExplicitName);
  if (isExplicit && (lines.length === 1 || !isCalledTable || reading.width < 2)) return names;
  if (lines.length === 1 && !isCalledTable) {
    const usable = pieces.filter((piece) => parseUsername(piece).ok).length;
    const explicit = pieces.filter(isExplicitName).length;
    if (explicit > 1 || 2 * usable > pieces.length) return names;
  }
  if (isCalledTable && reading.width < 2) return oneColumn(fileName);
  if (isCalledTable || reading.regular >= REGULAR_SHARE) return tableOf(reading, head, false);
  return reading.regular > 1 - REGULAR_SHARE ? tableOf(reading, head, false) : names;
}

function tableOf(
  { separator, width, headerWidth }: Reading,
  head: string,
  hasSeparatorLine: boolean,
): TextForm {
  const quote = isInApostrophes(head, separator) ? ("'" as const) : ('"' as const);
  const form = { separator, quote, width: Math.max(headerWidth, width) };
  return { kind: "table", form, hasSeparatorLine };
}

function readingOf(head: string, separator: string): Reading {
  const all = firstCsvRows(head, { separator }, LOOKED_AT_ROWS + 1);
  const rows = all.length > 1 ? all.slice(0, LOOKED_AT_ROWS) : all;
  const numbers = new Map<number, number>();
  for (const { cells } of rows) {
    const count = filledWidth(cells);
    if (count > 1) numbers.set(count, (numbers.get(count) ?? 0) + 1);
  }
  const [width, most] = [...numbers].reduce((one, other) => (other[1] > (one[1] ?? 0) ? other : one), [1, 0]);
  const headers = rows.slice(0, HEADER_WITHIN).filter(({ cells }) => knownWords(cells) > 0);
  const below = rows.length - headers.length;
  const headerWidth = Math.max(0, ...headers.map(({ cells }) => filledWidth(cells)));
  return {
    separator,
    headerWords: Math.max(0, ...headers.map(({ cells }) => knownWords(cells))),
    headerWidth,
    regular: most / Math.max(1, rows.length),
    // Columns without a heading are columns when nearly every row has them.
    width:
      headers.length === 0 || (width > headerWidth && most >= HEADLESS_SHARE * below) ? width : headerWidth,
  };
}

function best(readings: readonly Reading[], score: (one: Reading) => number): Reading {
  return readings.reduce((one, other) => (score(other) > score(one) ? other : one));
}

/** Tells whether every line stands in quotes as a whole, with separators inside. */
function hasQuotedLines(head: string): boolean {
  const lines = head.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "");
  const whole = lines.length > 2 ? lines.slice(0, LOOKED_AT_ROWS) : lines;
  const isCut = whole.length === lines.length && whole.length > 3;
  const looked = isCut ? whole.slice(0, -1) : whole;
  return (
    looked.length > 1 &&
    looked.every((line) => /^\s*"(?:[^"]|"")*"[;,\s]*$/.test(line)) &&
    looked.some((line) => /[,;\t|]/.test(line.replace(/[;,\s]+$/, "")))
  );
}

/** Tells whether cells stand in apostrophes, as some databases write them. */
function isInApostrophes(head: string, separator: string): boolean {
  const lines = head
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "")
    .slice(0, LOOKED_AT_ROWS);
  const cells = lines.flatMap((line) => line.split(separator));
  const quoted = cells.filter((cell) => /^\s*'.*'\s*$/.test(cell)).length;
  return lines.length > 1 && 2 * quoted > cells.length && !head.includes('"');
}
