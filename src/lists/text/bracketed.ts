import { nameRows } from "../name-lines.ts";
import type { RowSource } from "../row.ts";

/** Names in brackets as programming languages print them, `['ali_1', 'sara_2']`, which is no JSON. */
const BRACKETED = /^\s*(?:\w+\s*=\s*)?[[({]([^[\](){}:|]*)[\])}];?\s*$/;

/** Tells whether a text is a list in brackets, and no JSON. */
export function isBracketed(head: string, isWhole: boolean): boolean {
  if (!isWhole || !BRACKETED.test(head)) return false;
  try {
    JSON.parse(head);
    return false;
  } catch {
    return true;
  }
}

/** The names of a list in brackets. Quotes around them are no part of them. */
export function bracketedRows(text: string): RowSource {
  const inside = BRACKETED.exec(text)?.[1] ?? "";
  const names = inside.replace(/["'`]/g, "");
  return { isPlain: true, batches: () => nameRows([names.replace(/\s*\n\s*/g, " ")]) };
}
