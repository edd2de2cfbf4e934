/** Values of Peyk as PostgreSQL can keep them in `jsonb`: without NUL and halves of characters, which it refuses. */
import { keepable } from "../ports/sync.ts";

/** How JSON writes what can't be kept, and a text that itself says so. */
const UNKEEPABLE = /\\u(?:0000|d[89a-f])/;

export function jsonOf(value: unknown): string {
  const json = JSON.stringify(value);
  // Nearly always nothing is to be replaced, and looking at each part costs several times as much as writing it all.
  return UNKEEPABLE.test(json) ? JSON.stringify(value, keepablePart) : json;
}

function keepablePart(_key: string, part: unknown): unknown {
  return typeof part === "string" ? keepable(part) : part;
}
