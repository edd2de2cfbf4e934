/** Ends following up: nobody joins any more, and who had joined and was not written to yet is left out. */
import type { Campaign } from "../../domain/campaign.ts";
import { isUnderWay } from "../../domain/campaign-status.ts";
import type { App } from "../app.ts";
import type { AppParts } from "../app-parts.ts";
import { idMeant } from "../campaigns/campaign-id.ts";
import { followUpOf } from "./give-follow-up.ts";

export function createFollowingUp(
  parts: Pick<AppParts, "campaigns" | "engine" | "clock">,
): Pick<App, "cancelFollowUps"> {
  return {
    async cancelFollowUps(given, by) {
      const campaign = await parts.campaigns.get(await idMeant(parts.campaigns, given));
      if (!campaign) return { ok: false, problem: "unknownCampaign" };
      if (!(await isFollowedUp(parts, campaign))) return { ok: false, problem: "nothingToDo" };
      for (let one: Campaign | undefined = campaign; one;) {
        const at = parts.clock.now();
        await parts.campaigns.change(one.id, (from) =>
          from.followUps && !from.followUpsCancelled
            ? { ...from, followUpsCancelled: { by, at } }
            : undefined,
        );
        one = followUpOf(await parts.campaigns.all(), one.id);
        if (one && isUnderWay(one)) await (await parts.engine.find(one.id))?.cancel(by);
      }
      return { ok: true };
    },
  };
}

async function isFollowedUp(
  { campaigns }: Pick<AppParts, "campaigns">,
  { id, followUps, followUpsCancelled }: Campaign,
): Promise<boolean> {
  if (followUps && !followUpsCancelled) return true;
  const child = followUpOf(await campaigns.all(), id);
  return child !== undefined && isUnderWay(child);
}
