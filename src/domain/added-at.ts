import type { CampaignList } from "./campaign.ts";
import type { Ordinal } from "./recipient.ts";

/** Makes the question when somebody joined a campaign, in ms since the epoch; undefined for nobody of these lists. */
export function addedAt(
  lists: readonly Pick<CampaignList, "count" | "importedAt">[],
): (ordinal: Ordinal) => number | undefined {
  let end = 0;
  const ends = lists.map(({ count, importedAt }) => ({ end: (end += count), importedAt }));
  return (ordinal) => ends.find((list) => ordinal < list.end)?.importedAt;
}
