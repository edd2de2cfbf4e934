/**
 * Takes back and mends what a campaign sent. Promises that whatever can't be done any more is said with its number before
 * anything begins, and that a text which could not be sent is not put in the place of one either.
 */
import type { AmendmentScope } from "../../domain/amending/amendment.ts";
import { mayMendInto } from "../../domain/amending/approved-mend.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import type { AppParts } from "../app-parts.ts";
import { createFollowingUp } from "../follow-ups/cancel-follow-ups.ts";
import { idMeant } from "../campaigns/campaign-id.ts";
import type { AmendResult, Amending, AmendmentPlan, AmendmentRequest } from "./amending.ts";
import { amendmentView } from "./amended-results.ts";
import { planAmendment } from "./plan-amendment.ts";

type AmendingParts = Pick<
  AppParts,
  "amender" | "amendments" | "campaigns" | "reads" | "channels" | "suppression" | "clock" | "engine"
>;

export function createAmending(parts: AmendingParts): Amending {
  const meant = (id: string): Promise<CampaignId> => idMeant(parts.campaigns, id);
  return {
    planAmendment: async (id, wanted) => planAmendment(parts, await meant(id), wanted),
    amend: async (id, request) => amend(parts, await meant(id), request),
    amendment: async (id, number) => amendmentView(parts.amendments, await meant(id), number),
    steerAmending: async (id, deed) => {
      const named = await meant(id);
      return (await parts.campaigns.get(named)) ? parts.amender[deed](named) : false;
    },
  };
}

async function amend(parts: AmendingParts, id: CampaignId, request: AmendmentRequest): Promise<AmendResult> {
  const { kind, scope, message, by, goesOn, after } = request;
  const campaign = await parts.campaigns.get(id);
  if (!campaign) return { ok: false, problem: "unknownCampaign" };
  if (message && !mayMendInto(message, campaign)) return { ok: false, problem: "unapproved" };
  const plan = await planAmendment(parts, id, { kind, scope, ...(message ? { message } : {}) });
  if (!plan || plan.cannot || (kind === "mend") !== (message !== undefined))
    return { ok: false, problem: "cannot" };
  if (plan.problems) return { ok: false, problem: "message", problems: plan.problems };
  const wanted = { kind, scope, ...(message ? { message } : {}) };
  const before = goesOn ? await parts.amender.goOn(id, wanted, after) : undefined;
  if (before === "changed") return { ok: false, problem: before };
  if (before !== undefined) return { ok: true, count: plan.count, number: before };
  if (plan.count === 0) return { ok: false, problem: "nobody" };
  const count = plan.count + staysIn(plan);
  const number = await parts.amender.begin(id, { ...wanted, count, by }, after);
  if (typeof number === "string") return { ok: false, problem: number };
  // Nobody is followed up about what was taken back; who of them had joined a follow-up by then is left out.
  if (kind === "takeBack" && scope.kind === "all") await createFollowingUp(parts).cancelFollowUps(id, by);
  return { ok: true, count: plan.count, number };
}

/** How many of those it is about keep the message as it is. */
export function staysIn({ tooOld, unknown, optedOut, unfit, otherLanguage }: AmendmentPlan): number {
  return tooOld + unknown + optedOut + unfit + otherLanguage;
}

/** The scope that a revision as people count it, a name, or nothing means. */
export function scopeOf({
  revision,
  username,
}: {
  readonly revision?: number | undefined;
  readonly username?: string | undefined;
}): AmendmentScope {
  if (username !== undefined) return { kind: "name", username };
  return revision === undefined ? { kind: "all" } : { kind: "revision", revision: revision - 1 };
}
