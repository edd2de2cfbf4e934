import { typed } from "../../words/markup.ts";

/** Larger than any platform's own limit; a typing slip beyond it is asked about. */
export const MOST_A_DAY = 1_000_000;

/** A daily limit as somebody typed it, in any digits; undefined when it is none. */
export function dailyLimitTyped(text: string): number | undefined {
  const digits = typed(text).replaceAll(/[\s,٬']/g, "");
  if (!/^\d{1,7}$/.test(digits)) return undefined;
  const limit = Number(digits);
  return limit >= 1 && limit <= MOST_A_DAY ? limit : undefined;
}
