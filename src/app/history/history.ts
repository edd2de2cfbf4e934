/** Who did what, for ever: what is asked of it, and how whoever acts is named. */
import type { TakingOut } from "./taking-out.ts";
import type { Actor } from "../../domain/history/actor.ts";
import type { ChainState } from "../../domain/history/chain.ts";
import type { HistoryDeed } from "../../domain/history/entry.ts";
import type { MadeFile } from "../../lib/files/made-file.ts";

export type { Actor } from "../../domain/history/actor.ts";
export type { HistoryDeed } from "../../domain/history/entry.ts";

/** What of it is meant; absent: all. */
export interface HistoryQuestion {
  readonly campaign?: string;
  /** A name as somebody types it: what was done to this person. */
  readonly person?: string;
}

export const historyFormats = ["csv", "xlsx", "json"] as const;
export type HistoryFormat = (typeof historyFormats)[number];

/** The words of the exported history in the reader's language. */
export interface HistoryWords {
  readonly sheet: { readonly name: string; readonly isRightToLeft: boolean };
  readonly headings: readonly string[];
  /** The cells of one deed, as many as there are headings. */
  cells(deed: HistoryDeed): readonly string[];
}

/** Looking into the history. */
export interface HistoryLook {
  /** The newest first. */
  deeds(question?: HistoryQuestion): Promise<readonly HistoryDeed[]>;
  /** The same as a file, the oldest first; no cell starts a formula. JSON has fixed names and takes no words. */
  file(question: HistoryQuestion, words: HistoryWords, format: HistoryFormat): Promise<MadeFile>;
  /** Whether anything of it is missing or altered. */
  state(): Promise<ChainState>;
}

/** Acting in somebody's name. */
export interface Acting {
  /** Has all that is done within `work` recorded as theirs. */
  as<R>(who: Actor, work: () => R): R;
  readonly history: HistoryLook;
  /** Records what no other use case does. */
  readonly takingOut: TakingOut;
}
