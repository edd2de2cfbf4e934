/** "This one first": a campaign goes before all that share its accounts. */
import type { CampaignId } from "../../domain/campaign.ts";
import { aheadOf, firstPriority } from "../../domain/settings/priority.ts";
import type { AppParts } from "../app-parts.ts";
import type { ActionResult, CampaignView } from "../app.ts";
import type { Changing } from "./changing.ts";

interface Parts extends Pick<AppParts, "campaigns"> {
  readonly changing: Pick<Changing, "change">;
}

/** @param by Whose word it is: the id of an operator, or the name of a program */
export async function goFirst(
  { campaigns, changing }: Parts,
  id: CampaignId,
  by = "program",
): Promise<ActionResult> {
  const campaign = await campaigns.get(id);
  if (!campaign) return { ok: false, problem: "unknownCampaign" };
  const priority = firstPriority(campaign, await campaigns.all());
  if (priority === undefined) return { ok: false, problem: "nothingToDo" };
  const changed = await changing.change(id, { settings: { priority }, by });
  if (changed.ok) return { ok: true };
  return { ok: false, problem: changed.problem === "unknownCampaign" ? "unknownCampaign" : "notNow" };
}

/** How a campaign stands among those that share its accounts. */
export async function placeAmongRivals(
  { campaigns }: Pick<AppParts, "campaigns">,
  id: CampaignId,
): Promise<Pick<CampaignView, "behind" | "canGoFirst">> {
  const [campaign, all] = [await campaigns.get(id), await campaigns.all()];
  if (!campaign || (campaign.status !== "running" && campaign.status !== "paused")) return {};
  const behind = aheadOf(campaign, all);
  return {
    ...(behind.length > 0 ? { behind } : {}),
    ...(firstPriority(campaign, all) === undefined ? {} : { canGoFirst: true as const }),
  };
}
