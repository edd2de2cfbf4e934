import type { Campaign } from "./campaign.ts";
import type { Recipient } from "./recipient.ts";

/** The column in which a list of newcomers says when each of them joined, in ISO 8601. */
export const JOINED_COLUMN = "joined_at";

/** Makes the question when somebody joined a campaign, in ms since the epoch; undefined for nobody of its lists. */
export function addedAt({
  lists,
  standing,
}: Pick<Campaign, "lists" | "standing">): (recipient: Omit<Recipient, "username">) => number | undefined {
  let end = 0;
  const ends = lists.map(({ count, importedAt }) => ({ end: (end += count), importedAt }));
  return ({ ordinal, variables }) => {
    const own = standing ? Date.parse(variables[JOINED_COLUMN] ?? "") : NaN;
    return Number.isNaN(own) ? ends.find((list) => ordinal < list.end)?.importedAt : own;
  };
}
