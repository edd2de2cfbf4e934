import { columnKey } from "../domain/template.ts";
import { parseUsername } from "../domain/username.ts";
import type { ColumnContent } from "./column-content.ts";
import { columnContent } from "./column-content.ts";
import { headerWord } from "./header-words.ts";
import { isExplicitName } from "./name-lines.ts";
import type { Row } from "./row.ts";

/** Where things are in a table. */
export interface Layout {
  readonly kind: "layout";
  /** The first row names the columns and is nobody. */
  readonly firstRowIsHeader: boolean;
  readonly usernameAt: number;
  /** The other columns: position in the row and name, no two names alike. */
  readonly others: readonly { readonly at: number; readonly name: string }[];
}

/** Several columns are equally likely to hold the usernames. */
export interface ColumnChoice {
  readonly kind: "choose";
  readonly columns: readonly { readonly name: string; readonly samples: readonly string[] }[];
}

/** Ahead of the second best by this much, a column is taken without asking. */
const CLEARLY_AHEAD = 1.5;
/** A column with fewer names than this is not taken for one of usernames unless it is called so, or no other is left. */
const MOSTLY_NAMES = 0.5;

/**
 * Finds out from the first rows of a table which column holds the usernames and what the others are called. A column's
 * name counts before its content; without a clear winner the operator is to be asked, and the answer comes back as
 * `usernameColumn`.
 * @param sample The first few hundred rows, at least one
 * @param header Names of the columns, where the format has them
 */
export function layoutOf(
  sample: readonly Row[],
  header: readonly string[] | undefined,
  usernameColumn?: string,
): Layout | ColumnChoice {
  const width = header?.length ?? Math.max(...sample.map(({ cells }) => cells.length));
  const firstRowIsHeader = header === undefined && isHeader(sample, width);
  const body = firstRowIsHeader ? sample.slice(1) : sample;
  const titles = header ?? (firstRowIsHeader ? (sample[0]?.cells ?? []) : []);
  const names = columnNames(titles, width);
  const contents = names.map((_, column) => columnContent(body, column));

  const candidates = usernameCandidates(names, contents, usernameColumn);
  const [usernameAt = 0, ...rivals] = candidates;
  if (rivals.length > 0)
    return { kind: "choose", columns: candidates.map((at) => shown(names, contents, at)) };
  const others = names
    .map((name, at) => ({ at, name }))
    .filter(({ at }) => at !== usernameAt && !(contents[at]?.isBlank === true && isUnnamed(titles[at])));
  return { kind: "layout", firstRowIsHeader, usernameAt, others };
}

function shown(
  names: readonly string[],
  contents: readonly ColumnContent[],
  at: number,
): ColumnChoice["columns"][number] {
  return { name: names[at] ?? "", samples: contents[at]?.samples ?? [] };
}

/** Positions of the columns that may hold the usernames: one when it is clear. */
function usernameCandidates(
  names: readonly string[],
  contents: readonly ColumnContent[],
  usernameColumn: string | undefined,
): readonly number[] {
  const all = names.map((_, at) => at);
  if (usernameColumn !== undefined) {
    const chosen = all.find((at) => columnKey(names[at] ?? "") === columnKey(usernameColumn));
    if (chosen !== undefined) return [chosen];
  }
  const hasNames = all.filter((at) => (contents[at]?.names ?? 0) > 0);
  for (const word of ["sure", "possible", "unknown"]) {
    const least = word === "unknown" ? MOSTLY_NAMES : 0;
    const called = hasNames.filter(
      (at) => headerWord(names[at] ?? "") === word && (contents[at]?.names ?? 0) >= least,
    );
    if (called.length > 0) return leaders(called, contents);
  }
  return leaders(hasNames.length > 0 ? hasNames : all, contents);
}

/** Of several columns those that the best one is not clearly ahead of; of columns without any name just the first. */
function leaders(columns: readonly number[], contents: readonly ColumnContent[]): readonly number[] {
  const scoreOf = (at: number): number => contents[at]?.score ?? 0;
  const best = Math.max(...columns.map(scoreOf));
  if (best === 0) return columns.slice(0, 1);
  return columns.filter((at) => scoreOf(at) * CLEARLY_AHEAD > best);
}

/**
 * Tells whether the first row names the columns. A list of one column loses its first row only to a word that is never
 * anybody's name; in a table at least half of the cells must be usual titles, or the cell above the usernames must be the
 * only one there that can't be a username.
 */
function isHeader(sample: readonly Row[], width: number): boolean {
  const cells = (sample[0]?.cells ?? []).map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (cells.length === 0 || cells.some(isExplicitName)) return false;
  const words = cells.map(headerWord);
  if (words.includes("sure")) return true;
  if (width === 1) return false;
  if (2 * words.filter((word) => word !== "unknown").length >= cells.length) return true;
  return standsOut(sample, width) && new Set(cells).size === cells.length && !cells.some(hasDigit);
}

function standsOut(sample: readonly Row[], width: number): boolean {
  const [first, ...body] = sample;
  if (!first || body.length < 3) return false;
  for (let column = 0; column < width; column++) {
    const title = parseUsername(first.cells[column] ?? "");
    const isText = !title.ok && (title.reason === "spaces" || title.reason === "characters");
    if (isText && columnContent(body, column).names >= 0.8) return true;
  }
  return false;
}

function hasDigit(cell: string): boolean {
  return /[\d\u0660-\u0669\u06F0-\u06F9]/.test(cell);
}

function isUnnamed(title: string | undefined): boolean {
  return title === undefined || columnKey(title) === "";
}

/** Names every column: `column3` where there is no title, `city_2` where two are alike. */
function columnNames(titles: readonly string[], width: number): readonly string[] {
  const taken = new Set<string>();
  return Array.from({ length: width }, (_, at) => {
    const title = (titles[at] ?? "").replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, "");
    const words = title.replace(/[{}|\s]+/g, " ").trim();
    const base = isUnnamed(words) ? `column${at + 1}` : words;
    let name = base;
    for (let count = 2; taken.has(columnKey(name)); count++) name = `${base}_${count}`;
    taken.add(columnKey(name));
    return name;
  });
}
