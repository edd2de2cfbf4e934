/**
 * What a campaign is: its task id, its message, through what it goes out, and where it stands. The states of its
 * recipients are the journal's affair (journal.ts); nothing here repeats them.
 */
import type { Caps } from "./accounts/limits.ts";
import type { CopiedContent } from "./copied-content.ts";
import type { Translation } from "./languages/text-in.ts";
import type { Reason } from "./reasons/reason.ts";
import type { Schedule } from "./when/schedule.ts";
import type { Restored } from "./restored-mark.ts";
import type { Approval } from "./approval-mark.ts";
import type { Revision } from "./revision.ts";
import type { FollowsUp } from "./settings/follow-up.ts";
import type { Hold } from "./settings/holds.ts";
import type { Standing } from "./standing.ts";
import type { Unexplained } from "./unexplained-mark.ts";
import type { CampaignSettings } from "./settings/settings.ts";

/** Task id: names the campaign, its folder and its checkpoint file. Matches {@link isCampaignId}. */
export type CampaignId = string;

export type CampaignStatus = "scheduled" | "running" | "paused" | "finished" | "cancelled";

/** What keeps an account from sending; `until` in ms since the epoch, absent when it is not by itself back. */
export interface AccountWait {
  readonly name: string;
  /**
   * `capped`: its limits are used up for the moment. `paced`: it is the speed that is set for the campaign as a whole.
   * `leftOut`: the campaign does not go through it, and it alone may write to some who are planned.
   */
  readonly trouble: "capped" | "paced" | "resting" | "locked" | "loggedOut" | "leftOut";
  readonly until?: number;
  /** What it said; absent where it is its limits, and in campaigns paused by an older version. */
  readonly why?: Reason;
}

/** Why a campaign is paused. `until`: it goes on by itself at that moment (ms since the epoch). */
export type PauseReason =
  /** `by`: as in {@link Consent}; absent in campaigns paused by an older version. */
  | { readonly kind: "operator"; readonly by?: string }
  | {
      readonly kind: "noAccount";
      readonly until?: number;
      /** Every account of the campaign and what it waits for; absent in campaigns paused by an older version. */
      readonly accounts?: readonly AccountWait[];
    }
  | { readonly kind: "unavailable"; readonly until: number; readonly why: Reason }
  /** Its send window is closed. */
  | { readonly kind: "window"; readonly until: number }
  /** One that it follows up, this one, may not be followed up now: somebody paused it or has to say a word first. */
  | { readonly kind: "firstPaused"; readonly campaignId: CampaignId }
  /** It was to start at `due`, and nobody was there in time to start it. */
  | { readonly kind: "missedStart"; readonly due: number }
  /** All who are left were written to before, and what people answered to this account can't be read. */
  | { readonly kind: "unheard"; readonly account: string; readonly until?: number; readonly why?: Reason }
  | { readonly kind: "rejected"; readonly why: Reason }
  | { readonly kind: "storage"; readonly why: Reason }
  /** It waits for a person's word; see holds.ts. */
  | Hold;

/** One account the campaign sends through, with the caps chosen for it. */
export interface CampaignAccount {
  readonly name: string;
  readonly caps: Caps;
}

/** The same people as in a list, in the same order, with the values that a list given again brought. */
export interface Correction {
  /** {@link Campaign.revision} from which on they count; who was claimed before had the values before. */
  readonly revision: number;
  /** File name inside the campaign's folder. */
  readonly file: string;
  readonly columns: readonly string[];
  /** As in {@link CampaignList}, of the list that brought them. */
  readonly origin: string;
  readonly at: number;
}

/** One imported list file; ordinals run on from one to the next in this order. */
export interface CampaignList {
  /** File name inside the campaign's folder. */
  readonly file: string;
  readonly count: number;
  /** Columns beside the username, in the order of the file's values: what a message may use as variables. */
  readonly columns: readonly string[];
  /** What the operator gave: the file's name, or "pasted". */
  readonly origin: string;
  readonly importedAt: number;
  /** The account that alone may write to its people; absent: each of the campaign's may. */
  readonly through?: string;
  /** Whoever joins next in the same way is put behind its people, so its file may hold some who don't count yet. */
  readonly grows?: true;
  /** Oldest first; absent: its people have the values they came with. */
  readonly corrections?: readonly Correction[];
}

/** A list given again for the campaign's people. */
export interface GivenCorrection {
  readonly listId: string;
  /** The campaign's from which on its values count. */
  readonly revision: number;
  readonly origin: string;
  /** ms since the epoch */
  readonly at: number;
}

/** A campaign's lists with their corrections, and how many recipients are known by other values through them. */
export interface CorrectedLists {
  readonly lists: readonly CampaignList[];
  readonly count: number;
}

/** The operator's word on where the permission to write to these people comes from. */
export interface Consent {
  readonly statement: string;
  /** Telegram id of the operator, or the name of the program or login that gave it. */
  readonly by: string;
  readonly at: number;
}

/** What the message has beside its text. */
export interface CampaignExtras {
  /** The text is HTML (`<b>`, `<i>`, `<a href>` …) and values are escaped in it; absent: it is plain. */
  readonly format?: "html";
  readonly attachment?: {
    readonly kind: "photo" | "document";
    /** File name inside the campaign's folder. */
    readonly file: string;
    /** What the recipients see it called. */
    readonly name: string;
  };
  /** Content that is copied in place of a text, or above the text; never beside an attachment. */
  readonly copy?: CopiedContent;
  /** Links under the message, one a row. */
  readonly buttons?: readonly { readonly label: string; readonly url: string }[];
  /** The same message in other languages, each language once; absent: everybody gets the one text. */
  readonly translations?: readonly Translation<Omit<CampaignExtras, "translations">>[];
}

