/**
 * Lists as people have them, read into rows of cells. This folder owns what a file is by its content, its encoding and
 * format, and which column holds the usernames; it keeps the promise that no file, however large or hostile, takes the
 * process down or holds it up. What a username is, the domain decides.
 */

import type { InvalidReason } from "../domain/people/username.ts";
import type { LeftOut } from "./reading.ts";

/** One row as read; nothing about its cells is judged yet. */
export interface Row {
  /** Line of the text, row of the sheet, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Why nobody is meant by it, whatever its cells say. */
  readonly fault?: InvalidReason;
  /** Sparse, by column: the address that a cell of a spreadsheet leads to. */
  readonly links?: readonly (string | undefined)[];
}

/** Rows in groups small enough to be worked through without holding anybody up. */
export type RowBatches = AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;

/** One table or list that a file holds. */
export interface RowSource {
  /** The sheet's name, or the path of a list inside JSON. */
  readonly name?: string;
  /** The columns' names, where the format has such names of its own. */
  readonly header?: readonly string[];
  /** It is a sheet of a spreadsheet. */
  readonly isSheet?: boolean;
  /** It says that its people are not to be written to: only whoever names it means it. */
  readonly mustBeChosen?: boolean;
  /** Rows of one cell, which hold nothing but a name. */
  readonly isPlain?: boolean;
  /** Written in an encoding in which Persian ی and ک hardly exist. */
  readonly isOldPersian?: boolean;
  /**
   * Reads the rows from the start. Iterating may throw {@link BrokenList}; stop early and everything is let go.
   * @param leftOut Counts what is left out already while reading
   */
  batches(leftOut?: LeftOut): RowBatches;
}

/** About as many rows as are worked through in a few milliseconds. */
export const ROWS_PER_BATCH = 1000;

/** `quote`: a quotation mark that is never closed. */
export const brokenFormats = ["xlsx", "json", "csv", "quote"] as const;

/** What of a file is not as its format has it. */
export type BrokenFormat = (typeof brokenFormats)[number];

/** Thrown out of row iterators when a file turns out not to be what it says it is. */
export class BrokenList extends Error {
  override readonly name = "BrokenList";
  readonly format: BrokenFormat;
  readonly line: number | undefined;

  constructor(format: BrokenFormat, line?: number) {
    super(`broken ${format}${line === undefined ? "" : ` at line ${line}`}`);
    this.format = format;
    this.line = line;
  }
}

/** Thrown when a file unpacks to far more than a list could be; whoever opens the list says so. */
export class ListTooLarge extends Error {
  override readonly name = "ListTooLarge";
}

/** Groups single rows. */
export function* inBatches(rows: Iterable<Row>): Generator<readonly Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < ROWS_PER_BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
