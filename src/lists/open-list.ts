import { readFile, stat } from "node:fs/promises";
import type { LeftOut, ListAsked, ListChoices, ReadFrom } from "./reading.ts";
import { nothingLeftOut } from "./reading.ts";
import type { Row } from "./row.ts";
import type { FormatProblem, FoundSources } from "./row-source.ts";
import { rowSources } from "./row-source.ts";
import { chooseTables } from "./sheets.ts";
import type { Table } from "./table/table.ts";

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
  const name = input.kind === "file" ? input.name : "";
  const pasted = input.kind === "text" ? { ...choices, encoding: "utf-8" } : choices;
  const found = await rowSources(bytes, name, pasted);
  if ("problem" in found || "question" in found) return found;
  const leftOut = { ...nothingLeftOut(), hiddenSheets: found.hiddenSheets };
  const tables = await chooseTables(found.sources, choices, leftOut);
  if ("question" in tables) return tables;
  const [first, ...more] = tables;
  if (!first) return { problem: "empty" };
  const list = more.length === 0 ? ofOne(first.table) : ofMany(tables.map(({ table }) => table));
  return { ...list, readFrom: readFrom(tables, found), leftOut };
}

const tooBig: OpeningProblem = { problem: "tooBig", maxBytes: MAX_BYTES };

type Chosen = readonly { readonly table: Table; readonly name?: string }[];

function readFrom(tables: Chosen, { encoding }: FoundSources): ReadFrom {
  const sheets = tables.map(({ name }) => name).filter((name) => name !== undefined);
  const [{ table } = {}] = tables;
  const isOneColumn = tables.every((one) => one.table.column === table?.column);
  return {
    ...(table && isOneColumn && (table.hasTitle || table.columns.length > 0)
      ? { column: table.column, columnNumber: table.columnNumber }
      : {}),
    ...(sheets.length > 0 ? { sheets } : {}),
    ...(encoding === undefined ? {} : { encoding }),
  };
}

type ListOfRows = Pick<OpenedList, "columns" | "rows" | "nameOf" | "valuesOf">;

function ofOne(table: Table): ListOfRows {
  return {
    columns: table.columns,
    rows: { [Symbol.asyncIterator]: () => table.rows() },
    nameOf: table.nameOf,
    valuesOf: table.valuesOf,
  };
}

/** Several sheets one after another; of columns with the same name each sheet fills its own. */
function ofMany(tables: readonly Table[]): ListOfRows {
  const columns = [...new Set(tables.flatMap((table) => table.columns))];
  return {
    columns,
    rows: { [Symbol.asyncIterator]: () => rowsOf(tables, columns) },
    nameOf: ({ cells }) => cells[0] ?? "",
    valuesOf: ({ cells }) => cells.slice(1),
  };
}

async function* rowsOf(tables: readonly Table[], columns: readonly string[]): AsyncGenerator<readonly Row[]> {
  for (const table of tables) {
    const places = columns.map((name) => table.columns.indexOf(name));
    for await (const batch of table.rows())
      yield batch.map((row) => {
        const values = table.valuesOf(row);
        const { line, fault } = row;
        const cells = [table.nameOf(row), ...places.map((at) => values[at] ?? "")];
        return fault === undefined ? { line, cells } : { line, cells, fault };
      });
  }
}
