/**
 * The port through which a list is read: in this process or, in the running program, in one of its own, so that no file
 * can take anything with it. What depends on the file alone is done behind it: formats, columns, what a name is, and that
 * every name comes once. What depends on the campaign is not.
 */
import type { InvalidReason } from "../domain/people/username.ts";
import type { ListInput, OpeningProblem } from "./open-list.ts";
import type { LeftOut, ListAsked, ListChoices, ReadFrom } from "./reading.ts";

export interface ListReader extends AsyncDisposable {
  /**
   * Begins to read a list.
   * @throws {BrokenList} when it says that it is something and isn't; {@link ReadingStopped} when it asks for too much
   */
  read(input: ListInput, options?: ReadOptions): Promise<OpenReading | OpeningProblem | ListAsked>;
}

export interface ReadOptions {
  readonly choices?: ListChoices;
  /** The names are for a platform that has names of one letter, or must not be missed. */
  readonly hasShortNames?: boolean;
  /** Ends the reading at once; it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A list that is being read. To be disposed of, read to its end or not. */
export interface OpenReading extends AsyncDisposable {
  /** Names of the columns beside the username, no two alike. */
  readonly columns: readonly string[];
  readonly readFrom: ReadFrom;
  /** Complete when the batches have ended. */
  readonly leftOut: Readonly<LeftOut>;
  /** In the list's order. Iterating may throw what {@link ListReader.read} throws. */
  readonly batches: AsyncIterable<CleanBatch>;
}

/** Some rows of a list, sorted into people and others; small enough to be worked through without holding anybody up. */
export interface CleanBatch {
  /** Usernames that the list had not named before, each with the values of the other columns. */
  readonly names: readonly CleanName[];
  readonly rejected: readonly RejectedRow[];
  /** How many rows name somebody who was named before. */
  readonly duplicates: number;
}

export interface CleanName {
  readonly username: string;
  readonly values: readonly string[];
}

/** A row that names nobody. */
export interface RejectedRow {
  /** Line of the text, row of the sheet, from 1. */
  readonly line: number;
  /** The cell as given, at most 1024 characters of it. */
  readonly text: string;
  readonly reason: InvalidReason;
}

/**
 * Why a reading was ended before its end: `takesTooLong` or `needsTooMuchMemory` for a list of its size, `holdsTooMuch`
 * (more than any list, or a row of more than a million characters), or `failed` for a reason that nobody knows.
 */
export type StopReason = "takesTooLong" | "needsTooMuchMemory" | "holdsTooMuch" | "failed";

/** Thrown out of a reading that asks for more than a list may. */
export class ReadingStopped extends Error {
  override readonly name = "ReadingStopped";
  readonly reason: StopReason;
  readonly line: number | undefined;

  constructor(reason: StopReason, line?: number) {
    super(`reading a list was stopped: ${reason}${line === undefined ? "" : ` at line ${line}`}`);
    this.reason = reason;
    this.line = line;
  }
}
