/** Audiences and tags as operators handle them: what can be asked, and what is answered. */
import type { Audience, Conditions } from "../../domain/people/audience.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import type { InvalidReason } from "../../domain/people/username.ts";
import type { Keeping, TagCount } from "../../storage/ports/audiences.ts";

export type { TagCount } from "../../storage/ports/audiences.ts";

/** Who is meant now: how many, and some of their names. */
export interface Meant {
  readonly count: number;
  readonly names: readonly string[];
}

export interface AudienceLook extends Meant {
  readonly audience: Audience;
}

/** What conditions can be made of now, each with how many subscribers it alone would leave. */
export interface ConditionChoices {
  readonly count: number;
  readonly sources: readonly Counted[];
  readonly languages: readonly Counted[];
  readonly tags: readonly Counted[];
  /** Those that went to subscribers, the newest first. */
  readonly campaigns: readonly CampaignId[];
}

export interface Counted {
  readonly value: string;
  readonly count: number;
}

/** The part that only looks. */
export interface AudiencesLook {
  /** By name. */
  all(): Promise<readonly Audience[]>;
  /** The audience of a name with who is meant by it now; undefined when there is none. */
  look(name: string): Promise<AudienceLook | undefined>;
  /** Who would be meant by conditions. */
  meeting(conditions: Conditions): Promise<Meant>;
  choices(): Promise<ConditionChoices>;
  /** Every tag, the most used first. */
  tags(): Promise<readonly TagCount[]>;
}

/** A list to be kept: one that is stored on its way to a campaign and stays there, or rows as they are. */
export type ListGiven =
  | { readonly listId: string }
  | { readonly columns: readonly string[]; readonly rows: readonly (readonly [string, ...string[]])[] };

export interface KeepRequest {
  readonly name: string;
  readonly list: ListGiven;
  /** As in a list's report. */
  readonly origin: string;
  /** Absent: the list's own id. */
  readonly ask?: string;
}

/** Whom a tag is put on: these names, in any usual spelling, or everybody of an audience. */
export type Whom = { readonly names: readonly string[] } | { readonly audience: string };

export const keepProblems = ["badName", "noList"] as const;
export const tagProblems = ["badTag", "noAudience"] as const;

export type TagResult =
  | {
      readonly ok: true;
      readonly changed: number;
      /** Had it already, or did not have it. */
      readonly unchanged: number;
      readonly invalid: readonly { readonly text: string; readonly reason: InvalidReason }[];
    }
  | { readonly ok: false; readonly problem: (typeof tagProblems)[number] };

export type KeepResult = Keeping | (typeof keepProblems)[number];

export interface Audiences extends AudiencesLook {
  keep(request: KeepRequest): Promise<KeepResult>;
  define(request: {
    readonly name: string;
    readonly conditions: Conditions;
    readonly ask: string;
  }): Promise<Keeping | "badName">;
  rename(from: string, to: string): Promise<"renamed" | "gone" | "taken" | "badName">;
  /** @param wantedAt One that was kept after this moment stays; absent: it is wanted now */
  remove(name: string, wantedAt?: number): Promise<boolean>;
  tag(tag: string, whom: Whom): Promise<TagResult>;
  /** @param wantedAt Whoever got it after this moment keeps it; absent: it is wanted now */
  untag(tag: string, whom: Whom, wantedAt?: number): Promise<TagResult>;
}
