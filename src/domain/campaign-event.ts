import type { AmendmentKind, AmendmentStatus } from "./amending/amendment.ts";
import type { Campaign, CampaignId, PauseReason } from "./campaign.ts";
import type { Settlement } from "./journal.ts";
import type { Counts, RecipientState, SkipReason } from "./recipient.ts";
import type { Reason } from "./reasons/reason.ts";

/** What every event says beside what happened. */
interface Told {
  readonly campaignId: CampaignId;
  readonly at: number;
  /** Names the ending that it tells of, its own in the campaign ({@link endingKey}); whether it was told is seen by it. */
  readonly key?: string;
  /** The end of a process had cut it off, so it was told by the next one; the record knew it before. */
  readonly isToldLate?: true;
}

/** The key of an ending. @param of The claim's id, or the ordinal of somebody who was never claimed, with an `r` before it */
export function endingKey(of: string, ending: Settlement["t"]): string {
  return `${of}.${ending}`;
}

/** What happens while campaigns run; the chat log and the progress message are told from these. */
export type CampaignEvent = Told &
  (
    | { readonly kind: "noCheckpoint" }
    | { readonly kind: "checkpointLoaded"; readonly names: number }
    | { readonly kind: "alreadySent"; readonly names: number }
    /** `by`: the campaign whose people this one leaves out. */
    | {
        readonly kind: "skipped";
        readonly username: string;
        readonly reason: SkipReason;
        readonly by?: CampaignId;
      }
    /** Somebody wrote back that they want no more messages: they are on the do-not-send list. */
    | { readonly kind: "optedOut"; readonly username: string; readonly account: string }
    /** Somebody wrote back; `number` of the answer, which has their words. */
    | {
        readonly kind: "answered";
        readonly username: string;
        readonly account: string;
        readonly number: number;
      }
    /** Whoever was written to before waits: what people answered to this account can't be read before then. */
    | { readonly kind: "unheard"; readonly account: string; readonly until?: number; readonly why?: Reason }
    /** The platform lets us look only then whether what is uncertain of this account arrived. */
    | { readonly kind: "looksAgain"; readonly account: string; readonly until: number }
    | { readonly kind: "checkpointSaved"; readonly names: number }
    | { readonly kind: "checkpointRemoved" }
    | {
        readonly kind: "settled";
        readonly username: string;
        readonly account: string;
        /** `planned`: surely not delivered, tried again at `due`. */
        readonly state: RecipientState;
        readonly why?: Reason;
        readonly due?: number;
      }
    | {
        readonly kind: "account";
        readonly account: string;
        readonly trouble: "capped" | "resting" | "locked" | "loggedOut" | "back";
        readonly until?: number;
        readonly why?: Reason;
      }
    /**
     * The process was restarted while the campaign ran: how it stood then, with `cutOff` of the uncertain ones cut off
     * by the end of the process.
     */
    | { readonly kind: "restarted"; readonly cutOff: number; readonly counts: Counts }
    | { readonly kind: "status"; readonly status: Campaign["status"]; readonly pause?: PauseReason }
    /** Somebody else did not approve it, and said why. `by`: Telegram id. */
    | { readonly kind: "sentBack"; readonly by: string; readonly reason: string }
    /** Who is to be written to, with what or how is otherwise by somebody's word: whoever works for it looks at what is stored. */
    | { readonly kind: "changed" }
    /** Taking back or mending has begun, paused, gone on or ended. */
    | {
        readonly kind: "amending";
        readonly what: AmendmentKind;
        readonly status: AmendmentStatus;
        readonly why?: Reason;
      }
    /** One message was taken back or mended, or was not. */
    | {
        readonly kind: "amended";
        readonly username: string;
        readonly what: AmendmentKind;
        readonly state: "done" | "kept" | "uncertain";
      }
  );

const kinds: Record<CampaignEvent["kind"], true> = {
  noCheckpoint: true,
  checkpointLoaded: true,
  alreadySent: true,
  skipped: true,
  optedOut: true,
  answered: true,
  unheard: true,
  looksAgain: true,
  checkpointSaved: true,
  checkpointRemoved: true,
  settled: true,
  account: true,
  restarted: true,
  changed: true,
  sentBack: true,
  amending: true,
  amended: true,
  status: true,
};

/** Tells whether what was kept is an event that this version knows; of a kind that it knows it is as it was written. */
export function isCampaignEvent(value: unknown): value is CampaignEvent {
  return isEventOf(value, kinds) && "campaignId" in value && typeof value.campaignId === "string";
}

/** Tells whether a value has one of these kinds, and its moment. */
export function isEventOf(
  value: unknown,
  known: Readonly<Record<string, true>>,
): value is { readonly kind: string; readonly at: number } {
  if (typeof value !== "object" || value === null || !("kind" in value) || !("at" in value)) return false;
  return typeof value.kind === "string" && Object.hasOwn(known, value.kind) && typeof value.at === "number";
}
