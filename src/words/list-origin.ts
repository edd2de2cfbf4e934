import {
  LEADS,
  SUBSCRIBERS,
  audienceOfOrigin,
  campaignOfOrigin,
  isSubscribersOrigin,
} from "../domain/list-origin.ts";
import { shorten } from "./markup.ts";
import type { Words } from "./words.ts";

/** A list's origin as one says it: the file's name, that it was pasted, or whose people they are. */
export function originText(origin: string, words: Pick<Words, "plain">): string {
  if (origin === "pasted") return words.plain("list-pasted");
  if (origin === SUBSCRIBERS) return words.plain("list-subscribers");
  const name = audienceOfOrigin(origin);
  if (name !== undefined) return words.plain("list-audience", { name });
  if (isSubscribersOrigin(origin))
    return words.plain("list-subscribers-from", { source: origin.slice(SUBSCRIBERS.length + 1) });
  if (origin.startsWith(LEADS)) return words.plain("list-leads", { list: origin.slice(LEADS.length) });
  const id = campaignOfOrigin(origin);
  return id === undefined ? shorten(origin, 60) : words.plain("list-campaign", { id });
}
