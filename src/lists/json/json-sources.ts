/** Lists written in JSON: where in a document they are, and the people in their elements. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { JsonElement } from "./json-elements.ts";
import { arrayElements, valuePerLine } from "./json-elements.ts";
import { findArrays, isJsonLines } from "./json-arrays.ts";
import { cellsOf, peopleIn, columnsOf } from "./json-people.ts";
import { listKind } from "./json-list-names.ts";
import { lineAt, parsed, skipBlank } from "./json-scan.ts";
import type { Row, RowSource } from "../row.ts";
import { BrokenList } from "../row.ts";

/** How many elements are looked at to learn the columns. */
const LOOKED_AT = 200;

/**
 * Finds the lists in a JSON text: the array that it is; the arrays inside its objects, however deep, that can hold people;
 * or a value a line. Lists of the same weight are all answered, and it is asked which is meant.
 * @throws {BrokenList} here or while rows are read, with the line
 */
export async function jsonSources(text: string): Promise<readonly RowSource[]> {
  const start = skipBlank(text, 0);
  if (start >= text.length) return [];
  if (isJsonLines(text)) return [await listSource(() => valuePerLine(text))];
  if (text[start] === "[") return [await listSource(() => onlyArray(text, start))];
  if (text[start] !== "{") throw new BrokenList("json", 1);
  return sourcesInside(text, start);
}

async function sourcesInside(text: string, start: number): Promise<readonly RowSource[]> {
  const { arrays, shell, isTooMany } = findArrays(text, start);
  if (isTooMany || parsed(shell) === undefined)
    throw new BrokenList("json", arrays.length > 0 ? undefined : lineAt(text, start));
  const sources: RowSource[] = [];
  for (const { path, start: open } of arrays) {
    const source = { ...(await listSource(() => arrayElements(text, open))), name: path.join(".") };
    if (await holdsTexts(source)) sources.push(source);
  }
  if (sources.length === 0) return arrays.length > 0 ? [] : [await listSource(() => single(text, start))];
  const weights = sources.map((source) => listKind(source));
  const people = sources.filter((_, index) => weights[index] === "people");
  if (people.length > 0 && !weights.includes("notToWriteTo")) return withoutNames(people);
  const others = sources.filter((_, index) => weights[index] !== "notPeople");
  return withoutNames(others.length > 0 ? others : sources);
}

/** The only list of a document needs no name: nobody has to choose it. One that says not to write to its people does. */
function withoutNames(sources: readonly RowSource[]): readonly RowSource[] {
  const [only] = sources;
  if (!only || sources.length > 1 || listKind(only) === "notToWriteTo") return sources.map(marked);
  const { name: _, ...rest } = only;
  return [rest];
}

function marked(source: RowSource): RowSource {
  return listKind(source) === "notToWriteTo" ? { ...source, mustBeChosen: true } : source;
}

/** Numbers alone are no names in JSON, where names are texts. */
async function holdsTexts(source: RowSource): Promise<boolean> {
  for await (const batch of source.batches())
    if (batch.some(({ cells }) => cells.some((cell) => !/^[\d.eE+-]*$/.test(cell)))) return true;
  return false;
}

function* onlyArray(text: string, start: number): Generator<readonly JsonElement[]> {
  const end = yield* arrayElements(text, start);
  const rest = skipBlank(text, end);
  if (rest < text.length) throw new BrokenList("json", lineAt(text, rest));
}

function* single(text: string, start: number): Generator<readonly JsonElement[]> {
  yield [{ line: lineAt(text, start), value: parsed(text) }];
}

type Elements = () => Iterable<readonly JsonElement[]>;

/** Elements as rows: a text is a row of one cell, an array a row of cells, an object has its cells by name. */
async function listSource(elements: Elements): Promise<RowSource> {
  const head: JsonElement[] = [];
  for (const batch of elements()) {
    for (const element of batch) head.push(...peopleIn(element));
    if (head.length >= LOOKED_AT) break;
    await nextTurn();
  }
  const header = columnsOf(head.slice(0, LOOKED_AT));
  const batches = (): Iterable<readonly Row[]> => rowsOf(elements(), header);
  return header ? { header, batches } : { batches };
}

function* rowsOf(
  batches: Iterable<readonly JsonElement[]>,
  header: readonly string[] | undefined,
): Generator<readonly Row[]> {
  for (const batch of batches) {
    const rows: Row[] = [];
    for (const element of batch)
      for (const { line, value } of peopleIn(element)) rows.push({ line, cells: cellsOf(value, header) });
    yield rows;
  }
}
