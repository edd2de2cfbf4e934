import { setImmediate as nextTurn } from "node:timers/promises";
import type { JsonElement } from "./json-elements.ts";
import { jsonElements } from "./json-elements.ts";
import type { Row, RowSource } from "./row.ts";

/** How many elements are looked at to learn the columns. */
const LOOKED_AT = 200;

/**
 * Reads a list written in JSON as rows: a text is a row of one cell, an array a row of cells, an object has its cells by
 * name. Columns are the names that the first elements have; what is neither text, number nor yes/no leaves a blank cell.
 * @throws {BrokenList} here or while rows are read
 */
export async function jsonRows(text: string): Promise<RowSource> {
  const batches = jsonElements(text);
  const head: JsonElement[] = [];
  while (head.length < LOOKED_AT) {
    const next = batches.next();
    if (next.done) break;
    head.push(...next.value);
    await nextTurn();
  }
  const header = columnsOf(head.slice(0, LOOKED_AT));
  const rows = allRows(head, batches, header);
  return header ? { header, batches: rows } : { batches: rows };
}

function* allRows(
  head: readonly JsonElement[],
  rest: Iterable<readonly JsonElement[]>,
  header: readonly string[] | undefined,
): Generator<readonly Row[]> {
  const asRow = ({ line, value }: JsonElement): Row => ({ line, cells: cellsOf(value, header) });
  yield head.map(asRow);
  for (const batch of rest) yield batch.map(asRow);
}

function columnsOf(elements: readonly JsonElement[]): readonly string[] | undefined {
  const names = new Set<string>();
  for (const { value } of elements) {
    if (!isRecord(value)) continue;
    for (const [name, cell] of Object.entries(value)) if (asCell(cell) !== "") names.add(name);
  }
  return names.size > 0 ? [...names] : undefined;
}

function cellsOf(value: unknown, header: readonly string[] | undefined): readonly string[] {
  if (Array.isArray(value)) return value.map(asCell);
  if (!isRecord(value)) return [asCell(value)];
  return (header ?? []).map((name) => (Object.hasOwn(value, name) ? asCell(value[name]) : ""));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asCell(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
