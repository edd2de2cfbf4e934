import { columnKey } from "../../domain/template.ts";

/** Marks nobody sees, and what would end a variable's name in a message. */
const INVISIBLE = /[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;
const NOT_IN_VARIABLES = /[{}|\s]+/g;

/** Names every column, no two alike: `column3` where there is no title, `city_2` where two have the same. */
export function columnNames(titles: readonly string[], width: number): readonly string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return Array.from({ length: width }, (_, at) => {
    const base = titleOf(titles[at]) || `column${at + 1}`;
    const key = columnKey(base);
    let count = counts.get(key) ?? 1;
    let name = count === 1 ? base : `${base}_${count}`;
    while (taken.has(columnKey(name))) name = `${base}_${++count}`;
    counts.set(key, count + 1);
    taken.add(columnKey(name));
    return name;
  });
}

/** Tells whether a column has no title of its own. */
export function isUntitled(title: string | undefined): boolean {
  return titleOf(title) === "";
}

function titleOf(title = ""): string {
  const words = title.replace(INVISIBLE, "").replace(NOT_IN_VARIABLES, " ").trim();
  return columnKey(words) === "" ? "" : words;
}
