/** Where the history is kept: who did what, for ever, and seen to be whole. */
import type { ChainState } from "../../domain/history/chain.ts";
import type { EntryContent, HistoryEntry } from "../../domain/history/entry.ts";

/** What is read of it, by whoever looks. */
export interface HistoryReads {
  /**
   * All of it, the oldest first. Names that were erased are not in it; an entry that can't be understood is left out, and
   * {@link HistoryReads.state} tells.
   * @param person Only what is about this person, also when their name was erased since
   */
  entries(person?: string): Promise<readonly HistoryEntry[]>;
  /** Whether anything is missing, altered, misplaced or cut off. */
  state(): Promise<ChainState>;
}

export interface HistoryStore extends HistoryReads {
  /** Adds one; its number. Resolves when it is on disk. @param at ms since the epoch */
  append(content: EntryContent, at: number): Promise<number>;
  /** Forgets a name wherever it stands; what was done stays, and stays whole. Answers whether it was known. */
  erase(name: string): Promise<boolean>;
}
