/** A campaign before its start: what the operator chose, and what is told about it. */
import type { ChannelManifest } from "../../channels/channel.ts";
import type { DraftAttachment, DraftExtras } from "./draft-extras.ts";
import type {
  AccountWait,
  CampaignAccount,
  CampaignId,
  CampaignStatus,
  Consent,
} from "../../domain/campaign.ts";
import type { Caps, Limit } from "../../domain/accounts/limits.ts";
import type { InvalidReason } from "../../domain/people/username.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { StartMoment } from "../../domain/when/schedule.ts";
import type { Standing } from "../../domain/standing.ts";
import type { CampaignSettings } from "../../domain/settings/settings.ts";

export type { DraftAttachment, DraftExtras };

/** What a campaign keeps when names are added to it, unless it is changed on purpose. */
export type DraftPart = "message" | "accounts";

/** What a draft may do to a campaign of its id that is there already. */
export type DraftTerms =
  /** Nothing: it is for a new campaign. */
  | { readonly kind: "new" }
  /** Goes on with it. */
  | {
      readonly kind: "goOn";
      /** What the draft changes on purpose; whatever else differs is refused. */
      readonly changes: readonly DraftPart[];
      /** The campaign as it was looked at; one that was started again since is not touched. */
      readonly revision?: number;
      /** Whose pauses it ends: none, its own, or everybody's. */
      readonly resumes?: "own" | "any";
    };

/** A campaign in the making, as the dialogue collects it. Plain data: it survives storing as JSON. */
export interface Draft extends CampaignSettings {
  readonly campaignId: CampaignId;
  readonly listId: string;
  readonly origin: string;
  readonly message: string;
  /** What the message has beside its text; an attachment lies on this disk until the start copies it, or is the campaign's own. */
  readonly extras?: DraftExtras;
  readonly channel: string;
  readonly accounts: readonly { readonly name: string; readonly caps: Caps }[];
  /** From 1; see {@link Campaign.notWithinDays}. */
  readonly notWithinDays?: number;
  /** Campaigns whose people are left out; see {@link Campaign.excludes}. */
  readonly excludes?: readonly CampaignId[];
  /** Absent: a new campaign starts at once, and one that is there keeps its own. */
  readonly startAt?: StartMoment;
  /** It has no send window although campaigns that are given none have one. */
  readonly atAnyTime?: true;
  /** As in {@link Campaign.askedWith}; only a new campaign takes it. */
  readonly askedWith?: string;
  /** Of a new campaign; see {@link Campaign.standing}. */
  readonly standing?: Standing;
  /** Absent: goes on with a campaign of this id that does not differ from the draft, else begins one. */
  readonly terms?: DraftTerms;
}

/** Why a draft was not started although it is sound: what is there is as somebody else left it. */
export type StartProblem =
  /** It is for a new campaign, and there is one of this id. */
  | "exists"
  /** The campaign was started again since it was looked at. */
  | "changed"
  /** The draft says another message or other accounts than the campaign has. */
  | "differs"
  /** The campaign goes through another channel. */
  | "otherChannel"
  /** It is to start at a moment, and has begun already. */
  | "begun"
  | "cancelled";

export type StartResult =
  /** `corrected`: known recipients with other values than before. `pausedBy`: it stays paused, as that person left it. */
  | {
      readonly ok: true;
      readonly added: number;
      readonly corrected: number;
      readonly pausedBy?: string;
      /** It waits for a word, because what was sent after the backup of that moment is not known, ms since the epoch. */
      readonly putBackFrom?: number;
      /** It starts by itself then. */
      readonly startsAt?: StartMoment;
    }
  /** `past`: the moment at which it was to start is over. */
  | { readonly ok: false; readonly problem: "notNow" }
  | { readonly ok: false; readonly problem: "past" }
  | {
      readonly ok: false;
      readonly problem: StartProblem;
      readonly campaign: ExistingCampaign;
      /** What differs; empty but for `differs`. */
      readonly differs: readonly DraftPart[];
    };

export interface ChannelChoice {
  readonly name: string;
  readonly reachesPeople: boolean;
  /** Limits the platform publishes for each account; nothing goes out above them. */
  readonly publishedLimits?: readonly Limit[];
  /** The platform charges for what is sent. */
  readonly isCharged?: true;
  readonly maxMessageLength: number;
  /** The same beside an attachment, where that is less. */
  readonly maxCaptionLength?: number;
  /** What a message can be beside plain text; absent: plain text only. */
  readonly takes?: NonNullable<ChannelManifest["extras"]>;
  /** What people write back reaches Peyk: who did not answer can be followed up. */
  readonly hearsAnswers?: true;
  /** Under every message stands a button by which its person leaves. */
  readonly hasLeaveButton?: true;
  readonly accounts: readonly { readonly name: string; readonly caps: Caps }[];
}

