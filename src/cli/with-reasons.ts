import { codeOf } from "../domain/reasons/reason.ts";
import { isReason } from "../domain/reasons/stored-reason.ts";
import { bareReason } from "../words/reason-text.ts";
import type { Words } from "../words/words.ts";

/** A value for machines in which each reason is a sentence (`why`) with its code beside it (`reason`). */
export function withReasons(value: unknown, words: Pick<Words, "plain">): unknown {
  if (Array.isArray(value)) return value.map((one) => withReasons(one, words));
  if (typeof value !== "object" || value === null) return value;
  const told = Object.entries(value).flatMap(([key, one]): [string, unknown][] => {
    if (key !== "why" || !isReason(one)) return [[key, withReasons(one, words)]];
    return [
      ["why", bareReason(one, words)],
      ["reason", codeOf(one)],
    ];
  });
  return Object.fromEntries(told);
}
