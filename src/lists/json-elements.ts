import { lineAt, lineEndsBetween, parsed, skipBlank, valueEnd, walkToEnd } from "./json-scan.ts";
import { BrokenList, ROWS_PER_BATCH } from "./row.ts";

/** One element of a list in JSON, with the line it begins on, from 1. */
export interface JsonElement {
  readonly line: number;
  readonly value: unknown;
}

/** Names a list may have inside an object, best first. */
const LIST_NAMES = ["usernames", "recipients", "users", "names", "members", "followers", "leads", "list"];

/**
 * Reads the elements of a list written in JSON: an array; an object that holds one (by a usual name, else the only or
 * longest one); or one JSON value a line. The text is taken apart and parsed in pieces, so that nobody waits for 20 MB; a
 * group without elements only gives others a turn.
 * @throws {BrokenList} with the line, when the text is not JSON or holds no list
 */
export function* jsonElements(text: string): Generator<readonly JsonElement[]> {
  const start = skipBlank(text, 0);
  if (text[start] === "[") yield* onlyArray(text, start);
  else if (isJsonLines(text)) yield* valuePerLine(text);
  else if (text[start] === "{") yield* arrayInside(text, start);
  else throw new BrokenList("json", 1);
}

function* onlyArray(text: string, start: number): Generator<readonly JsonElement[]> {
  const end = yield* arrayElements(text, start);
  const rest = skipBlank(text, end);
  if (rest < text.length) throw new BrokenList("json", lineAt(text, rest));
}

function isJsonLines(text: string): boolean {
  const lines = text
    .trimStart()
    .slice(0, 1 << 20)
    .split("\n", 3);
  return lines.length > 1 && (lines[1] ?? "").trim() !== "" && parsed(lines[0] ?? "") !== undefined;
}

function* valuePerLine(text: string): Generator<readonly JsonElement[]> {
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

function* arrayInside(text: string, start: number): Generator<readonly JsonElement[]> {
  const arrays = yield* arraysOf(text, start);
  const longest = arrays.reduce<ArrayPlace | undefined>(
    (one, other) => (one && one.end - one.start >= other.end - other.start ? one : other),
    undefined,
  );
  const named = LIST_NAMES.map((name) => arrays.find((array) => array.key.toLowerCase() === name));
  const place = named.find((array) => array !== undefined) ?? longest;
  const shell = place ? `${text.slice(0, place.start)}[]${text.slice(place.end)}` : text;
  const value = parsed(shell);
  if (value === undefined) throw new BrokenList("json", place ? undefined : lineAt(text, start));
  if (place) yield* arrayElements(text, place.start);
  else yield [{ line: lineAt(text, start), value }];
}

interface ArrayPlace {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** Finds the arrays directly inside an object; stops at the first thing that is not JSON. */
function* arraysOf(text: string, start: number): Generator<readonly never[], ArrayPlace[]> {
  const arrays: ArrayPlace[] = [];
  let at = skipBlank(text, start + 1);
  while (text[at] === '"') {
    const keyEnd = valueEnd(text, at);
    const key = parsed(text.slice(at, keyEnd));
    const colon = skipBlank(text, keyEnd);
    if (text[colon] !== ":") return arrays;
    const valueStart = skipBlank(text, colon + 1);
    at = yield* walkToEnd(text, valueStart);
    if (text[valueStart] === "[") arrays.push({ key: String(key), start: valueStart, end: at });
    at = skipBlank(text, at);
    if (text[at] === ",") at = skipBlank(text, at + 1);
  }
  return arrays;
}

/** Walks through an array, parsing its elements in groups; answers where it ends. */
function* arrayElements(text: string, open: number): Generator<readonly JsonElement[], number> {
  let line = lineAt(text, open);
  let counted = open;
  let places: { readonly line: number; readonly start: number; readonly end: number }[] = [];
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
      yield places.map((place) => elementAt(text, place));
      places = [];
    }
    if (isLast) return at + 1;
    at = skipBlank(text, at + 1);
  }
}

function elementAt(
  text: string,
  { line, start, end }: { readonly line: number; readonly start: number; readonly end: number },
): JsonElement {
  const value = parsed(text.slice(start, end));
  if (value === undefined) throw new BrokenList("json", line);
  return { line, value };
}
