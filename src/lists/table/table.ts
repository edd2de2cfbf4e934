/** One table or list, understood: where its header is, whose column the usernames are, and what of it is nobody. */
import { columnKey } from "../../domain/template.ts";
import { cellOf } from "./column-content.ts";
import { columnNames, isUntitled } from "./column-names.ts";
import type { Columns } from "./columns.ts";
import { columnsOf, isCandidate, usernameColumn } from "./columns.ts";
import { HEADER_WITHIN, filledWidth, findHeader } from "./header-row.ts";
import { isPersian, withPersianLetters } from "../text/persian-letters.ts";
import { headerWord } from "./header-words.ts";
import { isOptOutTitle, faultByMarks } from "./opt-out-marks.ts";
import type { LeftOut, ListChoices, ListQuestion, TableSample } from "../reading.ts";
import type { Row, RowSource } from "../row.ts";
import type { FilterOptions } from "./row-filter.ts";
import { createRowFilter, isComment } from "./row-filter.ts";

/** A table whose people are known. */
export interface Table {
  /** The usernames' column, and its number from 1. */
  readonly column: string;
  readonly columnNumber: number;
  /** Whether the column has a title of its own. */
  readonly hasTitle: boolean;
  /** Names of the other columns. */
  readonly columns: readonly string[];
  rows(): AsyncGenerator<readonly Row[]>;
  readonly nameOf: (row: Row) => string;
  readonly valuesOf: (row: Row) => readonly string[];
}

export type TableFound = Table | { readonly question: ListQuestion } | "empty";

/** How many rows are looked at. */
const LOOKED_AT_ROWS = 200;
const SHOWN_ROWS = 8;
const SHOWN_LENGTH = 64;
/** Nobody chooses among more columns, and a dialogue must be able to keep them. */
const SHOWN_CELLS = 2000;

/** Reads the beginning of a table and says who is meant in it, or what must be asked. */
export async function openTable(
  source: RowSource,
  choices: ListChoices,
  leftOut: LeftOut,
): Promise<TableFound> {
  const head = await firstRows(source);
  const all = head.filter(({ cells }) => filledWidth(cells) > 0 && !isComment(cells));
  if (all.length === 0) return "empty";
  return new Understanding(source, all, leftOut).found(choices);
}

async function firstRows(source: RowSource): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const batch of source.batches()) {
    for (const row of batch) if (filledWidth(row.cells) > 0) rows.push(row);
    if (rows.length >= LOOKED_AT_ROWS) break;
  }
  return rows.slice(0, LOOKED_AT_ROWS);
}

class Understanding {
  readonly #source: RowSource;
  readonly #rows: readonly Row[];
  readonly #leftOut: LeftOut;

  constructor(source: RowSource, rows: readonly Row[], leftOut: LeftOut) {
    this.#source = source;
    this.#rows = rows;
    this.#leftOut = leftOut;
  }

  found(choices: ListChoices): TableFound {
    const place = this.#header(choices);
    if ("unclear" in place) return this.#question("headerRow", this.#columns(undefined));
    const columns = this.#columns(place.at);
    if (columns.body.length === 0) return "empty";
    const column = usernameColumn(columns, choices.column ?? this.#columnOfOptOuts(columns, choices));
    if ("why" in column) return this.#question(column.why, columns);
    const isToldOnly = choices.column !== undefined && choices.headerRow === undefined;
    if (isToldOnly && place.at === undefined && this.#mayBeHeader(columns, column.at))
      return this.#question("headerRow", columns);
    const faultOf = choices.optOuts === true ? undefined : faultByMarks(columns.titles, column.at);
    return this.#table(columns, { usernameAt: column.at, headerAt: place.at, faultOf });
  }

  /** In a list of opt-outs a column called so is whom it is about, where none is called after usernames. */
  #columnOfOptOuts({ titles }: Columns, { optOuts = false }: ListChoices): string | undefined {
    if (!optOuts || titles.some((title) => headerWord(title) === "sure")) return undefined;
    const [at, ...more] = [...titles.keys()].filter((column) => isOptOutTitle(titles[column] ?? ""));
    return at === undefined || more.length > 0 ? undefined : String(at + 1);
  }

  #header({ headerRow, column }: ListChoices): ReturnType<typeof findHeader> {
    if (this.#source.header) return { at: undefined };
    if (headerRow === 0) return { at: undefined };
    if (headerRow !== undefined) {
      const at = this.#rows.findIndex(({ line }) => line === headerRow);
      return at < 0 ? { unclear: true } : { at };
    }
    const place = findHeader(this.#rows, this.#width());
    return "at" in place && place.at === undefined && column !== undefined ? this.#headerWith(column) : place;
  }

  /** An operator who names a column by a cell of the first rows says that it is a heading. */
  #headerWith(column: string): ReturnType<typeof findHeader> {
    const key = columnKey(column);
    const at = this.#rows
      .slice(0, HEADER_WITHIN)
      .findIndex(({ cells }) => cells.length > 1 && cells.some((cell) => columnKey(cell) === key));
    return { at: at < 0 ? undefined : at };
  }

  #width(): number {
    return this.#rows.reduce((most, { cells }) => Math.max(most, filledWidth(cells)), 1);
  }