/** What a message must fit into, and what it has beside its text. */
export interface MessageForm {
  readonly channel: Pick<ChannelChoice, "maxMessageLength" | "maxCaptionLength" | "takes">;
  readonly extras?: DraftExtras;
}

/** What is wrong with a message; `language`: with its text in that one, absent for the main text. */
export type MessageProblem = { readonly language?: string } & TextProblem;

type TextProblem =
  | { readonly problem: "empty" }
  | { readonly problem: "tooLong"; readonly length: number; readonly max: number }
  /** Variables that no column of the list fills. */
  | {
      readonly problem: "unknownVariables";
      readonly unknown: readonly string[];
      readonly known: readonly string[];
    }
  | { readonly problem: "brokenVariable"; readonly text: string }
  /** The channel can't send this. */
  | { readonly problem: "notTaken"; readonly extra: keyof NonNullable<ChannelManifest["extras"]> };

/** A campaign that exists, as whoever is about to add to it must know it. */
export interface ExistingCampaign {
  readonly id: CampaignId;
  readonly channel: string;
  readonly message: string;
  readonly extras?: DraftExtras;
  readonly accounts: readonly CampaignAccount[];
  readonly consent: Consent;
  /** Columns that some list of it has: what its people's values are known by. */
  readonly columns: readonly string[];
  readonly status: CampaignStatus;
  /** Who paused it, as far as that was kept; absent unless a person did. */
  readonly pausedBy?: string;
  readonly revision: number;
  /** Recipients who have the message. */
  readonly sent: number;
  /** Recipients who are still to be written to, those that failed among them. */
  readonly left: number;
  /** Recipients of all its lists. */
  readonly total: number;
}

/** How many, and the first of them by name. */
export interface NamedCount {
  readonly count: number;
  readonly names: readonly string[];
}

/** Whom other campaigns wrote to through the same channel within some days. */
export interface Contacted {
  readonly days: number;
  readonly count: number;
  /** By campaign, the one that wrote last counting for each name; most names first. */
  readonly by: readonly {
    readonly campaignId: CampaignId;
    readonly count: number;
    /** ms since the epoch */
    readonly lastAt: number;
  }[];
}

/** How many, through what, until when. */
export interface Plan {
  readonly toSend: number;
  /** Names of the list that the campaign does not know yet. */
  readonly added: number;
  /** Of those to be written to, how many the list knows by other values than the campaign did. */
  readonly corrected: number;
  /** Of those to be written to, whose values leave no text that can be sent: they fail, and nobody else is held up. */
  readonly tooLong: NamedCount;
  readonly empty: NamedCount;
  readonly alreadySent: number;
  /** On the do-not-send list. */
  readonly suppressed: number;
  /** Left out by the rules, because another campaign wrote to them lately, or ever. */
  readonly contactedLately: number;
  readonly otherCampaign: number;
  /** Of those to be written to, whom other campaigns wrote to lately. */
  readonly contacted: Contacted;
  readonly accounts: readonly { readonly name: string; readonly caps: Caps; readonly usedToday: number }[];
  /** How many get each text, the main one last and without a language; absent where there is one text. */
  readonly languages?: readonly { readonly language?: string; readonly count: number }[];
  /** Expected moment of the last send, ms since the epoch; absent when no limit says anything about it. */
  readonly finishesAt?: number;
  /** Begun now it would send nothing today, because of the limits or of the window: when the first goes out, ms since the epoch. */
  readonly nothingBefore?: number;
  /** Days on which something is sent, from 1. */
  readonly days: number;
  /** What the platform charges at most, in US dollars, by its prices of that day (YYYY-MM-DD); absent where it is free. */
  readonly cost?: { readonly dollars: number; readonly asOf: string };
}

export interface Preview {
  readonly username: string;
  /** Language of the text; absent: the main one. */
  readonly language?: string;
  /** Nobody would get the text in this language as the list is now: it is shown with somebody's values. */
  readonly isForNobody?: true;
  /** As it is sent: HTML where the draft's extras say so. */
  readonly text: string;
}

export type TestSendResult =
  | { readonly kind: "sent"; readonly username: string; readonly messageId: string }
  | {
      readonly kind: "notSent";
      readonly username: string;
      readonly why: Reason;
      /** Where no account may send now: why each can't, and until when. */
      readonly waits?: readonly AccountWait[];
    }
  | { readonly kind: "uncertain"; readonly username: string; readonly why: Reason }
  | { readonly kind: "badName"; readonly reason: InvalidReason };
