/** What the command line needs from outside of it; `src/peyk-cli.ts` gives the real thing, tests what they like. */
import type { About, DeedEnd } from "../domain/history/entry.ts";
import type { TakenOutDeed } from "../app/history/taking-out.ts";
import type { ChangeResult } from "../app/campaigns/changing.ts";
import type { AmendResult, Amending, AmendingView, AmendmentRequest } from "../app/amending/amending.ts";
import type { App } from "../app/app.ts";
import type { DraftExtras } from "../app/drafts/draft-extras.ts";
import type { Deed, DeedName, DeedResults } from "../app/deeds.ts";
import type { DecisionOnAll, ResolvedAll } from "../app/campaigns/resolve-all.ts";
import type { CampaignId } from "../domain/campaign.ts";
import type { Counts } from "../domain/recipient.ts";
import type { Look } from "../app/look.ts";
import type { Planner } from "../app/drafts/planner.ts";
import type { DoctorReport } from "../app/health/finding.ts";
import type { ServedPart, ServingEnd, ServingNews } from "../app/serving.ts";
import type { Comparison, LoopStatus, RoundReport, SyncEvent } from "../app/sync-control.ts";
import type { Clock } from "../lib/clock.ts";
import type { MadeFile } from "../lib/files/made-file.ts";
import type { Words } from "../words/words.ts";

export interface ProgramParts {
  readonly clock: Clock;
  /** Of the person at the keyboard. */
  readonly words: Words;
  readonly out: TextSink;
  readonly err: TextSink;
  /** Fires when the person at the keyboard or the system asks the program to stop. */
  readonly interrupted: AbortSignal;
  /**
   * Opens what is in the data folder.
   * @throws {Error} with one line a problem, for people: a wrong setting, a folder that is in use
   */
  open(request: OpenRequest): Promise<OpenPeyk>;
  /** Decides on uncertain recipients, here or, where a Peyk is at work, through it. */
  decide(request: DecisionRequest): Promise<Decided | NotDecided>;
  /** Changes the text of a campaign, here or, where a Peyk is at work, through it. */
  change(request: TextRequest): Promise<Changed | NotDecided>;
  /** Takes back or mends, here or, where a Peyk is at work, through it; resolves when it runs no more. */
  amend(request: AmendRequest, onProgress: (view: AmendingView) => void): Promise<Amended | NotDecided>;
  /** Asks whoever sits there, and answers what was typed; absent: nobody can be asked. */
  readonly ask?: (question: string) => Promise<string>;
  /** Does it, here or, where a Peyk is at work, through it. */
  perform<Name extends DeedName>(deed: Deed<Name>): Promise<Done<Name> | NotDecided>;
  /** Writes down that data is taken out, here or, where a Peyk is at work, through it. */
  readonly takingOut: {
    begun(deed: TakenOutDeed, about: About): Promise<Done<"beginTakingOut"> | NotDecided>;
    ended(of: number, end: Exclude<DeedEnd, "refused">): Promise<Done<"endTakingOut"> | NotDecided>;
  };
  /**
   * Opens what can be looked at, also beside a running Peyk; nothing can be decided on through it.
   * @throws {Error} with one line a problem: a wrong setting
   */
  look(): Promise<LookedAt>;
  /**
   * Opens what a plan is made of, also beside a running Peyk; nothing can be started through it.
   * @throws {Error} with one line a problem: a wrong setting
   */
  plan(): Promise<Planned>;
  /** The messages that were saved under a name in the chat; also beside a running Peyk. */
  savedTexts(): Promise<readonly SavedText[]>;
  /** Looks at everything on disk without changing it, or at everything in a backup. @param backup Its file */
  examine(backup?: string): Promise<DoctorReport>;
  /** How many are still to be taken out of all that is kept. */
  erasuresWaiting(): Promise<number>;
  /** Puts everything that is kept into one file, also beside a running Peyk. */
  backup(): Promise<MadeFile>;
  /** Puts a backup into the data folder, which must be empty. @throws {TroubledError} when it can't be */
  restore(file?: string): Promise<Restoring>;
  /**
   * Moves everything between the data folder and the database, or gives such a move up.
   * @throws {TroubledError} when it can't be begun, or when both sides differ
   */
  move(way: MoveWay, tell: (progress: MoveProgress) => void): Promise<MovedHouse>;
  /**
   * Serves that part until the program is interrupted.
   * @throws {Error} with one line a problem: a wrong setting, no database that others share
   */
  serve(part: ServedPart, tell: (news: ServingNews) => void): Promise<ServingEnd>;
  /** The SQL that makes the tables of the copy in PostgreSQL. */
  syncSql(): Promise<string>;
  /**
   * Prepares the copy in PostgreSQL, also beside a running Peyk.
   * @throws {Error} with one line a problem: a wrong setting, no database
   */
  openSync(tell: (event: SyncEvent) => void): Promise<OpenSync>;
}

/** Where to, or that a move which was stopped is given up. */
export type MoveWay = "toDatabase" | "toFiles" | "giveUp";

