/** First characters by which spreadsheets take a cell for a formula. */
const STARTS_FORMULA = /^[=+\-@\t\r]/;

/** Characters that a cell must be quoted for. */
const NEEDS_QUOTES = /[",;\t\r\n]/;

/** Put first in a CSV file, so that spreadsheets read it as UTF-8. */
export const CSV_START = "\uFEFF";

/** Writes one CSV line, ended as RFC 4180 has it; no cell can start a formula. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(text: string): string {
  const harmless = STARTS_FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
