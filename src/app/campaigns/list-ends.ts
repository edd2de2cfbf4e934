/** The first and last name of each of a campaign's lists, by which whoever knows a list sees that it is the one they mean. */
import type { CampaignList } from "../../domain/campaign.ts";
import type { ResultRow } from "./results-file.ts";

/** By the list's file; a list with nobody on it has none. @param rows In list order, see `CampaignList` */
export async function listEnds(
  lists: readonly CampaignList[],
  rows: AsyncIterable<Pick<ResultRow, "username">>,
): Promise<ReadonlyMap<string, readonly [first: string, last: string]>> {
  const found = new Map<string, readonly [string, string]>();
  const left = lists.filter(({ count }) => count > 0).map(({ file, count }) => ({ file, count }));
  for await (const { username } of rows) {
    const [list] = left;
    if (!list) break;
    found.set(list.file, [found.get(list.file)?.[0] ?? username, username]);
    list.count -= 1;
    if (list.count === 0) left.shift();
  }
  return found;
}
