/** All that is kept, to be read and changed by nothing: what is wrong with each place of it, and each campaign entry by entry. */
import type { Campaign } from "../../domain/campaign.ts";
import type { ChainState } from "../../domain/history/chain.ts";
import type { Entry } from "../../domain/journal.ts";
import type { Counts, Ordinal } from "../../domain/recipient.ts";
import type { Trouble } from "../../lib/trouble.ts";

/** A file, or some rows, that were looked at; `problem` when it can't be used, `note` when something about it is worth knowing. */
export interface ArchivedPlace {
  readonly path: string;
  /** What was thrown when it was looked at. */
  readonly problem?: unknown;
  readonly note?: Trouble;
}

/** A campaign whose document and lists can be read. */
export interface ArchivedCampaign {
  readonly campaign: Campaign;
  readonly size: number;
  /** Hands over every entry of the journal; throws at one that can't be understood. */
  replay(onEntry: (entry: Entry) => void): Promise<void>;
  usernameOf(ordinal: Ordinal): Promise<string>;
  /** How many its checkpoint file says were sent; 0 where there is none. */
  sentByCheckpoint(): Promise<number>;
  /** How many stand where by what is kept beside the journal, each time it is counted; absent: nothing is. */
  counted?(): Promise<readonly Counts[]>;
}

/** Everything that is kept, to be read only. */
export interface Archive {
  /** Or rows. */
  files(): AsyncIterable<ArchivedPlace>;
  /** Gives each campaign for as long as its turn lasts. */
  campaigns(): AsyncIterable<ArchivedCampaign>;
  /** Whether anything is missing from the history. */
  history(): Promise<ChainState>;
  /** Who had the lease last; undefined when nobody ever had it. Absent where there is none to be had. */
  lease?(): Promise<{ pid: number; host: string; startedAt: number; isHeld: boolean } | undefined>;
}
