import { parseRecipientName } from "../../domain/people/recipient-name.ts";
import { parseUsername } from "../../domain/people/username.ts";
import { headerWord, isPlatformWord } from "./header-words.ts";
import { isExplicitName } from "../name-lines.ts";
import type { Row } from "../row.ts";

/** Where the header of a table is, as an index into the rows looked at; `unclear`: one row might be it, or be a person. */
export type HeaderPlace = { readonly at: number | undefined } | { readonly unclear: true };

/** How far down titles may push a header. */
export const HEADER_WITHIN = 12;
/** Rows below that must look alike before the one above them stands out. */
const FEW = 2;
const MOST_LOOKED_AT = 64;

/** How many cells there are up to the last that is filled. */
export function filledWidth(cells: readonly string[]): number {
  let width = cells.length;
  while (width > 0 && isBlank(cells[width - 1] ?? "")) width--;
  return width;
}

function isBlank(cell: string): boolean {
  return cell === "" || !/\S/.test(cell);
}

/**
 * How many cells of a row are words that name columns: 0 unless they make it a header. They do when one names
 * usernames, or when several are known and they are at least half of what is filled.
 */
export function knownWords(cells: readonly string[]): number {
  const filled = filledCells(cells);
  if (filled.length === 0) return 0;
  const words = filled.map((cell) => headerWord(cell));
  if (filled.some((cell, index) => isExplicitName(cell) && words[index] === "unknown")) return 0;
  const known = words.filter((word) => word !== "unknown").length;
  const isSure = filled.some(
    (cell, index) => words[index] === "sure" && (filled.length === 1 || !isPlatformWord(cell)),
  );
  return isSure || (known >= 2 && 2 * known >= filled.length) ? known : 0;
}

function filledCells(cells: readonly string[]): readonly string[] {
  return cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
}

/**
 * Finds the row that names the columns. Above it only titles may stand: rows with fewer cells, none of which can be a
 * person. Where nothing in its words tells, a row is the header that stands out from the names below it.
 */
export function findHeader(rows: readonly Row[], width: number): HeaderPlace {
  const at = rows.slice(0, HEADER_WITHIN).findIndex(({ cells }) => isHeaderRow(cells, width));
  if (at < 0) return standingOut(rows);
  const chosen = betterBelow(rows, at);
  const header = rows[chosen]?.cells ?? [];
  const above = rows.slice(0, at);
  if (above.some(({ cells }) => mayBePerson(cells, header))) return { unclear: true };
  return { at: chosen };
}

/** A list of one column loses its first row to any word that names columns; in a table one such word may be a value. */
function isHeaderRow(cells: readonly string[], width: number): boolean {
  if (knownWords(cells) > 0) return true;
  const filled = filledCells(cells);
  return width === 1 && filled.length === 1 && headerWord(filled[0] ?? "") !== "unknown";
}

function namesUsers({ cells }: Row): boolean {
  return cells.some((cell) => headerWord(cell) === "sure");
}

/** Of two rows of headings the lower counts when only that one names the usernames. */
function betterBelow(rows: readonly Row[], at: number): number {
  const [one, next] = [rows[at], rows[at + 1]];
  return one && next && !namesUsers(one) && namesUsers(next) && knownWords(next.cells) > 0 ? at + 1 : at;
}

/** A row above a header that is as wide, or holds what says by itself that it is a name. */
function mayBePerson(cells: readonly string[], header: readonly string[]): boolean {
  const filled = filledCells(cells);
  if (filled.some(isExplicitName)) return true;
  if (filledCells(header).length === 1) return filled.length === 1 && parseUsername(filled[0] ?? "").ok;
  return filled.length >= filledCells(header).length && filled.some((cell) => parseUsername(cell).ok);
}

/**
 * The first row is a header where all cells of a column below it are `@names` or links and the first is neither. If it
 * could be a name all the same, that is unclear.
 */
function standingOut(rows: readonly Row[]): HeaderPlace {
  const [first, ...body] = rows;
  if (!first || body.length < FEW || first.cells.some(isExplicitName)) return { at: undefined };
  const titles = first.cells.slice(0, MOST_LOOKED_AT).filter((title, column) => {
    const below = body.map(({ cells }) => (cells[column] ?? "").trim()).filter((cell) => cell !== "");
    return title.trim() !== "" && below.length >= FEW && below.every(isExplicitName);
  });
  if (titles.length === 0 || filledWidth(first.cells) < 2) return { at: undefined };
  return titles.every((title) => parseRecipientName(title).ok) ? { unclear: true } : { at: 0 };
}
