/** Approving campaigns in memory, by the very rules. */
import type { Approving } from "../../../src/app/campaigns/approving.ts";
import type { StatusChange } from "../../../src/domain/campaign-status.ts";
import {
  approvable,
  approved,
  lacksApproval,
  makersOf,
  sentBack,
  whyNotApproved,
} from "../../../src/domain/approval.ts";
import type { Campaign } from "../../../src/domain/campaign.ts";

export function createFakeApproving(campaigns: Map<string, Campaign>): Approving {
  const change = (id: string, to: StatusChange): boolean => {
    const from = campaigns.get(id);
    const next = from && to(from);
    if (next) campaigns.set(id, next);
    return next !== undefined;
  };
  return {
    async toApprove(id, by) {
      const campaign = campaigns.get(id);
      if (!campaign || !lacksApproval(campaign)) return undefined;
      return { seen: approvable(campaign), isOwn: makersOf(campaign).has(by) };
    },
    async approve(id, by, seen) {
      const campaign = campaigns.get(id);
      if (!campaign) return { ok: false, problem: "unknownCampaign" };
      const problem = whyNotApproved(campaign, { by, seen });
      if (problem) return { ok: false, problem };
      change(id, approved(by, seen, 1));
      return { ok: true };
    },
    sendBack: async (id, by, reason) =>
      change(id, sentBack(by, reason, 1)) ? { ok: true } : { ok: false, problem: "notNow" },
  };
}
