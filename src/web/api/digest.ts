/** What a call asked for, as one short text: the same for the same body, in whatever order its parts stand. */
import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { StartBody } from "./bodies.ts";

/** Rows taken in in one turn of the event loop: about a millisecond's work. */
const PIECE = 500;

/** The hash of the body's JSON with its parts in order; a long list is taken in a piece at a time. */
export async function digestOf(body: StartBody): Promise<string> {
  const hash = createHash("sha256");
  const parts = Object.entries(body).filter(([, part]) => part !== undefined);
  for (const [index, [name, part]] of parts.toSorted(byName).entries()) {
    hash.update(`${index === 0 ? "{" : ","}${JSON.stringify(name)}:`);
    if (!Array.isArray(part)) hash.update(JSON.stringify(inOrder(part)));
    else for await (const piece of piecesOf(part)) hash.update(piece);
  }
  return hash.update("}").digest("hex");
}

async function* piecesOf(rows: readonly unknown[]): AsyncGenerator<string> {
  for (let at = 0; at < rows.length; at += PIECE) {
    if (at > 0) await nextTurn();
    const piece = JSON.stringify(inOrder(rows.slice(at, at + PIECE))).slice(1, -1);
    yield `${at === 0 ? "[" : ","}${piece}`;
  }
  yield rows.length === 0 ? "[]" : "]";
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.toSorted(byName).map(([name, part]) => [name, inOrder(part)]));
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
