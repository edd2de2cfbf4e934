/** The second pair of eyes: somebody else approves a campaign as it stands, or sends it back with a reason. */
import {
  approvable,
  approved,
  asIfApproved,
  lacksApproval,
  makersOf,
  sentBack,
  whyNotApproved,
  withoutApproval,
} from "../../domain/approval.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import type { AppParts } from "../app-parts.ts";
import type { Team } from "../team/team.ts";
import { idMeant } from "./campaign-id.ts";

export type ApprovalResult =
  | { readonly ok: true }
  /** `own`: they made it or changed it. `changed`: it is another than they saw. `notNow`: it waits for no approval. */
  | { readonly ok: false; readonly problem: "unknownCampaign" | "own" | "changed" | "notNow" };

/** What somebody looks at before they approve it. */
export interface Approvable {
  /** To be given back with the word. */
  readonly seen: string;
  /** They had a hand in it. */
  readonly isOwn: boolean;
}

export interface Approving {
  /** Undefined for an unknown id, and for a campaign that waits for no approval. @param by Telegram id */
  toApprove(id: CampaignId, by: string): Promise<Approvable | undefined>;
  approve(id: CampaignId, by: string, seen: string): Promise<ApprovalResult>;
  sendBack(id: CampaignId, by: string, reason: string): Promise<ApprovalResult>;
}

export function createApproving(parts: AppParts): Approving {
  const { campaigns, engine, clock } = parts;
  const refused = async (id: CampaignId, by: string, seen: string): Promise<ApprovalResult> => {
    const campaign = await campaigns.get(id);
    if (!campaign) return { ok: false, problem: "unknownCampaign" };
    return { ok: false, problem: whyNotApproved(campaign, { by, seen }) ?? "changed" };
  };
  return {
    async toApprove(given, by) {
      const campaign = await campaigns.get(await idMeant(campaigns, given));
      if (!campaign || !lacksApproval(campaign)) return undefined;
      return { seen: approvable(campaign), isOwn: makersOf(campaign).has(by) };
    },
    async approve(given, by, seen) {
      const id = await idMeant(campaigns, given);
      const open = await engine.find(id);
      const isDone = await open?.approve(approved(by, seen, clock.now()));
      return isDone ? { ok: true } : refused(id, by, seen);
    },
    async sendBack(given, by, reason) {
      const id = await idMeant(campaigns, given);
      const open = await engine.find(id);
      const isDone = await open?.approve(sentBack(by, reason, clock.now()));
      return isDone ? { ok: true } : refused(id, by, "");
    },
  };
}

/**
 * The same team; whether approval is needed holds for every campaign there is: what is under way goes on as it stands, and
 * is held by the next change.
 */
export function approvingTeam(
  team: Team,
  { campaigns, engine, clock }: Pick<AppParts, "campaigns" | "engine" | "clock">,
): Team {
  return {
    ...team,
    async requireApproval(isOn) {
      const wasOther = await team.requireApproval(isOn);
      for (const { id } of await campaigns.all()) {
        await campaigns.change(id, (one) => (isOn ? asIfApproved(one, clock.now()) : withoutApproval(one)));
        await engine.hear(id);
      }
      return wasOther;
    },
  };
}
