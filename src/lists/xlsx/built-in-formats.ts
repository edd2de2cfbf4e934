import numfmt from "numfmt";

/** Short dates, which every reader's machine shows in its own order. */
const SHORT_DATES = new Set([14, ...between(27, 31), 36, ...between(50, 58)]);
const SHORT_DATE_AND_TIME = 22;

/**
 * Answers the format behind an id that a workbook doesn't spell out. The dates that follow the machine's region begin
 * with the year: no two regions read that differently.
 */
export function builtInFormat(id: string): string {
  const number = Number(id);
  if (SHORT_DATES.has(number)) return "yyyy-mm-dd";
  if (number === SHORT_DATE_AND_TIME) return "yyyy-mm-dd hh:mm";
  return numfmt.getFormatFromId(number) ?? "General";
}

function between(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
