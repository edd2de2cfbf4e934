/** So long from now, as people write it: `in an hour and a half`, `2h`, `in 1.5 hours`, «یک ربع دیگر», «دو ساعت و نیم دیگر». */
import { NUMBER, numberOf } from "../number-words.ts";
import { whole } from "../typed-words.ts";
import type { Fragments, Taken } from "./fragments.ts";
import { AGO, LATER } from "./fragments.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MINUTES = "(?:minutes?|mins?|m|دقیقه)";
const HOURS = "(?:hours?|hrs?|h|ساعت)";
const MORE = "(?: and a half| و نیم| and a quarter| و (?:(?:یک|یه|1) )?ربع)";
const LENGTH = [
  `(?<hours>\\d{1,3}[.,٫]\\d{1,2}|${NUMBER})(?<and>${MORE})? ?${HOURS}(?<more>${MORE})?(?:(?: and| و)? ?(?<minutes>${NUMBER}) ?${MINUTES})?`,
  `(?<half>half(?: an?)?|نیم) ?${HOURS}`,
  `(?:(?<quarters>${NUMBER}) )?(?:quarters? (?:of )?(?:an )?hour|ربع(?: ساعت)?)`,
  `(?<only>${NUMBER}) ?${MINUTES}`,
].join("|");

/** Takes a length out of a text. @returns ms from now; below 0: it is over */
export function spanIn(parts: Fragments): number | undefined {
  const over = parts.take(whole(`(?:${LENGTH}) (?:${AGO})`));
  if (over) return -lengthOf(over);
  const found =
    parts.take(whole(`(?:in|after) (?:${LENGTH})(?: time| from now)?`)) ??
    parts.take(whole(`(?:تا )?(?:${LENGTH}) (?:${LATER})`)) ??
    parts.take(`^(?:${LENGTH})$`);
  return found && lengthOf(found);
}

/** `9h30` alone: so long from now, or at that time of day. */
export function lengthOrClockIn(text: string): number | undefined {
  const found = /^(\d{1,2})h([0-5]\d)$/.exec(text);
  return found ? (Number(found[1]) + Number(found[2]) / 60) * HOUR_MS : undefined;
}

function lengthOf({ all = "", hours, and, more, minutes, half, quarters, only }: Taken): number {
  if (half !== undefined) return HOUR_MS / 2;
  if (only !== undefined) return count(only) * MINUTE_MS;
  if (hours === undefined && /quarter|ربع/u.test(all)) return ((count(quarters) || 1) * HOUR_MS) / 4;
  const isDecimal = /[.,٫]/u.test(hours ?? "");
  const said = isDecimal ? Number(hours?.replace(/[,٫]/u, ".")) : count(hours);
  return (said + share(and) + share(more)) * HOUR_MS + count(minutes) * MINUTE_MS;
}

function count(text: string | undefined): number {
  return text === undefined ? 0 : numberOf(text);
}

/** What `and a half` or `and a quarter` adds, in hours. */
function share(text: string | undefined): number {
  if (text === undefined) return 0;
  return /half|نیم/u.test(text) ? 0.5 : 0.25;
}
