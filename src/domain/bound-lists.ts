import type { CampaignList } from "./campaign.ts";
import type { WhoIsDue } from "./who-is-due.ts";

/** Has everybody on a list that one account alone may write to wait for that account. */
export function bindLists(
  due: Pick<WhoIsDue, "bind" | "regroup">,
  lists: readonly Pick<CampaignList, "count" | "through">[],
): void {
  let from = 0;
  for (const { through, count } of lists) {
    if (through !== undefined) due.bind(through, from, count);
    from += count;
  }
  if (lists.some(({ through }) => through !== undefined)) due.regroup();
}
