import type { CampaignSettings } from "./settings/settings.ts";

/** Fields of a campaign that may get another value at any time; whoever has the message already is not touched by them. */
export type Setting = "accounts" | "notWithinDays" | keyof CampaignSettings;

/** What a change touched: the message with what goes with it, the people, their values, or a setting. */
export type ChangedPart = "message" | "names" | "values" | Setting;

/** One change of a campaign. */
export interface Revision {
  /** The campaign's revision from which on it counts: the same as before where people get nothing else by it. */
  readonly number: number;
  /** ms since the epoch */
  readonly at: number;
  /** Telegram id of the operator, or the name of the program or login whose change it is. */
  readonly by: string;
  readonly what: readonly ChangedPart[];
}

/** Revisions as people count them: the first text is number 1, and claims of it carry none. */
export function revisionNumber(revision: number | undefined): number {
  return (revision ?? 0) + 1;
}
