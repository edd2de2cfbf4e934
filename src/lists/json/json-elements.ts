import { lineAt, lineEndsBetween, parsed, skipBlank, valueEnd } from "./json-scan.ts";
import { BrokenList, ROWS_PER_BATCH } from "../row.ts";

/** One element of a list in JSON, with the line it begins on, from 1. */
export interface JsonElement {
  readonly line: number;
  readonly value: unknown;
}

/**
 * Reads one JSON value a line; blank lines are no values.
 * @throws {BrokenList} with the line that is no JSON
 */
export function* valuePerLine(text: string): Generator<readonly JsonElement[]> {
  let batch: JsonElement[] = [];
  let line = 0;
  for (let start = 0; start < text.length;) {
    const lineEnd = text.indexOf("\n", start);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const one = text.slice(start, end).trim();
    start = end + 1;
    line++;
    if (one === "") continue;
    const value = parsed(one);
    if (value === undefined) throw new BrokenList("json", line);
    batch.push({ line, value });
    if (batch.length < ROWS_PER_BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/**
 * Walks through an array, parsing its elements in groups, so that nobody waits for 20 MB; answers where it ends.
 * @throws {BrokenList} with the line that is no JSON
 */
export function* arrayElements(text: string, open: number): Generator<readonly JsonElement[], number> {
  let line = lineAt(text, open);
  let counted = open;
  let places: Place[] = [];
  let at = skipBlank(text, open + 1);
  if (text[at] === "]") return at + 1;
  for (;;) {
    line += lineEndsBetween(text, counted, at);
    counted = at;
    const end = valueEnd(text, at);
    places.push({ line, start: at, end });
    at = skipBlank(text, end);
    const isLast = text[at] === "]";
    if (!isLast && text[at] !== ",") throw new BrokenList("json", line);
    if (isLast || places.length >= ROWS_PER_BATCH) {
      yield elementsAt(text, places);
      places = [];
    }
    if (isLast) return at + 1;
    at = skipBlank(text, at + 1);
  }
}

interface Place {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Parses a group of elements in one go; each by itself only to find the one that is broken. */
function elementsAt(text: string, places: readonly Place[]): readonly JsonElement[] {
  const [start, end] = [places[0]?.start ?? 0, places.at(-1)?.end ?? 0];
  const values = parsed(`[${text.slice(start, end)}]`);
  if (Array.isArray(values) && values.length === places.length)
    return places.map(({ line }, index) => ({ line, value: values[index] as unknown }));
  return places.map((place) => elementAt(text, place));
}

function elementAt(text: string, { line, start, end }: Place): JsonElement {
  const value = parsed(text.slice(start, end));
  if (value === undefined) throw new BrokenList("json", line);
  return { line, value };
}
