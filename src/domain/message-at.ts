import type { Campaign } from "./campaign.ts";

/**
 * The text that a campaign sent at a moment, with what goes with it: what somebody who was claimed then may have got. To
 * ask for another one would find nothing, and write to them a second time.
 * @param at ms since the epoch
 */
export function messageAt(
  { message, extras, earlierMessages = [] }: Pick<Campaign, "message" | "extras" | "earlierMessages">,
  at: number,
): Pick<Campaign, "message" | "extras"> {
  const then = earlierMessages.find(({ until }) => at <= until) ?? { message, ...(extras ? { extras } : {}) };
  return { message: then.message, ...(then.extras ? { extras: then.extras } : {}) };
}
