import type { Words } from "./words.ts";

/** What is said of a campaign whose record can't be read. */
export function unreadableLine(id: string, words: Words): string {
  return words.say("campaign-unreadable", { id, command: "peyk doctor" });
}
