/**
 * What can be true of one recipient of one campaign. Owns the closed set of states and the law that their
 * counts add up to the imported list: nobody is in two states, nobody is in none.
 */

/** Every state a recipient can be in; the order is the byte kept in memory, so only ever append. */
export const recipientStates = [
  "planned",
  "claimed",
  "sent",
  "notFound",
  "refused",
  "failed",
  "uncertain",
  "skipped",
] as const;

export type RecipientState = (typeof recipientStates)[number];

/** Why a recipient was never tried; `leftInDoubt` alone was, and the operator decided to leave it at that. */
export type SkipReason =
  | "duplicate"
  | "optedOut"
  | "suppressed"
  | "contactedLately"
  /** A campaign wrote to them whose people this one leaves out. */
  | "otherCampaign"
  /** They wrote back, and this is a follow-up for whoever did not. */
  | "answered"
  /** Somebody else has the name than had it when the message was sent that this follows up. */
  | "otherPerson"
  | "earlierCheckpoint"
  | "cancelled"
  /** Their data was erased at their wish. */
  | "erased"
  | "leftInDoubt";

/** Why somebody may not be written to, and by which other campaign, where one is the reason. */
export interface Skip {
  readonly reason: SkipReason;
  readonly by?: string;
}

/** How many recipients are in each state; the sum is always the number imported. */
export type Counts = Readonly<Record<RecipientState, number>>;

/** Makes a value for every state. */
export function forEachState<T>(valueOf: (state: RecipientState) => T): Record<RecipientState, T> {
  return {
    planned: valueOf("planned"),
    claimed: valueOf("claimed"),
    sent: valueOf("sent"),
    notFound: valueOf("notFound"),
    refused: valueOf("refused"),
    failed: valueOf("failed"),
    uncertain: valueOf("uncertain"),
    skipped: valueOf("skipped"),
  };
}

/** Position in the campaign's list, from 0, over all its imported list files in order. Never changes. */
export type Ordinal = number;

/** Values of the list's other columns for one recipient, by column name. */
export type Variables = Readonly<Record<string, string>>;

export interface Recipient {
  readonly ordinal: Ordinal;
  /** Normalised: lower case, no leading `@`. */
  readonly username: string;
  readonly variables: Variables;
}

/** What is known of a person's language: a tag each, e.g. `fa`. */
export interface Spoken {
  /** Their own word. */
  readonly chosen?: string;
  /** What their app is set to. */
  readonly app?: string;
}

/**
 * Tells whether somebody else has a name than had it before.
 * @param before Their id; undefined where nobody knew it: names are all there is to go by then
 */
export function isOtherPerson(before: string | undefined, now: KnownPerson | undefined): boolean {
  return before !== undefined && now?.personId !== undefined && now.personId !== before;
}

/** What a channel knows about a name without asking the service. */
export interface KnownPerson {
  /** The same for every name this person has or had: nobody is written to twice under two names. */
  readonly personId?: string;
  /** Every name this person has or had, as far as known; absent: only the one asked with. */
  readonly names?: readonly string[];
  /** What the person speaks, as far as known. */
  readonly spoken?: Spoken;
  /** The person left this channel: whoever is due is skipped. */
  readonly hasLeft?: boolean;
}

/** Adds the counts up: the number of recipients ever imported into the campaign. */
export function importedTotal(counts: Counts): number {
  return recipientStates.reduce((sum, state) => sum + counts[state], 0);
}

/** Tells how many recipients nothing more will happen to by itself. */
export function settledTotal(counts: Counts): number {
  return importedTotal(counts) - counts.planned - counts.claimed;
}

/** A recipient of a campaign and what it is known by. */
export interface KnownRecipient {
  readonly username: string;
  readonly variables: Variables;
  /** The list given again knows it by other values than before. */
  readonly isCorrected: boolean;
}
