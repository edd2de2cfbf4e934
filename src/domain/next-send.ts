/**
 * What an account does next: send for one of the campaigns that it serves, or wait. Pure: everything it goes by is an
 * argument, so the same signs always give the same step, before and after a restart. Whom it writes to is not decided
 * here: that is the claim's, which may still find that nobody is due or a limit is used up, and says so in the next signs.
 */
import type { CampaignId } from "./campaign.ts";

export interface SendSigns {
  /** ms since the epoch, as every moment here */
  readonly now: number;
  /** When the channel lets anybody send. */
  readonly channelAt: number;
  /** When the account may, as far as its health and its pace go. */
  readonly accountAt: number;
  /** Sends that it has under way, and how many it may have. */
  readonly inFlight: number;
  readonly atOnce: number;
  /** The running campaigns that it serves. */
  readonly campaigns: readonly CampaignSigns[];
}

/** A running campaign in the eyes of one account. */
export interface CampaignSigns {
  readonly id: CampaignId;
  /** Higher ones are served first, whenever they can be. */
  readonly priority: number;
  /** Number of the turn in which it was served last: of equal ones the one that waits longest is next. */
  readonly lastTurn: number;
  /** When somebody may be due, as far as the last claim told; infinity: nobody is planned. */
  readonly dueAt: number;
  /** Among those who are not due is somebody who may have answered, and it is not read yet. */
  readonly awaitsAnswers: boolean;
  /** When its send window opens, as far as the last claim told; 0: it is open. */
  readonly opensAt: number;
  /** When the limits that it gives the account have room, as far as the last claim told. */
  readonly allowedAt: number;
}

/** What keeps an account from sending for a campaign until a moment; infinity: until something changes. */
export interface Rest {
  readonly until: number;
  readonly cause: "recipients" | "answers" | "window" | "first" | "channel" | "account";
  /** For `first`: the campaign that is followed up and holds it. */
  readonly by?: CampaignId;
}

export type NextSend =
  | { readonly kind: "send"; readonly campaign: CampaignId }
  | { readonly kind: "wait"; readonly rest: Rest }
  /** As many sends as it may have are under way. */
  | { readonly kind: "busy" }
  /** Nothing but a change ends this. */
  | { readonly kind: "blocked"; readonly rest: Rest }
  /** It serves no campaign that runs. */
  | { readonly kind: "drained" };

/** Decides the next step of one account. */
export function nextSend(signs: SendSigns): NextSend {
  const { now, inFlight, atOnce, campaigns } = signs;
  if (campaigns.length === 0) return { kind: "drained" };
  if (inFlight >= atOnce) return { kind: "busy" };
  let next: CampaignSigns | undefined;
  let soonest: Rest | undefined;
  for (const campaign of campaigns) {
    const rest = restFor(signs, campaign);
    if (rest.until > now) soonest = soonerOf(soonest, rest);
    else if (!next || isBefore(campaign, next)) next = campaign;
  }
  if (next) return { kind: "send", campaign: next.id };
  if (!soonest) return { kind: "drained" };
  return { kind: soonest.until === Infinity ? "blocked" : "wait", rest: soonest };
}

/**
 * Tells what keeps an account from sending for one campaign; until then, or `now` when nothing does. Of who is due, the
 * send window and the service it is the one that is waited for longest.
 */
export function restFor(
  { now, channelAt, accountAt }: Omit<SendSigns, "campaigns">,
  { dueAt, awaitsAnswers, opensAt, allowedAt }: CampaignSigns,
): Rest {
  if (dueAt > now && dueAt > Math.max(channelAt, opensAt))
    return { until: dueAt, cause: awaitsAnswers ? "answers" : "recipients" };
  if (opensAt > now && opensAt >= channelAt) return { until: opensAt, cause: "window" };
  if (channelAt > now) return { until: channelAt, cause: "channel" };
  return { until: Math.max(now, accountAt, allowedAt), cause: "account" };
}

/** The one that ends first; of two that end together not the one that only waits for people. */
export function soonerOf(one: Rest | undefined, other: Rest): Rest {
  if (!one || other.until < one.until) return other;
  return one.until === other.until && one.cause === "recipients" ? other : one;
}

function isBefore(one: CampaignSigns, other: CampaignSigns): boolean {
  if (one.priority !== other.priority) return one.priority > other.priority;
  return one.lastTurn < other.lastTurn;
}
