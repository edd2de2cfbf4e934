import type { LeftOut, WhatWasRead } from "../../app/lists/list-report.ts";

/** Tells, in English, who is on a list, where the names stood, and what beside them was not read. */
export function whatWasReadLines({ names, readFrom, leftOut }: WhatWasRead): string[] {
  const { first, middle, last } = names;
  const shown = [first, middle, last].filter((part) => part.length > 0).map((part) => part.join(", "));
  const { column, sheets = [], encoding } = readFrom;
  const from = [
    ...(column === undefined ? [] : [`column ${JSON.stringify(column)}`]),
    ...sheets.map((sheet) => `sheet ${JSON.stringify(sheet)}`),
    ...(encoding === undefined ? [] : [`encoding ${encoding}`]),
  ];
  const what = leftOutWords.flatMap(([part, text]) =>
    leftOut[part] > 0 ? [`${leftOut[part]} ${text}`] : [],
  );
  return [
    ...(shown.length === 0 ? [] : [`  They are: ${shown.join(middle.length > 0 ? " … " : ", ")}.`]),
    ...(from.length === 0 ? [] : [`  Read from: ${from.join(", ")}.`]),
    ...(what.length === 0 ? [] : [`  Not read: ${what.join(", ")}.`]),
  ];
}

const leftOutWords: readonly (readonly [keyof LeftOut, string])[] = [
  ["hiddenSheets", "hidden sheets"],
  ["hiddenRows", "hidden rows"],
  ["filteredRows", "rows that a filter hides"],
  ["hiddenColumns", "hidden columns"],
  ["totalsRows", "rows of totals"],
  ["repeatedHeaders", "repeated headings"],
  ["otherLines", "titles, comments or rules"],
];
