import { isPlaceholder, parseRecipientName } from "../../domain/people/recipient-name.ts";
import { profileNameOf } from "../../domain/people/profile-link.ts";
import { numberIn } from "../digits.ts";
import { isExplicitName } from "../name-lines.ts";
import type { Row } from "../row.ts";

/** What the cells of one column look like. */
export interface ColumnContent {
  readonly isBlank: boolean;
  /** Every cell that says anything is an `@name` or leads to a profile. */
  readonly isProven: boolean;
  /** Cells that say anything, and those of them that can be usernames; numbers alone don't count. */
  readonly telling: number;
  readonly names: number;
  /** Every cell is a username in its usual letters, and most have a digit or sign that no word has. */
  readonly looksLikeNames: boolean;
  /** Numbers 1, 2, 3 …: the rows are counted. */
  readonly isCounting: boolean;
  /** Up to three cells to show to somebody who has to choose. */
  readonly samples: readonly string[];
}

const SAMPLE_LENGTH = 64;

/** Looks at one column of a few hundred rows. */
export function columnContent(rows: readonly Row[], column: number): ColumnContent {
  const cells = rows.map((row) => cellOf(row, column).trim()).filter((cell) => cell !== "");
  const telling = cells.filter((cell) => !isPlaceholder(cell));
  const names = telling.filter(isName).length;
  return {
    isBlank: cells.length === 0,
    isProven: telling.length > 0 && names === telling.length && telling.every(isExplicitName),
    telling: telling.length,
    names,
    looksLikeNames:
      names === telling.length &&
      2 * telling.filter((cell) => /[\d_.@]/.test(cell)).length >= names &&
      telling.every(isLowerCase),
    isCounting: cells.length > 1 && cells.every((cell, index) => isNumber(cell, index + 1)),
    samples: cells.slice(0, 3).map((cell) => cell.slice(0, SAMPLE_LENGTH)),
  };
}

/** What a row says in a column: the profile behind the cell, where there is one, else the cell. */
export function cellOf({ cells, links }: Row, column: number): string {
  const link = links?.[column];
  return link !== undefined && profileNameOf(link).kind === "profile" ? link : (cells[column] ?? "");
}

function isLowerCase(cell: string): boolean {
  return cell === cell.toLowerCase();
}

function isName(cell: string): boolean {
  const parsed = parseRecipientName(cell);
  return parsed.ok && !/^\d+$/.test(parsed.username);
}

function isNumber(cell: string, number: number): boolean {
  return numberIn(cell.replace(/[.)\-:]$/, "")) === number;
}
