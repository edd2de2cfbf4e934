/** Taking back and mending what a campaign sent: what is asked for, what is said before, and how it goes. */
import type { Translation } from "../../domain/languages/text-in.ts";
import type {
  Amendment,
  AmendmentKind,
  AmendmentScope,
  AmendmentStatus,
  MendedMessage,
} from "../../domain/amending/amendment.ts";
import type { TextNow } from "../../domain/amending/message-now.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { MessageExtras } from "../../channels/channel.ts";
import type { MessageProblem, Preview } from "../drafts/draft.ts";

/** What the campaign's channel can do about messages that were sent. */
export interface AmendingCan {
  readonly takesBack: boolean;
  /** Only so long after a message was sent, ms; absent: at any age. */
  readonly takesBackWithinMs?: number;
  readonly mends: boolean;
}

/** An amendment, as the card shows it while it is not over. */
export interface AmendingView {
  readonly kind: AmendmentKind;
  readonly status: AmendmentStatus;
  /** How many messages it was about when it began. */
  readonly count: number;
  readonly done: number;
  readonly kept: number;
  readonly uncertain: number;
  readonly why?: Reason;
}

export type BegunAmendment = Pick<Amendment, "kind" | "by" | "at" | "count">;

/** What amending adds to how a campaign stands. */
export interface AmendedView {
  /** Absent where nothing can be done about what was sent, or it is not known here. */
  readonly amends?: AmendingCan;
  /** How many messages are taken back or mended, or may be; absent: none. */
  readonly amended?: { readonly takenBack: number; readonly mended: number };
  /** Absent while none is under way. */
  readonly amending?: AmendingView;
  /** What was begun, by whom, when and about how many messages, oldest first; absent: nothing ever. */
  readonly amendments?: readonly BegunAmendment[];
}

/** Whose messages an amendment would be about, said before it begins. */
export interface AmendmentPlan {
  readonly count: number;
  /** How many amendments the campaign has had, for {@link AmendmentRequest.after}. */
  readonly earlier: number;
  /** Sent too long ago: they stay. */
  readonly tooOld: number;
  /** The platform's id of the message is not known: they stay. */
  readonly unknown: number;
  /** On the do-not-send list: they are given no other text. */
  readonly optedOut: number;
  /** Their values would leave nothing of the other text, or make it too long: they keep the one they have. */
  readonly unfit: number;
  /** Their message is in a language that the other text is not given in: it stays. */
  readonly otherLanguage: number;
  /** Those languages, each with how many have the message in it; absent where there are none. */
  readonly otherLanguages?: readonly { readonly language: string; readonly count: number }[];
  /** By revision as people count them, those that can be amended, with the text they have by now; in their order. */
  readonly revisions: readonly { readonly revision: number; readonly count: number; readonly text: string }[];
  /** The text that most of them have by now; absent where there is nobody. */
  readonly now?: TextNow;
  /** The other text as the first of them would see it; absent where none was given. */
  readonly preview?: Preview;
  /** The campaign goes on sending meanwhile, so it is about more people by the time it begins. */
  readonly grows?: true;
  /** The channel can do it for nobody. */
  readonly cannot?: true;
  /** What is wrong with the other text; absent: nothing. */
  readonly problems?: readonly MessageProblem[];
}

type Beside = Pick<MessageExtras, "format" | "buttons">;

export interface AmendmentRequest {
  readonly kind: AmendmentKind;
  readonly scope: AmendmentScope;
  /** Present exactly where it mends; a file can't be put in the place of a text. */
  readonly message?: Pick<MendedMessage, "text" | "keepsExtras"> & {
    /** The texts in other languages are for whoever has the message in them; in others it stays. */
    readonly extras?: Beside & { readonly translations?: readonly Translation<Beside>[] };
  };
  /** Telegram id of the operator, or the name of the program or login. */
  readonly by: string;
  /** An unfinished one that asks for the very same is gone on with, unless a person paused it. */
  readonly goesOn?: true;
  /** How many amendments there were as it was looked at: begun late, it undoes none that came after. */
  readonly after?: number;
}

export type AmendResult =
  /** `number`: its number in the campaign, from 1. */
  | { readonly ok: true; readonly count: number; readonly number: number }
  /**
   * `cannot`: the channel can't do it. `nobody`: no message is left that it could be about. `busy`: another is under way.
   * `changed`: another was begun since it was looked at. `unapproved`: nobody else has approved that text.
   */
  | {
      readonly ok: false;
      readonly problem: "unknownCampaign" | "cannot" | "nobody" | "busy" | "changed" | "unapproved";
    }
  | { readonly ok: false; readonly problem: "message"; readonly problems: readonly MessageProblem[] };

/** The use cases of amending. */
export interface Amending {
  /** Undefined for an unknown id. */
  planAmendment(
    id: CampaignId,
    wanted: Omit<AmendmentRequest, "by" | "after">,
  ): Promise<AmendmentPlan | undefined>;
  amend(id: CampaignId, request: AmendmentRequest): Promise<AmendResult>;
  /** How one of them fares, over or not; undefined when there is none of this number. */
  amendment(id: CampaignId, number: number): Promise<AmendingView | undefined>;
  /** Answers false when there is nothing that it could be done to. */
  steerAmending(id: CampaignId, deed: "pause" | "resume" | "stop"): Promise<boolean>;
}
