/**
 * Characters by which spreadsheets take a cell for a formula, full-width ones too. Before them a reader may pass over
 * blanks, invisible marks and quotes.
 */
const STARTS_FORMULA = /^(?=[\s"\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])|^[\t\r]/u;

/** By which a formula begins, full-width ones too. */
const SIGN = /[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Where another cell may begin for a reader that takes another character for the separator: quotes protect only a cell
 * that begins with them, and there this one has begun long before.
 */
const BETWEEN = /[\s"\p{Cf},;|]+/gu;

/**
 * A negative number is one to every spreadsheet, and no formula; only at the start of a line a reader with another
 * separator takes what follows for a part of it.
 */
const NEGATIVE_NUMBER = /^-\d{1,15}(?:\.\d+)?$/;

/** Characters that a cell must be quoted for. */
const NEEDS_QUOTES = /[",;|\t\r\n]/;

/** Put first in a CSV file, so that spreadsheets read it as UTF-8. */
export const CSV_START = "\uFEFF";

/**
 * Writes one CSV line, ended as RFC 4180 has it; no cell can start a formula, whichever of comma, semicolon, bar or tab its
 * reader separates cells by. A `'` is put where one would, which spreadsheets show or hide and never obey.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell, index) => csvCell(cell, index === 0)).join(",")}\r\n`;
}

function csvCell(text: string, isFirst: boolean): string {
  const harmless = !isFirst && NEGATIVE_NUMBER.test(text) ? text : withoutFormulas(text);
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Looks at each stretch between words once: cells come from outside and may be long. */
function withoutFormulas(text: string): string {
  const inner = text.replace(BETWEEN, (stretch, at: number) => {
    const start = lastSeparator(stretch) + 1;
    if (start === 0 || !SIGN.test(text.charAt(at + stretch.length))) return stretch;
    return `${stretch.slice(0, start)}'${stretch.slice(start)}`;
  });
  return STARTS_FORMULA.test(text) ? `'${inner}` : inner;
}

function lastSeparator(text: string): number {
  return Math.max(...[",", ";", "|", "\t", "\r", "\n"].map((one) => text.lastIndexOf(one)));
}
