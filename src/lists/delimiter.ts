import { parseUsername } from "../domain/username.ts";
import { headerWord } from "./header-words.ts";
import { isExplicitName, namesInLine } from "./name-lines.ts";

export type Delimiter = "\t" | ";" | "," | "|" | "،";

const DELIMITERS: readonly Delimiter[] = ["\t", ";", ",", "|", "،"];
const LOOKED_AT_LINES = 50;
/** Share of lines that must have the same number of cells; the others may be ragged. */
const REGULAR_SHARE = 0.7;

/**
 * Finds what parts the cells of a table, or answers undefined where the text is no table but a list of names, whatever
 * stands between them.
 *
 * A table has a delimiter that most lines hold equally often. Two things look like one and are not: a single line whose
 * cells are mostly usernames, and (unless the file is called .csv) lines all of whose cells are `@names` or links.
 * @param head The first lines of the text; the last may be cut off
 */
export function delimiterOf(head: string, isCalledCsv: boolean): Delimiter | undefined {
  const lines = head
    .split(/\r\n|\n|\r/)
    .filter((line) => /[^\s,;|،"]/.test(line))
    .slice(0, LOOKED_AT_LINES);
  const best = DELIMITERS.map((delimiter) => ({ delimiter, share: regularShare(lines, delimiter) })).reduce(
    (one, other) => (other.share > one.share ? other : one),
  );
  if (best.share < REGULAR_SHARE) return undefined;
  return isNamesOnly(lines, best.delimiter, isCalledCsv) ? undefined : best.delimiter;
}

/** Share of lines that hold the delimiter exactly as often as most lines that have it. */
function regularShare(lines: readonly string[], delimiter: Delimiter): number {
  const numbers = new Map<number, number>();
  for (const line of lines) {
    const count = unquoted(line).split(delimiter).length - 1;
    if (count > 0) numbers.set(count, (numbers.get(count) ?? 0) + 1);
  }
  return Math.max(0, ...numbers.values()) / Math.max(1, lines.length);
}

function unquoted(line: string): string {
  return line.includes('"') ? line.replace(/"(?:[^"]|"")*"/g, "") : line;
}

function isNamesOnly(lines: readonly string[], delimiter: Delimiter, isCalledCsv: boolean): boolean {
  const cells = lines.flatMap((line) => line.split(delimiter)).filter((cell) => cell.trim() !== "");
  const explicit = cells.filter(isExplicitName).length;
  if (lines.length > 1) return explicit === cells.length && !isCalledCsv;
  if (cells.some((cell) => headerWord(cell) === "sure")) return false;
  const pieces = lines.flatMap(namesInLine);
  const names = pieces.filter((piece) => parseUsername(piece).ok).length;
  return explicit > 1 || 2 * names > pieces.length;
}
