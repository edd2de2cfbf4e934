/**
 * The port to cleaned lists on their way to a campaign.
 * Written in the verbs of those who use it and free of any file, connection or single process; tests/contracts/ holds every
 * implementation to it. What writes resolves when the change is durable.
 */
import type { Variables } from "../../domain/recipient.ts";
import type { InvalidReason } from "../../domain/people/username.ts";

/** A cleaned list on its way to a campaign, stored under an id until it is adopted or thrown away. */
export interface StoredList {
  readonly listId: string;
  readonly count: number;
  /** Columns beside the username, in the order of {@link ListWriter.add}'s values. */
  readonly columns: readonly string[];
}

/** A row that is no recipient, as it came. */
export interface RejectedRow {
  /** In the file it came in, from 1. */
  readonly line: number;
  readonly text: string;
  readonly reason: InvalidReason;
}

export interface ListWriter extends AsyncDisposable {
  /** Takes one recipient, already normalised and unique. Answers a promise only when the caller should slow down. */
  add(username: string, values: readonly string[]): Promise<void> | undefined;
  /** Takes one row that is no recipient, to be looked up later. */
  reject(line: number, text: string, reason: InvalidReason): Promise<void> | undefined;
  /** Makes the list durable. Disposing without finishing throws it away. */
  finish(): Promise<StoredList>;
}

export interface ListStore {
  create(columns: readonly string[]): Promise<ListWriter>;
  get(listId: string): Promise<StoredList | undefined>;
  /** The first `count` recipients of a stored list, for previews. */
  head(listId: string, count: number): Promise<readonly { username: string; variables: Variables }[]>;
  /** Every recipient of a stored list with the values of its columns, in order. */
  rows(listId: string): AsyncIterable<{ readonly username: string; readonly values: readonly string[] }>;
  /** The rejected rows of a stored list, in order; undefined when there are none. */
  rejected(listId: string): Promise<AsyncIterable<RejectedRow> | undefined>;
  discard(listId: string): Promise<void>;
  /**
   * Throws away lists that nobody looked up with `get`, made or adopted since `before` (ms since the epoch), and what was
   * begun before and never finished. What another process is writing, or looked up since, stays.
   */
  prune(before: number): Promise<number>;
}
