import type { Campaign } from "./campaign.ts";
import type { Claim } from "./journal.ts";
import { textIn } from "./languages/text-in.ts";

type Sent = Pick<Campaign, "message" | "extras">;

/**
 * The text that somebody was claimed with, with what goes with it: what they may have got. To ask for another one would find
 * nothing, and write to them a second time. Where the claim or a text knows no revision its moment tells.
 */
export function messageOf(
  { message, extras, earlierMessages = [] }: Pick<Campaign, "message" | "extras" | "earlierMessages">,
  { at, revision, language }: Pick<Claim, "at" | "revision" | "language">,
): Sent {
  const then = earlierMessages.find((one) =>
    revision === undefined || one.revision === undefined ? at <= one.until : revision <= one.revision,
  );
  return textIn(then ?? { message, ...(extras ? { extras } : {}) }, language);
}
