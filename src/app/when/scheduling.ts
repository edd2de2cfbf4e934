/** Setting, moving and forestalling the start of a campaign. Each checks the campaign at the moment it takes effect. */
import type { CampaignId } from "../../domain/campaign.ts";
import type { StartMoment } from "../../domain/when/schedule.ts";
import { dueStart } from "../../domain/when/schedule.ts";
import type { Refusal } from "../../engine/status-changes.ts";
import type { OpenCampaign } from "../../engine/open-campaign.ts";
import type { AppParts } from "../app-parts.ts";
import { idMeant } from "../campaigns/campaign-id.ts";

export type ScheduleResult =
  | { readonly ok: true }
  /** `past`: the moment is over. `notNow`: the campaign has begun, or is over. */
  | { readonly ok: false; readonly problem: "unknownCampaign" }
  | { readonly ok: false; readonly problem: "notNow" }
  | { readonly ok: false; readonly problem: "past" };

export interface Scheduling {
  /** Starts a campaign that is scheduled, or was and was not started in time. */
  startNow(id: CampaignId, by?: string): Promise<Exclude<ScheduleResult, { readonly problem: "past" }>>;
  /** Has such a campaign start at another moment. @param by Telegram id of the operator, or the name of the program */
  moveStart(id: CampaignId, moment: StartMoment, by: string): Promise<ScheduleResult>;
}

export function createScheduling(parts: AppParts): Scheduling {
  const act = async (
    id: CampaignId,
    action: (open: OpenCampaign) => Promise<Refusal | undefined>,
  ): Promise<Exclude<ScheduleResult, { readonly problem: "past" }>> => {
    const open = await parts.engine.find(await idMeant(parts.campaigns, id));
    if (!open) return { ok: false, problem: "unknownCampaign" };
    return (await action(open)) ? { ok: false, problem: "notNow" } : { ok: true };
  };
  return {
    startNow: (id, by) => act(id, (open) => open.start.now(by)),
    moveStart: async (id, moment, by) => {
      const setAt = parts.clock.now();
      if (dueStart(moment, setAt) !== "wait") return { ok: false, problem: "past" };
      return act(id, (open) => open.start.move({ ...moment, by, setAt }));
    },
  };
}
