/** Lines of a journal as ledgers in files write them: the database keeps no order of keys. */
import type { Entry } from "../../domain/journal.ts";

const rest = ["id", "reason", "by", "due", "free", "why", "uncalled", "again"];

const keys: Readonly<Record<"claim" | "settlement" | "whole", readonly string[]>> = {
  claim: ["t", "r", "a", "n", "p", "v", "l", "w", "at"],
  settlement: ["r", "at", "t", ...rest],
  whole: ["t", "r", "names", "crc", "at"],
};

export function entryLine(entry: Entry): string {
  const isWhole = !("r" in entry) || entry.t === "leaves";
  const order = entry.t === "claim" ? keys.claim : isWhole ? keys.whole : keys.settlement;
  const given = new Map(Object.entries(entry));
  const known = order.filter((key) => given.has(key));
  const others = [...given.keys()].filter((key) => !order.includes(key));
  return JSON.stringify(Object.fromEntries([...known, ...others].map((key) => [key, given.get(key)])));
}
