/** Everything that is kept of one person: what is asked for, and how it is answered. */
import type { Campaign } from "../../domain/campaign.ts";
import type { Answer } from "../../domain/people/answer.ts";
import type { FoundPerson } from "../../domain/people/person.ts";
import type { Suppression } from "../../domain/people/suppression.ts";
import type { InvalidReason } from "../../domain/people/username.ts";
import type { PersonRow, Sighting } from "../../storage/ports/person-reads.ts";
import type { MadeFile } from "../../lib/files/made-file.ts";
import type { ResultRow } from "../amending/amended-results.ts";

/** What became of somebody in one campaign. */
export interface WhoRow extends PersonRow, Pick<ResultRow, "amended"> {
  readonly campaign: Pick<Campaign, "id" | "channel" | "status" | "createdAt" | "followsUp">;
  /** What they got, may have got or are just getting, as plain text; absent: nothing, or it is not known. */
  readonly text?: string;
  /** The campaign's texts or values were changed at some time: then it matters which revision it was. */
  readonly hasRevisions: boolean;
  readonly canTakeBack: boolean;
  /** When they are followed up if they don't answer, ms since the epoch; absent: they are not, or were. */
  readonly followUpAt?: number;
  /** What they answered, the newest first; empty: nothing that is kept. */
  readonly answers: readonly Answer[];
}

export type WhoPerson = FoundPerson<WhoRow>;

/** What could not be looked into, so that nobody knows what it says of the person; `name` of a campaign or a list of leads. */
export interface NotLookedInto {
  readonly what: "campaign" | "leads" | "people" | "doNotSend" | "tags" | "answers";
  readonly name?: string;
  /** Absent: only that it can't be read is known. */
  readonly error?: Error;
}

export interface Who {
  /** The name or id that was asked for, as it is kept. */
  readonly asked: string;
  /** Channel by channel, whom the name or id means; a campaign that is newer comes first. */
  readonly people: readonly WhoPerson[];
  /** What the do-not-send list says of any of their names, the latest first. */
  readonly suppressed: readonly Suppression[];
  readonly leads: readonly Sighting[];
  /** Of any of their names, in the order of the alphabet. */
  readonly tags: readonly string[];
  /** What they wrote to us that answers no campaign, the newest first. */
  readonly wrote: readonly Answer[];
  readonly unknown: readonly NotLookedInto[];
  /** Somebody of one of these names or ids was erased: they are written to no more. */
  readonly isErased?: true;
}

export type WhoAnswer =
  { readonly ok: true; readonly who: Who } | { readonly ok: false; readonly reason: InvalidReason };

export interface AskingWho {
  /** @param text A name in any usual spelling, a link to a profile or a platform's id; Latin digits */
  who(text: string): Promise<WhoAnswer>;
  /** All of it as a JSON file, with everything that is kept as it is kept. @param text As for {@link who} */
  exportPerson(text: string): Promise<MadeFile | undefined>;
}

/** Every name of theirs on which the do-not-send list has a word, or would have to have one. */
export function namesNow({ asked, people }: Pick<Who, "asked" | "people">): readonly string[] {
  const names = people.map(({ name }) => name);
  return names.length > 0 ? [...new Set(names)] : [asked];
}
