/**
 * What the buttons about one person carry: a verb, the key of a campaign where it is about one, the name or id itself, and
 * where a question is answered the moment it was asked. Read with zod at the border.
 */
import { z } from "zod";
import { keyOf } from "../../campaign-key.ts";
import { momentOf, stampOf } from "../callback-data.ts";

export const whoVerbs = [
  "page",
  "block",
  "askAllow",
  "allow",
  "resolve",
  "askBack",
  "back",
  "keep",
  "tags",
  "export",
  "askErase",
  "erase",
] as const;
export type WhoVerb = (typeof whoVerbs)[number];

const whoPress = z.tuple([
  z.literal("w"),
  z.enum(whoVerbs),
  z.string().regex(/^[\w-]{1,10}$/),
  z.string().regex(/^[a-z0-9_.]{1,32}$/),
  z
    .string()
    .regex(/^[0-9a-z]{1,9}$/)
    .optional(),
]);

export interface WhoPress {
  readonly verb: WhoVerb;
  /** Key of the campaign, or the page's number from 0. */
  readonly about: string;
  /** The name or id that was asked for; of a campaign the name there. */
  readonly name: string;
  /** ms since the epoch, to the second. */
  readonly askedAt?: number;
}

/** About what is seen of them. @param page From 0 */
export function whoChoice(verb: WhoVerb, name: string, page = 0, askedAt?: number): string {
  return ["w", verb, String(page), name, ...stampOf(askedAt)].join(":");
}

/** About them in one campaign. */
export function whoInCampaign(verb: WhoVerb, campaignId: string, username: string, askedAt?: number): string {
  return ["w", verb, keyOf(campaignId), username, ...stampOf(askedAt)].join(":");
}

export function readWhoPress(text: string): WhoPress | undefined {
  const { success, data } = whoPress.safeParse(text.split(":"));
  if (!success) return undefined;
  const [, verb, about, name, at] = data;
  return { verb, about, name, ...momentOf(at) };
}

/** Data of the button that begins a campaign for one name; see `WRITE_DOOR`. */
export function writeChoice(name: string): string {
  return `go:write-${name}`;
}

/** A way into the dialogue of a new campaign: `write-` and the one name it is for. */
export const WRITE_DOOR = /^write-([a-z0-9_.]{1,32})$/;
