/**
 * What the buttons of lead lists carry: a verb, the key of the list, and where it concerns one target or answers a
 * question, which one and when it was asked. Read with zod at the border, as the campaigns' buttons are.
 */
import { z } from "zod";
import { keyOf } from "../../campaign-key.ts";

export const leadVerbs = [
  "open",
  "pause",
  "resume",
  "askCancel",
  "cancel",
  "export",
  "csv",
  "xlsx",
  "json",
  "jsonl",
  "askSuppress",
  "suppress",
  "targets",
  "askReset",
  "reset",
  "keep",
] as const;
export type LeadVerb = (typeof leadVerbs)[number];

const stamp = z.string().regex(/^[0-9a-z]{1,9}$/);
const key = z.string().length(10);
const targetIndex = z.string().regex(/^\d{1,4}$/);
const leadPress = z.tuple([
  z.literal("l"),
  z.enum(leadVerbs),
  key,
  z.union([targetIndex, z.literal("-")]).optional(),
  stamp.optional(),
]);

export interface LeadPress {
  readonly verb: LeadVerb;
  readonly listKey: string;
  /** Position in the list's targets. */
  readonly target?: number;
  /** When the question was asked, ms since the epoch, to the second. */
  readonly askedAt?: number;
}

/** Makes the data of a lead list's button. `askedAt` in ms since the epoch. */
export function leadChoice(
  verb: LeadVerb,
  list: string,
  detail: { readonly target?: number; readonly askedAt?: number } = {},
): string {
  const { target, askedAt } = detail;
  const parts = ["l", verb, keyOf(list)];
  if (target !== undefined || askedAt !== undefined) parts.push(target === undefined ? "-" : String(target));
  if (askedAt !== undefined) parts.push(Math.floor(askedAt / 1000).toString(36));
  return parts.join(":");
}

/** Reads the data of a lead list's button; undefined when it is not one. */
export function readLeadPress(text: string): LeadPress | undefined {
  const { success, data } = leadPress.safeParse(text.split(":"));
  if (!success) return undefined;
  const [, verb, listKey, target, at] = data;
  return {
    verb,
    listKey,
    ...(target === undefined || target === "-" ? {} : { target: Number(target) }),
    ...(at === undefined ? {} : { askedAt: Number.parseInt(at, 36) * 1000 }),
  };
}
