/** Events as other programs hear them, over the local interface and by webhooks: names that stay, whatever Peyk calls it within. */
import type { CampaignEvent } from "../campaign-event.ts";
import type { CampaignId, CampaignStatus } from "../campaign.ts";
import type { RecipientState } from "../recipient.ts";
import { codeOf } from "../reasons/reason.ts";

/** Every type there is, in the order they are told in. */
export const hookTypes = [
  "campaign.scheduled",
  "campaign.started",
  "campaign.paused",
  "campaign.finished",
  "campaign.cancelled",
  "campaign.restarted",
  "campaign.changed",
  "campaign.sent_back",
  "recipient.sent",
  "recipient.not_found",
  "recipient.refused",
  "recipient.failed",
  "recipient.uncertain",
  "recipient.retrying",
  "recipient.skipped",
  "recipient.taken_back",
  "recipient.mended",
  "person.opted_out",
  "person.answered",
  "account.changed",
] as const;

export type HookType = (typeof hookTypes)[number];

export interface HookEvent {
  readonly type: HookType;
  /** ISO 8601, UTC: when it happened. */
  readonly timestamp: string;
  readonly data: {
    readonly campaign: CampaignId;
    readonly recipient?: string;
    readonly account?: string;
    /** The code of a reason; docs/hooks.md says where they are listed. */
    readonly reason?: string;
    /** ISO 8601, UTC: when it goes on or is tried again. */
    readonly until?: string;
    /** Of a campaign that paused: why; of an account: how it stands. */
    readonly kind?: string;
    /** What a person said about it, in their own words. */
    readonly note?: string;
  };
}

const statuses: Readonly<Record<CampaignStatus, HookType>> = {
  scheduled: "campaign.scheduled",
  running: "campaign.started",
  paused: "campaign.paused",
  finished: "campaign.finished",
  cancelled: "campaign.cancelled",
};

const states: Readonly<Record<RecipientState, HookType | undefined>> = {
  planned: "recipient.retrying",
  claimed: undefined,
  sent: "recipient.sent",
  notFound: "recipient.not_found",
  refused: "recipient.refused",
  failed: "recipient.failed",
  uncertain: "recipient.uncertain",
  skipped: "recipient.skipped",
};

/** Undefined for what is of no use outside: where a checkpoint was saved, for one. */
export function hookEventOf(event: CampaignEvent): HookEvent | undefined {
  const told = toldOf(event);
  if (!told) return undefined;
  const { type, ...data } = told;
  return { type, timestamp: isoOf(event.at), data: { campaign: event.campaignId, ...data } };
}

type Told = { readonly type: HookType } & Omit<HookEvent["data"], "campaign">;

function toldOf(event: CampaignEvent): Told | undefined {
  switch (event.kind) {
    case "status":
      return { type: statuses[event.status], ...(event.pause ? pauseOf(event.pause) : {}) };
    case "settled": {
      const { username: recipient, account, state, why, due } = event;
      const type = states[state];
      return type && { type, recipient, account, ...reasonOf(why), ...untilOf(due) };
    }
    case "skipped":
      return { type: "recipient.skipped", recipient: event.username, reason: event.reason };
    case "optedOut":
      return { type: "person.opted_out", recipient: event.username, account: event.account };
    case "answered":
      return { type: "person.answered", recipient: event.username, account: event.account };
    case "account":
      return {
        type: "account.changed",
        account: event.account,
        kind: event.trouble,
        ...reasonOf(event.why),
        ...untilOf(event.until),
      };
    case "restarted":
      return { type: "campaign.restarted" };
    case "changed":
      return { type: "campaign.changed" };
    case "sentBack":
      return { type: "campaign.sent_back", note: event.reason };
    case "amended":
      if (event.state !== "done") return undefined;
      return {
        type: event.what === "takeBack" ? "recipient.taken_back" : "recipient.mended",
        recipient: event.username,
      };
    case "noCheckpoint":
    case "checkpointLoaded":
    case "checkpointSaved":
    case "checkpointRemoved":
    case "alreadySent":
    case "unheard":
    case "looksAgain":
    case "amending":
      return undefined;
  }
}

function pauseOf(pause: NonNullable<Extract<CampaignEvent, { kind: "status" }>["pause"]>) {
  return {
    kind: pause.kind,
    ...("why" in pause ? reasonOf(pause.why) : {}),
    ...("until" in pause ? untilOf(pause.until) : {}),
  };
}

function reasonOf(why: Parameters<typeof codeOf>[0] | undefined): { readonly reason?: string } {
  return why === undefined ? {} : { reason: codeOf(why) };
}

function untilOf(at: number | undefined): { readonly until?: string } {
  return at === undefined || !Number.isFinite(at) ? {} : { until: isoOf(at) };
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