  #columns(headerAt: number | undefined): Columns {
    const { header } = this.#source;
    const titles = (header ?? (headerAt === undefined ? [] : this.#rows[headerAt]?.cells) ?? []).map(plain);
    const below = this.#rows.slice(headerAt === undefined ? 0 : headerAt + 1);
    const width = Math.max(this.#width(), header?.length ?? 0);
    return columnsOf(below, columnNames(titles, width), titles);
  }

  /** The first row may be a header in words that nobody knows: nothing in it shows that it is a person. */
  #mayBeHeader({ titles }: Columns, at: number): boolean {
    const [first] = this.#rows;
    if (this.#source.header || titles.length > 0 || !first || this.#rows.length < 2) return false;
    if (!/\S/.test(first.cells[at] ?? "") || first.cells.some((cell) => /@|\/\//.test(cell))) return false;
    return (
      isCounted(first.cells) || !first.cells.some((cell, column) => this.#isNumberedAsBelow(cell, column))
    );
  }

  /** Digits show that a cell is a value where the cells below have some too. */
  #isNumberedAsBelow(cell: string, column: number): boolean {
    return DIGIT.test(cell) && this.#rows.slice(1).some(({ cells }) => DIGIT.test(cells[column] ?? ""));
  }

  #question(
    what: "several" | "unclear" | "notThere" | "headerRow",
    columns: Columns,
  ): { readonly question: ListQuestion } {
    const table = sampleOf(columns, this.#rows);
    const sheet = this.#source.name === undefined ? {} : { sheet: this.#source.name };
    return {
      question:
        what === "headerRow" ? { ask: what, ...sheet, table } : { ask: "column", why: what, ...sheet, table },
    };
  }

  #table(
    { names, titles, contents }: Columns,
    { usernameAt, headerAt, faultOf }: Pick<Shape, "usernameAt" | "headerAt" | "faultOf">,
  ): Table {
    const others = names
      .map((name, at) => ({ at, name }))
      .filter(({ at }) => at !== usernameAt && !(contents[at]?.isBlank === true && isUntitled(titles[at])));
    const text = [titles.join(" "), ...this.#rows.map(({ cells }) => cells.join(" "))].join("\n");
    const asRead = isPersian(text, this.#source.isOldPersian === true) ? withPersianLetters : plain;
    const source = this.#source;
    const leftOut = this.#leftOut;
    return {
      column: names[usernameAt] ?? "",
      columnNumber: usernameAt + 1,
      hasTitle: !isUntitled(titles[usernameAt]),
      columns: others.map(({ name }) => asRead(name)),
      rows: () => tableRows(source, { titles, usernameAt, width: names.length, headerAt, faultOf, leftOut }),
      nameOf: source.isPlain === true ? firstCell : (row) => cellOf(row, usernameAt),
      valuesOf:
        others.length === 0
          ? noValues
          : ({ cells }) => others.map(({ at }) => asRead((cells[at] ?? "").trim())),
    };
  }
}

const DIGIT = /\p{Nd}/u;

/** Headings that a program made up: `field0, field1`, the same word with another number. */
function isCounted(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const stems = new Set(filled.map((cell) => cell.replace(/\p{Nd}+$/u, "")));
  return filled.length > 1 && stems.size === 1 && filled.every((cell) => DIGIT.test(cell));
}

function plain(text: string): string {
  return text;
}

function firstCell({ cells }: Row): string {
  return cells[0] ?? "";
}

const NONE: readonly string[] = [];

function noValues(): readonly string[] {
  return NONE;
}

interface Shape {
  readonly titles: readonly string[];
  readonly usernameAt: number;
  readonly width: number;
  /** How many rows stand above the header, comments and blank ones not counted; absent: there is none. */
  readonly headerAt: number | undefined;
  /** Why a row names nobody to write to, by its other columns; absent: none tells. */
  readonly faultOf: FilterOptions["faultOf"];
  readonly leftOut: LeftOut;
}

async function* tableRows(source: RowSource, shape: Shape): AsyncGenerator<readonly Row[]> {
  const { leftOut, headerAt = -1 } = shape;
  const titles = source.header === undefined && shape.titles.length > 0 ? shape.titles : undefined;
  const filter = createRowFilter({ ...shape, titles }, leftOut);
  let above = headerAt + 1;
  for await (const batch of source.batches(leftOut)) {
    if (above === 0 && source.isPlain === true && batch.every(isPlainRow)) {
      yield batch;
      continue;
    }
    const rows: Row[] = [];
    for (const row of batch) {
      if (filledWidth(row.cells) === 0) continue;
      if (isComment(row.cells)) leftOut.otherLines++;
      else if (above > 0) {
        if (--above > 0) leftOut.otherLines++;
      } else {
        const kept = filter(row);
        if (kept) rows.push(kept);
      }
    }
    yield rows;
  }
}

const DIGIT_0 = 48;
const DIGIT_9 = 57;
const LETTER_A = 65;

/** Most rows of a list of names: nothing that ends in a digit or begins with a letter or `@` and has no blank says it is a comment, a sum or a heading. */
function isPlainRow({ cells, fault }: Row): boolean {
  if (fault !== undefined) return true;
  const name = cells[0] ?? "";
  const last = name.charCodeAt(name.length - 1);
  return last >= DIGIT_0 && last <= DIGIT_9 && name.charCodeAt(0) >= LETTER_A - 1;
}

function sampleOf(columns: Columns, rows: readonly Row[]): TableSample {
  const { names, contents } = columns;
  const width = Math.min(names.length, SHOWN_CELLS);
  const count = Math.max(2, Math.min(SHOWN_ROWS, Math.floor(SHOWN_CELLS / Math.max(1, width))));
  return {
    columns: names.slice(0, width).map((name, at) => ({
      name,
      samples: contents[at]?.samples ?? [],
      mayBeNames: isCandidate(columns, at),
    })),
    rows: rows.slice(0, count).map(({ line, cells }) => ({
      line,
      cells: cells.slice(0, width).map((cell) => cell.trim().slice(0, SHOWN_LENGTH)),
    })),
  };
}
