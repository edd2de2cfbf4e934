/**
 * What campaign buttons carry: a verb, the key of the campaign, and where a question is answered the moment it was
 * asked. Read with zod at the border; whatever does not fit is a button of another age.
 */
import { z } from "zod";
import { keyOf } from "../campaign-key.ts";

export const campaignVerbs = [
  "open",
  "pause",
  "resume",
  "more",
  "goOn",
  "first",
  "startNow",
  "askCancel",
  "cancel",
  "askEndFollow",
  "endFollow",
  "retry",
  "change",
  "again",
  "amendPause",
  "amendResume",
  "amendStop",
  "report",
  "details",
  "results",
  "csv",
  "json",
  "uncertain",
  "askCleanup",
  "cleanup",
  "keep",
] as const;
export type CampaignVerb = (typeof campaignVerbs)[number];

export const uncertainVerbs = ["check", "sent", "askAgain", "again", "skip", "undecided"] as const;
export type UncertainVerb = (typeof uncertainVerbs)[number];

export const uncertainAllVerbs = [
  "next",
  "look",
  "keep",
  "allSent",
  "askAllAgain",
  "allAgain",
  "allSkip",
] as const;
export type UncertainAllVerb = (typeof uncertainAllVerbs)[number];

const stamp = z.string().regex(/^[0-9a-z]{1,9}$/);
const key = z.string().length(10);
const campaignPress = z.tuple([z.literal("c"), z.enum(campaignVerbs), key, stamp.optional()]);
const uncertainPress = z.tuple([z.literal("u"), z.enum(uncertainVerbs), key, key, stamp.optional()]);

const uncertainAllPress = z.tuple([z.literal("v"), z.enum(uncertainAllVerbs), key, key, stamp.optional()]);

export interface UncertainAllPress {
  readonly verb: UncertainAllVerb;
  readonly campaignKey: string;
  /** Of all who are meant; of the last one shown where the next are asked for. */
  readonly key: string;
  readonly askedAt?: number;
}

export interface CampaignPress {
  readonly verb: CampaignVerb;
  readonly campaignKey: string;
  /** When the question was asked, ms since the epoch, to the second. */
  readonly askedAt?: number;
}

export interface UncertainPress {
  readonly verb: UncertainVerb;
  readonly campaignKey: string;
  readonly usernameKey: string;
  readonly askedAt?: number;
}

/** Makes a campaign button's data. `askedAt` in ms since the epoch. */
export function campaignChoice(verb: CampaignVerb, campaignId: string, askedAt?: number): string {
  return ["c", verb, keyOf(campaignId), ...stampOf(askedAt)].join(":");
}

/** Makes the data of a button about one uncertain recipient. */
export function uncertainChoice(
  verb: UncertainVerb,
  campaignId: string,
  username: string,
  askedAt?: number,
): string {
  return ["u", verb, keyOf(campaignId), keyOf(username), ...stampOf(askedAt)].join(":");
}

/** Makes the data of a button about all uncertain ones. @param about Key of those who are meant */
export function uncertainAllChoice(
  verb: UncertainAllVerb,
  campaignId: string,
  about: string,
  askedAt?: number,
): string {
  return ["v", verb, keyOf(campaignId), about, ...stampOf(askedAt)].join(":");
}

/** Reads the data of a button about all uncertain ones; undefined when it is not one. */
export function readUncertainAllPress(text: string): UncertainAllPress | undefined {
  const { success, data } = uncertainAllPress.safeParse(text.split(":"));
  if (!success) return undefined;
  const [, verb, campaignKey, about, at] = data;
  return { verb, campaignKey, key: about, ...momentOf(at) };
}

/** Reads a campaign button's data; undefined when it is not one. */
export function readCampaignPress(text: string): CampaignPress | undefined {
  const { success, data } = campaignPress.safeParse(text.split(":"));
  if (!success) return undefined;
  const [, verb, campaignKey, at] = data;
  return { verb, campaignKey, ...momentOf(at) };
}

/** Reads the data of a button about one uncertain recipient; undefined when it is not one. */
export function readUncertainPress(text: string): UncertainPress | undefined {
  const { success, data } = uncertainPress.safeParse(text.split(":"));
  if (!success) return undefined;
  const [, verb, campaignKey, usernameKey, at] = data;
  return { verb, campaignKey, usernameKey, ...momentOf(at) };
}

/** A question with consequences is answered within this time or asked again. */
export const QUESTION_LIVES_MS = 10 * 60_000;

/** Tells whether an answer to a question with consequences still counts. */
export function isFresh(askedAt: number | undefined, now: number): boolean {
  return askedAt !== undefined && now - askedAt <= QUESTION_LIVES_MS && askedAt <= now + 1000;
}

/** The end of the data of an answer: when its question was asked. @param at ms since the epoch */
export function stampOf(at: number | undefined): string[] {
  return at === undefined ? [] : [Math.floor(at / 1000).toString(36)];
}

/** The moment that {@link stampOf} wrote, to the second. */
export function momentOf(text: string | undefined): { askedAt?: number } {
  return text === undefined ? {} : { askedAt: Number.parseInt(text, 36) * 1000 };
}

/** Data of the button that opens the step which changes one thing of a campaign; see `CHANGE_DOOR`. */
export function changeChoice(topic: string, campaignId: string): string {
  return `go:change-${topic}-${keyOf(campaignId)}`;
}