/** What recipients got until another text took its place. */
export interface EarlierMessage {
  readonly message: string;
  readonly extras?: CampaignExtras;
  /** ms since the epoch */
  readonly until: number;
  /** Who changed it; as in {@link Consent}. */
  readonly by: string;
  /** The last {@link Campaign.revision} that had it; absent in campaigns changed by an older version. */
  readonly revision?: number;
}

/** A change of a campaign's course; `by` as in {@link Consent}, absent where it was nobody. */
export interface SteeringDeed {
  readonly what: "scheduled" | "started" | "paused" | "resumed" | "retried" | "cancelled";
  readonly by?: string;
  readonly at: number;
}

export interface Campaign extends CampaignSettings {
  readonly id: CampaignId;
  readonly createdAt: number;
  /** Telegram id of the operator who started it; absent when started by a program. */
  readonly createdBy?: number;
  readonly channel: string;
  readonly accounts: readonly CampaignAccount[];
  /** Accounts that it went through once and does no more: people may still answer them. Absent: none. */
  readonly formerAccounts?: readonly string[];
  /** Template with `{{variables}}`; see template.ts. */
  readonly message: string;
  /** Absent: the message is plain text alone. */
  readonly extras?: CampaignExtras;
  /** Texts before this one, oldest first; absent: there was never another. */
  readonly earlierMessages?: readonly EarlierMessage[];
  readonly lists: readonly CampaignList[];
  /** The last one given. */
  readonly consent: Consent;
  /** Those given before, oldest first: none is ever lost. */
  readonly earlierConsents?: readonly Consent[];
  /** How often what people get was changed: more names, other values or another text; absent: never. Claims carry it. */
  readonly revision?: number;
  /** What was changed when by whom, oldest first; absent: nothing, or by an older version. */
  readonly revisions?: readonly Revision[];
  /** The draft that the last start made use of: asked for once more, after a crash, it changes nothing. */
  readonly startedWith?: string;
  /** What a program asked for when it began it, as a hash: the same asked for again is this campaign. Absent: no program did. */
  readonly askedWith?: string;
  /** Nobody whom another campaign wrote to through the same channel within so many days; absent: no such rule. */
  readonly notWithinDays?: number;
  /** Nobody whom one of these campaigns ever wrote to or may have; absent: no such rule. */
  readonly excludes?: readonly CampaignId[];
  /** Nobody is on its list at first, and it never finishes by itself; absent: a campaign like any other. */
  readonly standing?: Standing;
  /** It follows up another one; absent: it is nobody's follow-up. */
  readonly followsUp?: FollowsUp;
  /** Nobody is followed up any more, by whose word; as in {@link Consent}. */
  readonly followUpsCancelled?: { readonly by: string; readonly at: number };
  readonly status: CampaignStatus;
  /** When it is to start, while its status is `scheduled`; afterwards when it was to. Absent: it never was. */
  readonly schedule?: Schedule;
  /** It was put back from a backup, and nobody said since that it may write to anybody; absent: it may. */
  readonly restored?: Restored;
  /** It goes out only when somebody else has approved it; absent: nobody has to. See approval.ts. */
  readonly approval?: Approval;
  /** Present exactly when the status is `paused`. */
  readonly pause?: PauseReason;
  /** When it became paused; absent in campaigns paused by an older version. */
  readonly pausedAt?: number;
  /** What people did to it and what stopped it, oldest first; the last ones of very many. Absent: nothing, or by an older version. */
  readonly deeds?: readonly SteeringDeed[];
  /** Refusals in a row since it was started or resumed, where several processes send for it. Absent: none. */
  readonly unexplained?: Unexplained;
  readonly finishedAt?: number;
}

/** Columns by which the people of a list are known now, its corrections counted. */
export function columnsOf({ columns, corrections = [] }: CampaignList): readonly string[] {
  return corrections.at(-1)?.columns ?? columns;
}

/** Tells whether a text can be a task id: 1 to 64 of letters, digits, `_`, `-`, `.`, starting with a letter or digit. */
export function isCampaignId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(text) && !text.includes("..");
}

/** What Windows takes for a device, whatever its case and whatever stands after a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * Why a task id can't name a folder on every system: Windows takes it for a device, or drops the dot at its end and
 * with it what tells two campaigns apart. Campaigns that have such a name already keep it.
 */
export function folderProblem(id: CampaignId): "device" | "dotAtEnd" | undefined {
  if (DEVICE.test(id)) return "device";
  return id.endsWith(".") ? "dotAtEnd" : undefined;
}

/** What makes two spellings of a task id one campaign: many file systems take `Spring` and `spring` for one folder. */
export function campaignKey(id: CampaignId): string {
  return id.toLowerCase();
}

/** Tells whether nobody chose the id, see {@link generatedCampaignId}. */
export function isGeneratedCampaignId(id: CampaignId): boolean {
  return /^task_\d{8}_\d{6}$/.test(id);
}

/**
 * Makes the task id for a campaign that was given none: `task_YYYYMMDD_HHMMSS`.
 * @param now ms since the epoch
 * @param timeZone IANA name, e.g. `Asia/Tehran`
 */
export function generatedCampaignId(now: number, timeZone: string): CampaignId {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(now);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `task_${part("year")}${part("month")}${part("day")}_${part("hour")}${part("minute")}${part("second")}`;
}
