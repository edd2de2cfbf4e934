/**
 * Characters by which spreadsheets take a cell for a formula, full-width ones too. Before them a reader may pass over
 * blanks, invisible marks and quotes.
 */
const STARTS_FORMULA = /^(?=[\s"\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])|^[\t\r]/u;

/**
 * Where another cell begins for a reader that takes another character for the separator: quotes protect only a cell that
 * begins with them, and there this one has begun long before.
 */
const STARTS_INNER_FORMULA = /([,;|\t\r\n])(?=[\s"\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu;

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

function withoutFormulas(text: string): string {
  const inner = text.replace(STARTS_INNER_FORMULA, "$1'");
  return STARTS_FORMULA.test(text) ? `'${inner}` : inner;
}
