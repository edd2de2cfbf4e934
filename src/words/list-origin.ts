import { shorten } from "./markup.ts";
import type { Words } from "./words.ts";

const SUBSCRIBERS = "subscribers";
const MEETING = "subscribers@";
const AUDIENCE = "audience:";
const LEADS = "leads:";
const CAMPAIGN = "campaign:";

/** Tells whether a list's origin is the bot's own subscribers. */
export function isSubscribersOrigin(origin: string): boolean {
  return origin === SUBSCRIBERS || origin.startsWith(`${SUBSCRIBERS}:`) || origin.startsWith(MEETING);
}

/** A list's origin as one says it: the file's name, that it was pasted, or whose people they are. */
export function originText(origin: string, words: Pick<Words, "plain">): string {
  if (origin === "pasted") return words.plain("list-pasted");
  if (origin === SUBSCRIBERS) return words.plain("list-subscribers");
  for (const start of [MEETING, AUDIENCE])
    if (origin.startsWith(start)) return words.plain("list-audience", { name: origin.slice(start.length) });
  if (isSubscribersOrigin(origin))
    return words.plain("list-subscribers-from", { source: origin.slice(SUBSCRIBERS.length + 1) });
  if (origin.startsWith(LEADS)) return words.plain("list-leads", { list: origin.slice(LEADS.length) });
  if (origin.startsWith(CAMPAIGN)) return words.plain("list-campaign", { id: origin.slice(CAMPAIGN.length) });
  return shorten(origin, 60);
}
