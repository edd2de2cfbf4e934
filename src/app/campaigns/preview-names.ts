/** Who would join a campaign by a list, said before anybody does: counted by what the claims will ask. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { CampaignId } from "../../domain/campaign.ts";
import { missingIn } from "../../domain/missing-columns.ts";
import { isUnderWay } from "../../domain/campaign-status.ts";
import { askedTogether } from "../../lib/asked-together.ts";
import type { LedgerStore } from "../../storage/ports/ledger.ts";
import type { ListStore } from "../../storage/ports/lists.ts";
import type { AppParts } from "../app-parts.ts";
import { obstaclesNow } from "../drafts/obstacles.ts";
import type { GivenRow, NamesPreview } from "./adding-names.ts";

interface Parts extends Pick<AppParts, "campaigns" | "contacts" | "lists" | "clock"> {
  readonly ledgers: Pick<LedgerStore, "states">;
  readonly suppression: Pick<AppParts["suppression"], "questions">;
  readonly subscribers: Pick<AppParts["subscribers"], "find">;
}

/** Undefined for an unknown id, or a list that is gone. */
export async function previewNames(
  parts: Parts,
  id: CampaignId,
  listId: string,
): Promise<NamesPreview | undefined> {
  const [campaign, list] = [await parts.campaigns.get(id), await parts.lists.get(listId)];
  if (!campaign || !list) return undefined;
  const known = await parts.ledgers.states(id);
  const obstacle = await obstaclesNow(parts, id, { rule: campaign, now: parts.clock.now() });
  const counts = { added: 0, known: 0, suppressed: 0, contactedLately: 0, otherCampaign: 0 };
  const whyNot = async ({ username }: { readonly username: string }) =>
    known.has(username) ? "known" : obstacle(username);
  for await (const some of askedTogether(parts.lists.rows(listId), whyNot)) {
    for (const [, why] of some) {
      if (why) counts[why]++;
      if (why !== "known") counts.added++;
    }
    await nextTurn();
  }
  const missing = missingIn(campaign.message, list.columns);
  return { ...counts, missing, ...(isUnderWay(campaign) ? {} : { isOver: true }) };
}

/** Each row is the clean name with the values of the columns. */
export async function* listRows(lists: Pick<ListStore, "rows">, listId: string): AsyncGenerator<GivenRow> {
  for await (const { username, values } of lists.rows(listId)) yield [username, ...values];
}
