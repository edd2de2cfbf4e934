/**
 * The port of looking for one person in all that is kept. As with all looking, nothing is opened for writing, no lease is
 * taken and nobody is made uncertain. What can't be read is an answer, given for itself: the rest is told all the same.
 * Names are normalised.
 */
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import type { Target } from "../../domain/collecting/lead.ts";
import type { PersonToErase } from "../../domain/people/erased.ts";
import type { KeptPerson } from "../../domain/people/person.ts";
import type { Suppression } from "../../domain/people/suppression.ts";
import type { ResultRow } from "./ledger.ts";

/** Whom somebody asks for. */
export interface Sought {
  readonly names: readonly string[];
  /** Ids of any platform. */
  readonly ids: readonly string[];
}

/** Somebody of a campaign, with what became of them by its journal. */
export interface PersonRow extends ResultRow {
  /** Who was behind the name at the last attempt; absent: nobody knew, or there was none. */
  readonly personId?: string;
  /** What the operator gave the list as: a file's name, or "pasted". */
  readonly origin: string;
}

/** Something that is kept about somebody, or says them. */
export interface PersonRecord {
  /** Where it is kept. */
  readonly file: string;
  readonly value: unknown;
}

/** Somebody on a list of leads. */
export interface Sighting {
  readonly list: string;
  readonly username: string;
  /** The platform's id; of a post the post's. */
  readonly id: string;
  /** Which target brought them first. */
  readonly target: Target;
  /** ms since the epoch */
  readonly at: number;
}

/** What was found, and what stood in the way of looking further: the error of each list, by its name. */
export interface Sightings {
  readonly found: readonly Sighting[];
  readonly unreadable: readonly { readonly list: string; readonly error: Error }[];
}

export interface PersonReads {
  /**
   * Everybody, on any channel, whom one of the names ever meant or whose id it is, by what channels wrote down.
   * @throws {CorruptLogError} when a line about them can't be read
   */
  behind(sought: Sought): Promise<readonly KeptPerson[]>;
  /**
   * Who of a campaign is called one of these, in list order.
   * @param isAtWork Whoever asks has the campaign open: what is claimed is under way
   * @throws when what is kept of the campaign can't be read as far as it may be about them
   */
  inCampaign(campaign: Campaign, names: readonly string[], isAtWork?: boolean): Promise<readonly PersonRow[]>;
  /** Campaigns that there are and nobody can look into, because what they are can't be read; `known` are all others. */
  unreadable(known: ReadonlySet<CampaignId>): Promise<readonly CampaignId[]>;
  /** What the do-not-send list says of these names. @throws {CorruptLogError} when that can't be known */
  suppressed(names: readonly string[]): Promise<readonly Suppression[]>;
  /** Tells whether somebody of one of these was erased. @throws when that can't be known */
  isErased(person: PersonToErase): Promise<boolean>;
  /** All that is kept of a person as it is kept, file by file. */
  records(person: PersonToErase): Promise<readonly PersonRecord[]>;
  /** Lists of leads that somebody of these is on; of each list the first time. */
  onLists(sought: Sought): Promise<Sightings>;
}
