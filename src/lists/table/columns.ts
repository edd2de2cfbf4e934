/** Which column of a table holds the usernames: only what is called so, or proves it, is taken without asking. */
import { columnKey } from "../../domain/template.ts";
import { parseUsername } from "../../domain/people/username.ts";
import type { ColumnContent } from "./column-content.ts";
import { cellOf, columnContent } from "./column-content.ts";
import { isUntitled } from "./column-names.ts";
import { headerWord, isAccountWord } from "./header-words.ts";
import type { Row } from "../row.ts";

/** The columns of a table as far as they are known. */
export interface Columns {
  /** No two alike. */
  readonly names: readonly string[];
  /** As written; blank where the table has none. */
  readonly titles: readonly string[];
  readonly contents: readonly ColumnContent[];
  /** The rows looked at, without header and titles. */
  readonly body: readonly Row[];
}

export type ColumnFound = { readonly at: number } | { readonly why: "several" | "unclear" | "notThere" };

/** How many cells are looked at: of a wide table fewer rows. */
const LOOKED_AT_CELLS = 60_000;
const FEWEST_ROWS = 20;

/** Looks at every column of the rows below a header. */
export function columnsOf(
  body: readonly Row[],
  names: readonly string[],
  titles: readonly string[],
): Columns {
  const looked = body.slice(
    0,
    Math.max(FEWEST_ROWS, Math.floor(LOOKED_AT_CELLS / Math.max(1, names.length))),
  );
  return { names, titles, body: looked, contents: names.map((_, column) => columnContent(looked, column)) };
}

/**
 * Finds the usernames' column. `chosen` is what the operator said: a column's name, or its number from 1. Without it
 * the one column counts that is called so, else the one whose every cell is an `@name` or a profile link.
 */
export function usernameColumn(columns: Columns, chosen: string | undefined): ColumnFound {
  if (chosen !== undefined) return chosenColumn(columns, chosen);
  const { names, contents } = columns;
  const all = names.map((_, at) => at);
  const [only, ...more] = all.filter(
    (at) => !(contents[at]?.isBlank ?? true) && !(contents[at]?.isCounting ?? false),
  );
  if (only !== undefined && more.length === 0 && isListOfNames(columns, only)) return { at: only };
  const sure = all.filter((at) => isCalled(columns, at, "sure") && !isContradicted(columns, at));
  const called = distinct(columns, sure);
  if (called.length > 0) return oneOf(called);
  const titled = all.filter((at) => isCalled(columns, at, "sure"));
  const proven = all.filter((at) => contents[at]?.isProven === true && !isCalled(columns, at, "other"));
  if (titled.length === 0 && proven.length > 0) return oneOf(distinct(columns, proven));
  if (titled.length === 1 && proven.length === 0 && !all.some((at) => isCandidate(columns, at)))
    return oneOf(titled);
  return { why: titled.length > 0 ? "several" : "unclear" };
}

/** Tells whether a column may be offered: it has names, and is not known to be something else. */
export function isCandidate(columns: Columns, at: number): boolean {
  const { contents } = columns;
  if ((contents[at]?.names ?? 0) === 0) return false;
  const word = headerWord(columns.titles[at] ?? "");
  return (
    word !== "other" && (word !== "name" || contents[at]?.isProven === true) && !isContradicted(columns, at)
  );
}

function chosenColumn({ names }: Columns, chosen: string): ColumnFound {
  const key = columnKey(chosen);
  const named = names.findIndex((name) => columnKey(name) === key);
  const number = Number(/^(?:column ?)?(\d{1,5})$/i.exec(chosen.trim())?.[1] ?? 0);
  const at = named >= 0 ? named : number - 1;
  return at >= 0 && at < names.length ? { at } : { why: "notThere" };
}

/** The only column of a list: names without a title, or with one that does not say otherwise. */
function isListOfNames(columns: Columns, at: number): boolean {
  const word = headerWord(columns.titles[at] ?? "");
  if (columns.contents[at]?.isProven === true) return word !== "other";
  return word === "sure" || word === "possible" || isUntitled(columns.titles[at]);
}

function isCalled({ titles, contents }: Columns, at: number, word: ReturnType<typeof headerWord>): boolean {
  const title = titles[at] ?? "";
  if (headerWord(title) === word) return true;
  return word === "sure" && contents[at]?.looksLikeNames === true && isAccountWord(title);
}

/** Less than half of what the column says can be a username: numbers, telephone numbers, yes and no. */
function isContradicted({ contents }: Columns, at: number): boolean {
  const { names, telling } = contents[at] ?? { names: 0, telling: 0 };
  return names === 0 || 2 * names < telling;
}

function oneOf(candidates: readonly number[]): ColumnFound {
  const [at] = candidates;
  return at !== undefined && candidates.length === 1 ? { at } : { why: "several" };
}

/** Columns that name other people than the first: a name and the link to its profile are one. */
function distinct(columns: Columns, candidates: readonly number[]): readonly number[] {
  const [first, ...others] = candidates;
  if (first === undefined) return [];
  return [first, ...others.filter((at) => !namesTheSame(columns, first, at))];
}

function namesTheSame({ body, contents }: Columns, one: number, other: number): boolean {
  if (contents[other]?.isBlank === true) return true;
  return body.every((row) => {
    const [a, b] = [cellOf(row, one), cellOf(row, other)];
    if (a.trim() === "" && b.trim() === "") return true;
    const [first, second] = [parseUsername(a), parseUsername(b)];
    return first.ok && second.ok && first.username === second.username;
  });
}
