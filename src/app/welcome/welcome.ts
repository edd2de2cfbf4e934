/** The welcome: a campaign that stands and writes once to each new subscriber. What can be asked of it, and what is answered. */
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import type { Counts } from "../../domain/recipient.ts";
import type { DraftExtras, MessageProblem } from "../drafts/draft.ts";

export interface WelcomeLook {
  readonly campaign: Campaign;
  readonly isOn: boolean;
  readonly counts: Counts;
}

export interface WelcomeRequest {
  readonly message: string;
  readonly extras?: DraftExtras;
  /** The word on consent: whoever joins pressed Start. */
  readonly statement: string;
  /** Telegram id of the operator, or the name of a program. */
  readonly by: string;
  readonly operatorId?: number;
}

export const welcomeProblems = ["exists", "noTelegram", "notNow"] as const;

export type WelcomeResult =
  /** `putBackFrom`: it waits for a word, because what was sent after the backup of that moment is not known, ms since the epoch. */
  | { readonly ok: true; readonly id: CampaignId; readonly putBackFrom?: number }
  | { readonly ok: false; readonly problem: (typeof welcomeProblems)[number] }
  | { readonly ok: false; readonly problem: "message"; readonly problems: readonly MessageProblem[] };

export const turnOutcomes = ["turned", "nothingToDo", "none"] as const;
export type Turned = (typeof turnOutcomes)[number];

export interface Welcome {
  /** The one there is; undefined when there is none, or it was cancelled. */
  look(): Promise<WelcomeLook | undefined>;
  /** Begins one; asked twice with the same text it is begun once. */
  begin(request: WelcomeRequest): Promise<WelcomeResult>;
  /**
   * Turned off nobody joins; turned on, whoever subscribes from then on.
   * @param wantedAt ms since the epoch: one that was turned after that stays; absent: it is wanted now
   */
  turn(isOn: boolean, wantedAt?: number): Promise<Turned>;
}

/** What has newcomers join. */
export interface Welcoming {
  /** Somebody may have come: all who are to join do so. Resolves when they have; what fails is told and tried again. */
  take(): Promise<void>;
  /** Begins to have newcomers join by itself: those who came while nobody looked first. */
  start(): void;
  /** Tells that somebody came. */
  notice(): void;
  stop(): Promise<void>;
}
