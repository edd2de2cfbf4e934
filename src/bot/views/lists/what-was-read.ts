/** What a list was read as: who is on it, where the names stood, and what was left out. */
import type { LeftOut, ReadFrom, ShownNames } from "../../../app/lists/list-report.ts";
import { shorten } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";

/** Some of the names, or all of a short list. */
export function nameLines({ first, middle, last }: ShownNames, words: Words): string[] {
  if (first.length === 0) return [];
  if (middle.length === 0) return [words.say("read-names-all", { names: words.codes([...first, ...last]) })];
  return [
    words.say("read-names-first", { names: words.codes(first) }),
    words.say("read-names-middle", { names: words.codes(middle) }),
    words.say("read-names-last", { names: words.codes(last) }),
  ];
}

const SHOWN_LENGTH = 40;

/** Where the names stood, where that is more than a text of names, and what beside them was not read. */
export function sourceLines(
  { readFrom, leftOut }: { readonly readFrom: ReadFrom; readonly leftOut: Readonly<LeftOut> },
  words: Words,
): string[] {
  const { column, sheets = [], encoding } = readFrom;
  const what = leftOutParts(leftOut, words);
  return [
    ...(column === undefined ? [] : [words.say("read-column", { column: shorten(column, SHOWN_LENGTH) })]),
    ...(sheets.length === 0
      ? []
      : [words.say("read-sheets", { count: sheets.length, names: words.codes(sheets) })]),
    ...(encoding === undefined ? [] : [words.say("read-encoding", { encoding })]),
    ...(what.length === 0
      ? []
      : [words.say("read-left-out", { what: what.join(words.locale === "fa" ? "، " : ", ") })]),
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

function leftOutParts(leftOut: Readonly<LeftOut>, words: Words): string[] {
  return parts
    .filter((part) => leftOut[part] > 0)
    .map((part) => words.plain(`left-${part}`, { count: leftOut[part] }));
}
