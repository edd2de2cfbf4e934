import { z } from "zod";

/** The place that an answer names: its own cursor, `end` where it names none, undefined where nobody can tell. */
export function nextIn(body: unknown, isEmpty: boolean): { readonly cursor: string } | "end" | undefined {
  const { cursor, error } = z.object({ cursor: z.unknown(), error: z.unknown() }).partial().parse(body);
  if (isEmpty && error !== undefined) return undefined;
  if (cursor === undefined || (isEmpty && (cursor === null || cursor === ""))) return "end";
  const text = typeof cursor === "number" && Number.isSafeInteger(cursor) ? String(cursor) : cursor;
  return typeof text === "string" && /^\S/.test(text) ? { cursor: text } : undefined;
}
