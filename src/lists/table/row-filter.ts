/** What of a table's rows is nobody although it stands below the header: headings again, sums, comments, what is torn. */
import { columnKey } from "../../domain/template.ts";
import type { InvalidReason } from "../../domain/people/username.ts";
import { parseUsername } from "../../domain/people/username.ts";
import { filledWidth, knownWords } from "./header-row.ts";
import { headerWord, isHeadingWord } from "./header-words.ts";
import type { LeftOut } from "../reading.ts";
import type { Row } from "../row.ts";
import { BrokenList } from "../row.ts";

export interface FilterOptions {
  /** Absent: the table has no header in its rows. */
  readonly titles: readonly string[] | undefined;
  readonly usernameAt: number;
  /** How many columns there are. */
  readonly width: number;
  /** Why a row names nobody to write to, by its other columns; absent: none tells. */
  readonly faultOf?: ((cells: readonly string[]) => InvalidReason | undefined) | undefined;
}

const TOTALS =
  /^(?:(?:grand|sub) ?)?(?:totals?|sum|summe|gesamt|gesamtsumme|totale|somme|suma|soma|toplam|genel toplam|итого|всего|сумма|合计|总计|جمع(?: کل)?|مجموع|المجموع|الاجمالی|الإجمالي|कुल|jumlah|count|تعداد(?: کل)?)\s*[:=]?$/i;
const NUMBER = /^[\p{Nd}\s.,٫٬%٪$€£-]+$/u;
/** Under a drawn table: how many rows there are. */
const ROW_COUNT =
  /^\(?\p{Nd}+ (?:rows?|سطر|rows? in set.*|filas?|zeilen|строк[аи]?)\)?\.?$|^\p{Nd}+ rows? in set\b/iu;

/**
 * Makes the function that every row below the header goes through: it answers the row, mended or with its fault, or
 * undefined for what is nobody, which it counts.
 */
export function createRowFilter(options: FilterOptions, leftOut: LeftOut): (row: Row) => Row | undefined {
  const { titles, usernameAt, width, faultOf } = options;
  const header = titles && keyOf(titles);
  const first = titles ? columnKey(titles[usernameAt] ?? "") : undefined;
  return (row) => {
    const { cells } = row;
    const name = cells[usernameAt] ?? "";
    if (first !== undefined && looksLikeHeading(name, first) && isHeading(cells, header, options, row)) {
      leftOut.repeatedHeaders++;
      return undefined;
    }
    // How many people there are may stand among their usernames; a person with digits and a name is none of that.
    if ((name.includes(" ") || !/\d/.test(name) || NUMBER.test(name)) && isTotals(cells)) {
      leftOut.totalsRows++;
      return undefined;
    }
    // The rest of the line is the second of two columns for sure, when no username can have been in it.
    if (row.fault === "surplusCells" && width === 2 && usernameAt === 0)
      return checked({ line: row.line, cells });
    if (row.fault !== undefined) return row;
    const fault = faultOf?.(cells);
    return fault === undefined ? checked(row) : { ...row, fault };
  };
}

/** A row with letters that could not be read is told, and never sent as it is. */
function checked(row: Row): Row {
  for (const cell of row.cells) if (cell.includes("\uFFFD")) return { ...row, fault: "unreadable" };
  return row;
}

/** Most names are neither this table's heading nor a word that is known: told before anything is looked into. */
function looksLikeHeading(name: string, first: string): boolean {
  if (name.length > LONGEST_HEADING) return columnKey(name) === first;
  return isHeadingWord(name) || (!/\d/.test(name) && columnKey(name) === first) || name === first;
}

const LONGEST_HEADING = 40;

function isHeading(
  cells: readonly string[],
  header: string | undefined,
  { usernameAt }: FilterOptions,
  { line }: Row,
): boolean {
  if (keyOf(cells) === header) return true;
  const filled = cells.filter((cell) => cell.trim() !== "");
  const words = filled.map(headerWord);
  const known = words.filter((word) => word !== "unknown").length;
  if (known < filled.length || filled.length < 2) return knownHere(cells, usernameAt);
  if (!words.includes("sure")) return true;
  // Other columns from here on: nobody knows which of them the rows below belong to.
  if (headerWord(cells[usernameAt] ?? "") !== "sure") throw new BrokenList("csv", line);
  return true;
}

/** The usernames' own heading, alone or among words that name columns. */
function knownHere(cells: readonly string[], usernameAt: number): boolean {
  return headerWord(cells[usernameAt] ?? "") === "sure" && knownWords(cells) > 1;
}

function keyOf(cells: readonly string[]): string {
  return cells.slice(0, filledWidth(cells)).map(columnKey).join("\n");
}

/**
 * Tells whether a row is a comment: `# so`, `// so` and `-- so`, but not a heading behind such a sign, nor a row in which
 * somebody is named all the same.
 */
export function isComment(cells: readonly string[]): boolean {
  const first = cells[0] ?? "";
  const code = first.charCodeAt(0);
  if (code !== HASH && code !== SLASH && code !== HYPHEN) return false;
  if (!COMMENT.test(first.slice(0, LOOKED_AT)) || headerWord(first) !== "unknown") return false;
  return !cells.some((cell, at) => at > 0 && !/^\d*$/.test(cell) && parseUsername(cell).ok);
}

/** `#1 ali_1` is no comment: it counts the people. */
const COMMENT = /^(?!#\s?\p{Nd}+[.:)]?\s)(?:#+|\/\/|--)(?:\s+\S|[^\s#]\S*\s)/u;
const LOOKED_AT = 200;
const HASH = 35;
const SLASH = 47;
const HYPHEN = 45;

/** A word for a sum, and beside it nothing but numbers; or how many rows there were. */
function isTotals(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (filled.length === 1 && ROW_COUNT.test(filled[0] ?? "")) return true;
  const words = filled.filter(
    (cell) => TOTALS.test(cell) || TOTALS.test(cell.replace(/[:=]?\s*[\p{Nd}.,]+$/u, "")),
  );
  return words.length > 0 && filled.every((cell) => words.includes(cell) || NUMBER.test(cell));
}
