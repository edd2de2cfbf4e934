/** Turns what the engine does into the events that the chat log and the progress message are told from. */
import type { PauseReason } from "../domain/campaign.ts";
import type { CampaignEvent } from "../domain/campaign-event.ts";
import { passedOverDetail } from "../domain/ending-events.ts";
import type { Consequence } from "../domain/verdict.ts";
import type { ShutInbox } from "../domain/people/hearing.ts";
import type { Wait } from "./accounts/account-waits.ts";
import type { WorkEvent } from "./work-event.ts";

/** An event without where and when. */
export type EventDetail = CampaignEvent extends infer Event
  ? Event extends CampaignEvent
    ? Omit<Event, "campaignId" | "at">
    : never
  : never;

/** The event for a consequence that concerns an account; undefined for the others. */
function accountEvent(account: string, consequence: Consequence): EventDetail | undefined {
  switch (consequence.kind) {
    case "accountRests":
      return { kind: "account", account, trouble: "resting", until: consequence.until, why: consequence.why };
    case "accountLeaves":
      return { kind: "account", account, trouble: consequence.trouble, why: consequence.why };
    case "none":
    case "unexplained":
    case "channelRests":
    case "breakerFailure":
    case "pauseCampaign":
      return undefined;
  }
}

/** The event for what work tells of a person or an account. */
export function workDetail(
  event: Extract<WorkEvent, { kind: "skipped" | "unheard" | "account" }>,
): EventDetail | undefined {
  switch (event.kind) {
    case "skipped":
      return passedOverDetail(event.passedOver);
    case "unheard":
      return event;
    case "account":
      return accountEvent(event.account, event.consequence);
  }
}

/** The event for uncertain sends of an account that the platform lets us look into only later. */
export function looksAgain(account: string, until: number): EventDetail {
  return { kind: "looksAgain", account, until };
}

/** What a wait for somebody who may send is called towards the operator. @param shut What keeps answers from being read */
export function pauseFor({ until, why, cause, by = "", accounts }: Wait, shut?: ShutInbox): PauseReason {
  if (cause === "answers") {
    const said = shut ? { account: shut.account, why: shut.why } : { account: "" };
    return { kind: "unheard", ...said, ...(until === Infinity ? {} : { until }) };
  }
  if (cause === "first") return { kind: "firstPaused", campaignId: by };
  if (cause === "window") return { kind: "window", until };
  if (cause === "channel") return { kind: "unavailable", until, why: why ?? "unsaid" };
  return { kind: "noAccount", accounts, ...(until === Infinity ? {} : { until }) };
}
