/**
 * The ports to what operators keep of people for campaigns to come: audiences under a name, and tags.
 * Written in the verbs of those who use it and free of any file, connection or single process; tests/contracts/ holds every
 * implementation to it. What writes resolves when the change is durable. Names and tags are as `givenName` and `givenTag` make
 * them, usernames are normalised.
 *
 * One person's data: {@link AudienceReads.holding} and {@link TagReads.of} tell what is kept of somebody's names, `forget` takes
 * it out for good, from what lies on disk too. Conditions name nobody.
 */
import type { Audience, Conditions } from "../../domain/people/audience.ts";

/** One recipient of a kept list with the values of its columns. */
export interface KeptRow {
  readonly username: string;
  readonly values: readonly string[];
}

export interface AudienceReads {
  /** By name. */
  all(): Promise<readonly Audience[]>;
  /** The one of this name, however its letters are cased. */
  find(name: string): Promise<Audience | undefined>;
  /** The people of a kept list in order; nobody where there is no such list. */
  rows(name: string): AsyncIterable<KeptRow>;
  /** The kept lists that somebody of these names is on, with the values there. */
  holding(usernames: readonly string[]): Promise<readonly HeldRow[]>;
}

export interface HeldRow extends KeptRow {
  /** Name of the list. */
  readonly list: string;
  readonly columns: readonly string[];
}

/** A list to be kept. */
export interface ListToKeep {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<KeptRow> | Iterable<KeptRow>;
  readonly origin: string;
  /** ms since the epoch */
  readonly at: number;
  readonly ask: string;
}

/** `taken`: another one has the name. Asked for a second time by the same asking it is kept already. */
export type Keeping = "kept" | "taken";

export interface AudienceStore extends AudienceReads {
  /** Keeps a list, whole or not at all. */
  keepList(list: ListToKeep): Promise<Keeping>;
  define(audience: {
    readonly name: string;
    readonly conditions: Conditions;
    readonly at: number;
    readonly ask: string;
  }): Promise<Keeping>;
  /** A name that another one has is not taken from it. Done twice it comes to the same. */
  rename(from: string, to: string): Promise<"renamed" | "gone" | "taken">;
  /**
   * Answers whether there was one.
   * @param wantedAt One that was kept after this moment stays; absent: it is wanted now
   */
  remove(name: string, wantedAt?: number): Promise<boolean>;
  /** Takes these people out of every kept list; answers of how many. */
  forget(usernames: readonly string[]): Promise<number>;
}

export interface TagCount {
  readonly tag: string;
  readonly count: number;
}

export interface TagReads {
  /** Every tag that somebody has, with how many have it; the most used first. */
  counts(): Promise<readonly TagCount[]>;
  /** The tags that any of these names has, in the order of the alphabet. */
  of(usernames: readonly string[]): Promise<readonly string[]>;
  /** Makes the question whether a name has any of these tags, for very many names. */
  questions(tags: readonly string[]): Promise<(username: string) => boolean>;
}

export interface TagStore extends TagReads, AsyncDisposable {
  /** Answers how many of the names did not have it. */
  add(tag: string, usernames: readonly string[], at: number): Promise<number>;
  /**
   * Answers how many had it.
   * @param wantedAt Whoever got it after this moment keeps it; absent: it is wanted now
   */
  remove(tag: string, usernames: readonly string[], at: number, wantedAt?: number): Promise<number>;
  /** Takes every tag of these names, as if they never had one. */
  forget(usernames: readonly string[]): Promise<void>;
}
