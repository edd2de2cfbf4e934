/**
 * People kept under a name, for campaigns to come: a list as it was given, or conditions on subscribers, which mean whoever
 * meets them when somebody looks. And tags, by which operators remember what they know of people.
 */
import type { CampaignId } from "../campaign.ts";

/** What a subscriber must meet; of several values of one kind any will do, and all kinds that are given must be met. */
export interface Conditions {
  /** Parameters of the links they came through. */
  readonly sources?: readonly string[];
  /** As `fa`, without a country. */
  readonly languages?: readonly string[];
  /** Their subscription began at this moment or later, ms since the epoch. */
  readonly joinedSince?: number;
  /** They surely have the message of each of these. */
  readonly got?: readonly CampaignId[];
  /** They surely have no message of any of these: whoever may have one does not meet it. */
  readonly notGot?: readonly CampaignId[];
  /** They wrote something back to each of these; what answers by itself does not count. */
  readonly answered?: readonly CampaignId[];
  /** They wrote nothing back to any of these. */
  readonly notAnswered?: readonly CampaignId[];
  readonly tags?: readonly string[];
  /** None of these. */
  readonly withoutTags?: readonly string[];
}

interface Named {
  readonly name: string;
  /** When it was kept, ms since the epoch. */
  readonly at: number;
  /** The asking that made it: the same one, however often it comes. */
  readonly ask: string;
}

export interface KeptList extends Named {
  readonly kind: "list";
  readonly count: number;
  /** Columns beside the username. */
  readonly columns: readonly string[];
  /** The file's name, "pasted", or whose people they were. */
  readonly origin: string;
}

export interface ConditionedAudience extends Named {
  readonly kind: "conditions";
  readonly conditions: Conditions;
}

export type Audience = KeptList | ConditionedAudience;

const LONGEST_NAME = 40;

/** Reads a name as people type it: letters and digits of any language; undefined when it can't be one. */
export function givenName(typed: string): string | undefined {
  const name = asKept(typed);
  const isName = /^[\p{L}\p{M}\p{N} \u200c_.-]+$/u.test(name) && /\p{L}/u.test(name);
  return isName && Array.from(name).length <= LONGEST_NAME ? name : undefined;
}

function asKept(typed: string): string {
  return typed.normalize("NFC").trim().replaceAll(/\s+/gu, " ");
}

/** Names that differ only in upper and lower case, or in how they are typed, are one. */
export function sameName(one: string, other: string): boolean {
  return asKept(one).toLowerCase() === asKept(other).toLowerCase();
}

const LONGEST_TAG = 24;

/** Reads a tag as people type it: one word of letters, digits, `-` and `_`, in lower case; undefined when it can't be one. */
export function givenTag(typed: string): string | undefined {
  const tag = typed.normalize("NFC").trim().replace(/^#/, "").toLowerCase();
  const isTag = /^[\p{L}\p{M}\p{N}\u200c_-]+$/u.test(tag) && /\p{L}/u.test(tag);
  return isTag && Array.from(tag).length <= LONGEST_TAG ? tag : undefined;
}