/** How far a move is. */
export type MoveProgress =
  | { readonly kind: "piece"; readonly piece: string; readonly nth: number; readonly of: number }
  /** So many names of a piece are there. */
  | { readonly kind: "names"; readonly piece: string; readonly done: number; readonly names: number }
  /** A campaign of so many names was read on one of the sides. */
  | { readonly kind: "checked"; readonly names: number }
  /** The side that everything came from is closed. */
  | { readonly kind: "closed" };

/** How a move ended. */
export type MovedHouse = {
  /** The data folder. */
  readonly path: string;
} & (
  | {
      readonly kind: "moved";
      /** The same on both sides. */
      readonly campaigns: number;
      readonly counts: Counts;
      readonly doNotSend: number;
      readonly subscribers: number;
      readonly leadLists: number;
    }
  /** `openIn`: where everything is. */
  | { readonly kind: "givenUp"; readonly openIn: "folder" | "database" }
);

/** What a backup came to when it was put back. */
export interface Restoring {
  /** The data folder; absent where it is a database. */
  readonly path?: string;
  /** When it was made, ms since the epoch. */
  readonly madeAt: number;
  readonly campaigns: number;
  /** Campaigns that wait for a person's word. */
  readonly paused: number;
  /** Collections that were under way and are paused. */
  readonly collections: number;
}

/** A message with what goes with it; a file is not kept. */
export interface SavedText {
  readonly name: string;
  readonly message: string;
  readonly extras: Omit<DraftExtras, "attachment">;
  /** Who saved it, as they call themselves. */
  readonly by: string;
  /** ms since the epoch */
  readonly at: number;
}

export interface TextSink {
  write(text: string): void;
  /** Takes a piece of a file, bytes as they are; resolves when there is room for the next. Absent: as text. */
  pour?(piece: string | Uint8Array): Promise<void>;
  /** Columns of the terminal behind it; absent where it is none. */
  readonly columns?: number;
  /** That terminal sets right-to-left text and knows the marks that keep a name apart in it. */
  readonly isBidirectional?: boolean;
}

export interface OpenRequest {
  /**
   * `decide`: campaigns can be decided on. `send`: one can be started as well, and what the accounts used up is counted;
   * none is started by itself. `reply`: as `decide`, and one person can be written to. `collect`: as `decide`, and what is
   * asked for is collected here unless another process does.
   */
  readonly purpose: "decide" | "send" | "reply" | "collect";
  /** Sends in flight at most. */
  readonly concurrency?: number;
}

export interface OpenSync {
  /** Of the settings. */
  readonly defaultIntervalS: number;
  /** Copies everything that changed. */
  once(signal: AbortSignal): Promise<RoundReport>;
  /** Copies again and again until the signal fires. */
  watch(intervalMs: number, signal: AbortSignal): Promise<LoopStatus>;
  compare(): Promise<Comparison>;
}

export interface DecisionRequest extends DecisionOnAll {
  readonly campaignId: CampaignId;
}

/** Another text for those of a campaign who are still to be written to. */
export interface TextRequest {
  readonly campaignId: CampaignId;
  readonly text: string;
  /** In other languages; those that are not named stay as they are. */
  readonly translations?: readonly { readonly language: string; readonly message: string }[];
  /** Formatting, file and buttons of the campaign stay as they are; absent: the text is plain and alone. */
  readonly keepsExtras?: true;
  /** The revision as it was looked at: done late, it undoes no change that came after it. */
  readonly revision?: number;
  /** The name of the login or program. */
  readonly by: string;
}

export interface Changed {
  readonly result: ChangeResult;
  /** As in {@link Decided}. */
  readonly byProcess?: number;
}

/** Messages to be taken back or mended. */
export interface AmendRequest extends Omit<AmendmentRequest, "goesOn"> {
  readonly campaignId: CampaignId;
}

export interface Amended {
  readonly result: AmendResult;
  /** How it stood at last; present exactly where it was begun. Running: whoever waited was interrupted. */
  readonly view?: AmendingView;
  /** As in {@link Decided}. */
  readonly byProcess?: number;
}

export interface Done<Name extends DeedName> {
  readonly result: DeedResults[Name];
  /** As in {@link Decided}. */
  readonly byProcess?: number;
}

export interface Decided extends ResolvedAll {
  /** Id of the process at work that did it; absent: it was done here. */
  readonly byProcess?: number;
}

/**
 * What the Peyk at work did not do. `sends-another`: it sends one campaign only, and sending again would begin this one.
 * `other-version`: it did not understand. `silent`: it did not answer, and the request was taken back. `unanswered`: it has
 * the request, and may decide yet.
 */
export interface NotDecided {
  readonly problem: "sends-another" | "other-version" | "silent" | "unanswered";
  readonly byProcess: number;
}

/** What is open for as long as a command takes. */
interface Opened<A> {
  readonly app: A;
  readonly words: Words;
  /** Writes a file that was asked for where such files lie unless somebody names a place; answers its path. */
  keep(this: void, file: MadeFile): Promise<string>;
  /** Stops in order and lets go of what it had. */
  close(): Promise<void>;
}

/** What a plan is made of. */
export type Planned = Opened<Planner & Pick<Amending, "planAmendment">>;

/** What can be looked at. */
export type LookedAt = Opened<Look>;

/** What owns the data folder. */
export type OpenPeyk = Opened<App>;

/** Exit codes. */
export const DONE = 0;
export const FAILED = 1;
export const UNFINISHED = 3;
