/** What a list's origin says of whose people they are; else it is the file's name, or "pasted". */
import type { CampaignId } from "./campaign.ts";

export const SUBSCRIBERS = "subscribers";
/** Of conditions on subscribers. */
export const MEETING = "subscribers@";
/** Of a list that was kept. */
export const AUDIENCE = "audience:";
export const LEADS = "leads:";
export const CAMPAIGN = "campaign:";

/** Tells whether a list's origin is the bot's own subscribers. */
export function isSubscribersOrigin(origin: string): boolean {
  return origin === SUBSCRIBERS || origin.startsWith(`${SUBSCRIBERS}:`) || origin.startsWith(MEETING);
}

/** The campaign whose people they were. */
export function campaignOfOrigin(origin: string): CampaignId | undefined {
  return origin.startsWith(CAMPAIGN) ? origin.slice(CAMPAIGN.length) : undefined;
}

/** The audience that they were. */
export function audienceOfOrigin(origin: string): string | undefined {
  const start = [MEETING, AUDIENCE].find((one) => origin.startsWith(one));
  return start && origin.slice(start.length);
}
