import { parsed, skipBlank, valueEnd } from "./json-scan.ts";

/** Where an array is in a document: the keys that lead to it, and the positions of its brackets. */
export interface ArrayPlace {
  readonly path: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** How deep objects are looked into, and how many arrays are told apart. */
const DEEPEST = 8;
const MOST_ARRAYS = 64;

/**
 * Finds the arrays inside an object and the objects in it, but not inside other arrays.
 * @returns `isTooMany`: nobody could choose among them; with them the text without what they hold: valid JSON if the rest of the document is
 */
export function findArrays(
  text: string,
  start: number,
): { readonly arrays: readonly ArrayPlace[]; readonly shell: string; readonly isTooMany: boolean } {
  const arrays: ArrayPlace[] = [];
  visit(text, start, [], arrays);
  const pieces: string[] = [];
  let end = 0;
  for (const array of arrays) {
    pieces.push(text.slice(end, array.start), "[]");
    end = array.end;
  }
  pieces.push(text.slice(end));
  return { arrays, shell: pieces.join(""), isTooMany: arrays.length > MOST_ARRAYS };
}

/** Goes through one object; answers where it ends, or where it stops being JSON. */
function visit(text: string, open: number, path: readonly string[], arrays: ArrayPlace[]): number {
  let at = skipBlank(text, open + 1);
  while (text[at] === '"' && arrays.length <= MOST_ARRAYS) {
    const keyEnd = valueEnd(text, at);
    const key = String(parsed(text.slice(at, keyEnd)));
    const colon = skipBlank(text, keyEnd);
    if (text[colon] !== ":") return colon;
    const start = skipBlank(text, colon + 1);
    const inside = [...path, key];
    if (text[start] === "{" && path.length < DEEPEST) at = visit(text, start, inside, arrays);
    else {
      at = valueEnd(text, start);
      if (text[start] === "[") arrays.push({ path: inside, start, end: at });
    }
    at = skipBlank(text, at);
    if (text[at] === ",") at = skipBlank(text, at + 1);
  }
  return text[at] === "}" ? at + 1 : at;
}

/** How much of a line is looked at. */
const LONGEST_LINE = 1 << 20;

/** Tells whether a text has a JSON value on each line, blank ones in between or not. */
export function isJsonLines(text: string): boolean {
  const start = skipBlank(text, 0);
  const end = text.indexOf("\n", start);
  if (end < 0 || end - start > LONGEST_LINE) return false;
  return skipBlank(text, end) < text.length && parsed(text.slice(start, end)) !== undefined;
}
