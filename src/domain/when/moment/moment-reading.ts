/**
 * What a text says of a moment, part by part: each kind of part is looked for and taken out, and what is left over was not
 * understood. Nothing is made of the parts here; see typed-moment.ts.
 */
import { folded, whole } from "../typed-words.ts";
import { zoneIn } from "../zone-name.ts";
import type { WrittenTime } from "./clock-text.ts";
import { timeIn } from "./clock-text.ts";
import type { WrittenDay, WrittenWeekday } from "./day-text.ts";
import { dayIn, weekdayIn } from "./day-text.ts";
import { Fragments } from "./fragments.ts";
import { lengthOrClockIn, spanIn } from "./span-text.ts";

/** All that a text says. */
export interface MomentReading {
  readonly isNow: boolean;
  /** So long from now, in ms; below 0: it is over. */
  readonly spanMs?: number | undefined;
  /** The same text is also a time of day. */
  readonly isSpanOrClock?: true | undefined;
  readonly day?: WrittenDay;
  readonly week?: WrittenWeekday;
  readonly time?: WrittenTime;
  /** It names an hour that there is not. */
  readonly isNoTime: boolean;
  /** IANA name. */
  readonly timeZone?: string;
  readonly unknownZone?: string;
  /** Minutes from UTC. */
  readonly offset?: number;
  /** What was not understood; empty: all was. */
  readonly leftOver: string;
}

const NOW =
  "(?:right )?now|immediately|right away|straight away|at once|asap|(?:همین )?(?:الان|حالا|لحظه)|هم ?اکنون|اکنون|فورا|فوری|بلافاصله";
const FILLER =
  /(?<![\p{L}\p{N}])(?:at|on|the|of|by|this|in|start|date|sharp|exactly|please|ساعت|در|روز|راس|سر|دقیقا|و|به|وقت|تاریخ|از|این|سال|لطفا)(?![\p{L}\p{N}])/gu;

/** Reads a text for whatever it says of a moment. */
export function readMoment(text: string): MomentReading {
  const { rest, timeZone, unknown } = zoneIn(text);
  const said = folded(rest)
    .replaceAll(/[()[\]]/g, " ")
    .replaceAll(/(?<=ساعت \d{1,2})\/(?=\d\d(?!\d))/gu, ":");
  const parts = new Fragments(said);
  const offset = offsetIn(parts);
  parts.rest = parts.rest.replaceAll(/(?<=\d)t(?=\d\d:)/g, " ").trim();
  const either = lengthOrClockIn(parts.rest);
  const spanMs = either ?? spanIn(parts);
  const isNow = parts.take(whole(NOW)) !== undefined;
  const day = dayIn(parts);
  const week = weekdayIn(parts);
  const time = timeIn(parts, day?.isNight ?? false);
  return {
    isNow,
    ...(spanMs === undefined ? {} : { spanMs }),
    ...(either === undefined ? {} : { isSpanOrClock: true }),
    ...(day ? { day: day.written } : {}),
    ...(week ? { week } : {}),
    ...(typeof time === "object" ? { time } : {}),
    isNoTime: time === "none",
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(unknown === undefined ? {} : { unknownZone: unknown }),
    ...(offset === undefined ? {} : { offset }),
    leftOver: leftOver(parts.rest),
  };
}

/** A dash between parts says nothing; one before a digit may say "until". */
function leftOver(rest: string): string {
  return rest
    .replaceAll(FILLER, " ")
    .replaceAll(/[\s,.:@]+/g, " ")
    .replaceAll(/(?<=^| )-(?= |$)/g, " ")
    .trim();
}

/** `UTC+3`; `+03:30` after a time; `-05:00` only as in ISO 8601: elsewhere it may be the end of a stretch of time. */
function offsetIn(parts: Fragments): number | undefined {
  const length = "(?<hours>\\d{1,2})(?::?(?<minutes>\\d{2}))?(?!\\d)";
  const found =
    parts.take(`(?:utc|gmt) ?(?<sign>[+-])${length}`) ??
    parts.take(`(?<=\\d:\\d\\d(?:[:.]\\d+)*) ?(?<sign>[+])${length}`) ??
    parts.take(`(?<=\\dt\\d\\d:\\d\\d(?:[:.]\\d+)*)(?<sign>-)${length}`) ??
    parts.take("(?<=\\d:\\d\\d(?:[:.]\\d+)*)(?<zulu>z)(?![\\p{L}\\p{N}])");
  if (!found) return undefined;
  if (found["zulu"] !== undefined) return 0;
  const minutes = Number(found["hours"]) * 60 + Number(found["minutes"] ?? 0);
  return found["sign"] === "-" ? -minutes : minutes;
}
