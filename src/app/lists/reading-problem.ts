import { ReadingStopped } from "../../lists/list-reader.ts";
import { BrokenList, ListTooLarge } from "../../lists/row.ts";
import type { ListProblem } from "./list-report.ts";
import type { OpeningProblem } from "../../lists/open-list.ts";
import type { ListAsked } from "../../lists/reading.ts";

/** Turns what a reading answered instead of a list into the operator's problem. */
export function openingProblem(
  answer: OpeningProblem | ListAsked | { readonly problem: "gone" },
): ListProblem {
  if ("question" in answer) return { kind: "problem", problem: "question", ...answer };
  return { kind: "problem", ...answer };
}

/** Turns what a reading threw into the operator's problem. @throws whatever else it is */
export function readingProblem(error: unknown): ListProblem {
  if (error instanceof BrokenList) {
    const { format, line } = error;
    return { kind: "problem", problem: "broken", format, ...at(line) };
  }
  if (error instanceof ListTooLarge) return { kind: "problem", problem: "stopped", reason: "holdsTooMuch" };
  if (!(error instanceof ReadingStopped)) throw error;
  const { reason, line } = error;
  return { kind: "problem", problem: "stopped", reason, ...at(line) };
}

function at(line: number | undefined): { readonly line?: number } {
  return line === undefined ? {} : { line };
}
