/** Values of Peyk as PostgreSQL can keep them in `jsonb`: without NUL and halves of characters, which it refuses. */
import { keepable } from "../ports/sync.ts";

export function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? keepable(part) : part));
}
