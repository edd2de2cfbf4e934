import { readFile, stat } from "node:fs/promises";
import type { ColumnChoice, Layout } from "./columns.ts";
import { layoutOf } from "./columns.ts";
import type { LeftOut, ListAsked, ListChoices, ListQuestion, ReadFrom } from "./reading.ts";
import { nothingLeftOut } from "./reading.ts";
import type { Row, RowSource } from "./row.ts";
import type { FormatProblem } from "./row-source.ts";
import { rowSource } from "./row-source.ts";

/** A file on this disk, with the name its sender gave it, or text as pasted. */
export type ListInput =
  | { readonly kind: "file"; readonly path: string; readonly name: string }
  | { readonly kind: "text"; readonly text: string };

/** Why there are no rows to read. */
export type OpeningProblem =
  FormatProblem | { readonly problem: "empty" } | { readonly problem: "tooBig"; readonly maxBytes: number };

export interface OpenedList {
  /** Names of the columns beside the username. */
  readonly columns: readonly string[];
  readonly readFrom: ReadFrom;
  /** Grows while rows are read. */
  readonly leftOut: LeftOut;
  /** Rows that are not blank. Iterating may throw {@link BrokenList}; stop early and everything is let go. */
  readonly rows: AsyncIterable<readonly Row[]>;
  /** The cell that should be a username, as written. */
  nameOf(row: Row): string;
  /** Trimmed cells of the other columns, in their order. */
  valuesOf(row: Row): readonly string[];
}

/** What a bot can download from Telegram. */
const MAX_BYTES = 20 << 20;
/** How many rows are looked at to find the header and the username column. */
const LOOKED_AT_ROWS = 200;
/** How much of a table is shown to somebody who has to choose. */
const SHOWN_ROWS = 6;
const SHOWN_LENGTH = 64;

/**
 * Finds out what a list is, by its content and not by its name, and begins to read it. The file is held in memory, never
 * its rows.
 * @param choices What was answered to earlier questions
 * @returns A question where nothing proves who is meant; it shows the list as it was read
 * @throws {BrokenList} when it says that it is a spreadsheet or JSON and isn't
 */
export async function openList(
  input: ListInput,
  choices: ListChoices = {},
): Promise<OpenedList | OpeningProblem | ListAsked> {
  if (input.kind === "file" && (await stat(input.path)).size > MAX_BYTES) return tooBig;
  const bytes = input.kind === "file" ? await readFile(input.path) : Buffer.from(input.text);
  if (bytes.length > MAX_BYTES) return tooBig;
  const source = await rowSource(bytes, input.kind === "file" ? input.name : "");
  return "problem" in source ? source : withLayout(source, choices);
}

const tooBig: OpeningProblem = { problem: "tooBig", maxBytes: MAX_BYTES };

async function withLayout(
  { header, batches }: RowSource,
  { column }: ListChoices,
): Promise<OpenedList | OpeningProblem | ListAsked> {
  const iterator = filledRows(batches);
  const head = await firstRows(iterator);
  const layout = head.length === 0 ? undefined : layoutOf(head.slice(0, LOOKED_AT_ROWS), header, column);
  if (layout?.kind === "layout") return openedList(layout, head, iterator);
  await iterator.return(undefined);
  return layout ? { question: columnQuestion(layout, head) } : { problem: "empty" };
}

function columnQuestion({ columns }: ColumnChoice, head: readonly Row[]): ListQuestion {
  const rows = head.slice(0, SHOWN_ROWS).map(({ line, cells }) => ({ line, cells: cells.map(shown) }));
  const all = columns.map((column) => ({ ...column, mayBeNames: true }));
  return { ask: "column", why: "several", table: { columns: all, rows } };
}

function shown(cell: string): string {
  return cell.slice(0, SHOWN_LENGTH);
}

function openedList(
  { usernameAt, others, firstRowIsHeader }: Layout,
  head: readonly Row[],
  rest: AsyncGenerator<readonly Row[]>,
): OpenedList {
  return {
    columns: others.map(({ name }) => name),
    readFrom: { columnNumber: usernameAt + 1 },
    leftOut: nothingLeftOut(),
    rows: allRows(firstRowIsHeader ? head.slice(1) : head, rest),
    nameOf: ({ cells }) => cells[usernameAt] ?? "",
    valuesOf: ({ cells }) => others.map(({ at }) => (cells[at] ?? "").trim()),
  };
}

async function* filledRows(batches: RowSource["batches"]): AsyncGenerator<readonly Row[]> {
  for await (const batch of batches) yield batch.every(isFilled) ? batch : batch.filter(isFilled);
}

async function firstRows(iterator: AsyncGenerator<readonly Row[]>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  while (rows.length < LOOKED_AT_ROWS) {
    const next = await iterator.next();
    if (next.done) break;
    rows.push(...next.value);
  }
  return rows;
}

async function* allRows(
  head: readonly Row[],
  rest: AsyncGenerator<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  try {
    yield head;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

function isFilled({ cells }: Row): boolean {
  for (const cell of cells) if (/\S/.test(cell)) return true;
  return false;
}
