/** Turns what the engine does into the events that the chat log and the progress message are told from. */
import type { CampaignEvent } from "../domain/campaign-event.ts";
import type { Consequence } from "../domain/verdict.ts";
import type { Settled } from "./runner-event.ts";

/** An event without where and when. */
export type EventDetail = CampaignEvent extends infer Event
  ? Event extends CampaignEvent
    ? Omit<Event, "campaignId" | "at">
    : never
  : never;

export function settledEvent({ claim, settlement }: Settled): EventDetail {
  return {
    kind: "settled",
    username: claim.recipient.username,
    account: claim.account,
    state: settlement.t,
    ...("why" in settlement ? { why: settlement.why } : {}),
    ...(settlement.t === "planned" ? { due: settlement.due } : {}),
  };
}

/** The event for a consequence that concerns an account; undefined for the others. */
export function accountEvent(account: string, consequence: Consequence): EventDetail | undefined {
  switch (consequence.kind) {
    case "accountRests":
      return { kind: "account", account, trouble: "resting", until: consequence.until, why: consequence.why };
    case "accountLeaves":
      return { kind: "account", account, trouble: consequence.trouble, why: consequence.why };
    case "none":
    case "channelRests":
    case "breakerFailure":
    case "pauseCampaign":
      return undefined;
  }
}
