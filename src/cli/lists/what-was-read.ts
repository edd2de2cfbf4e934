import type { LeftOut, WhatWasRead } from "../../app/lists/list-report.ts";
import type { Words } from "../../words/words.ts";
import { joined, joinedNames } from "../../words/joined.ts";

/** Tells who is on a list, where the names stood, and what beside them was not read. */
export function whatWasReadLines({ names, readFrom, leftOut }: WhatWasRead, words: Words): string[] {
  const { first, middle, last } = names;
  const shown = [first, middle, last]
    .filter((part) => part.length > 0)
    .map((part) => joinedNames(part, words));
  const { column, sheets = [], encoding } = readFrom;
  const from = [
    ...(column === undefined ? [] : [words.plain("cli-from-column", { name: column })]),
    ...sheets.map((name) => words.plain("cli-from-sheet", { name })),
    ...(encoding === undefined ? [] : [words.plain("cli-from-encoding", { name: encoding })]),
  ];
  const what = parts
    .filter((part) => leftOut[part] > 0)
    .map((part) => words.plain(`left-${part}`, { count: leftOut[part] }));
  const all = middle.length > 0 ? shown.join(" … ") : joined(shown, words);
  return [
    ...(shown.length === 0 ? [] : [words.plain("cli-they-are", { names: all })]),
    ...(from.length === 0 ? [] : [words.plain("cli-read-from", { from: joined(from, words) })]),
    ...(what.length === 0 ? [] : [words.plain("cli-not-read", { what: joined(what, words) })]),
  ];
}

const parts = [
  "hiddenSheets",
  "hiddenRows",
  "filteredRows",
  "hiddenColumns",
  "totalsRows",
  "repeatedHeaders",
  "otherLines",
] as const satisfies readonly (keyof LeftOut)[];
