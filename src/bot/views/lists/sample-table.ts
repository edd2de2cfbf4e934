/** Rows of a file as a small table in letters of one width, that fits a phone. */
import { isolate, lineStart } from "../../../lib/text/direction.ts";
import { escapeHtml } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";

/** Letters of a phone's line, less what parts the cells. */
const LINE_LENGTH = 36;
const LONGEST_CELL = 14;
const SHORTEST_CELL = 4;

/** Letters without a width of their own: marks above others, half-spaces, direction marks. */
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/gu;
/** What would break a line or the table. */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;

/** Sets rows as a table, each cell cut to its column and kept apart from the direction of its neighbours. */
export function sampleTable(rows: readonly (readonly string[])[], words: Words): string {
  const texts = rows.map((row) => row.map((cell) => cell.replaceAll(BREAKS, " ").trim()));
  const widths = widthsOf(texts);
  const lines = texts.map(
    (row) => lineStart(words.locale) + widths.map((width, at) => set(row[at] ?? "", width)).join(" │ "),
  );
  return `<pre>${lines.map((line) => line.trimEnd()).join("\n")}</pre>`;
}

/** As wide as their cells, as long as a line holds that; then the widest give way. */
function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.min(LONGEST_CELL, Math.max(1, ...rows.map((row) => widthOf(row[at] ?? "")))),
  );
  const room = Math.max(LINE_LENGTH - 3 * (count - 1), count * SHORTEST_CELL);
  while (widths.reduce((sum, width) => sum + width, 0) > room) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}

function set(text: string, width: number): string {
  const shown = cut(text, width);
  return isolate(escapeHtml(shown)) + " ".repeat(Math.max(0, width - widthOf(shown)));
}

function widthOf(text: string): number {
  return Array.from(text.replaceAll(NO_WIDTH, "")).length;
}

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let shown = "";
  for (const letter of text) {
    if (widthOf(shown) === width - 1) break;
    shown += letter;
  }
  return `${shown}…`;
}
