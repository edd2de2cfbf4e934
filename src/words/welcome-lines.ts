/** The welcome in words, as Telegram HTML. */
import type { WelcomeLook } from "../app/welcome/welcome.ts";
import { importedTotal } from "../domain/recipient.ts";
import type { Words } from "./words.ts";

/** How many came, and what became of them; they add up. */
export function welcomeCounts({ counts }: WelcomeLook, words: Words): string {
  const { sent, planned, claimed, uncertain } = counts;
  const total = importedTotal(counts);
  const waiting = planned + claimed;
  return words.say("welcome-counts", {
    total,
    sent,
    left: waiting,
    unknown: uncertain,
    skipped: total - sent - waiting - uncertain,
  });
}
