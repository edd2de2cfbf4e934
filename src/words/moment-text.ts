import type { Words } from "./words.ts";

/** A moment in a line of the terminal, in its time zone and calendar: `2026-03-21 09:30`, «۱ فروردین ۱۴۰۵ ساعت ۰۹:۳۰». */
export function momentText(at: number, words: Pick<Words, "locale" | "timestamp" | "exactMoment">): string {
  if (words.locale === "fa") return words.exactMoment(at);
  return words.timestamp(at).slice(0, "2026-03-21 09:30".length);
}
