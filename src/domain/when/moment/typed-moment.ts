/**
 * Moments to come as people type them, in English and in Persian, by either calendar. What is over, what does not exist and
 * what could be meant in two ways is said, never guessed: two ways come back as choices.
 */
import type { WallClock } from "../wall-clock.ts";
import type { WrittenTime } from "./clock-text.ts";
import type { Days } from "./days-meant.ts";
import { daysMeant, momentsAt } from "./days-meant.ts";
import type { MomentChoice, MomentProblem, TypedMoment, Typing } from "./meaning.ts";
import type { MomentReading } from "./moment-reading.ts";
import { readMoment } from "./moment-reading.ts";

const DAY_MS = 86_400_000;
/** A moment further ahead is a slip in the year. */
const FURTHEST_MS = 2 * 366 * DAY_MS;
const DAY_MINUTES = 1440;

/** Reads a moment. */
export function typedMoment(text: string, typing: Typing): TypedMoment {
  const reading = readMoment(text);
  const timeZone = reading.timeZone ?? typing.timeZone;
  if (reading.unknownZone !== undefined)
    return { kind: "problem", problem: "unknownZone", text: reading.unknownZone, timeZone };
  const found = meaningOf(reading, { ...typing, timeZone }, typing.wallOf(timeZone));
  return found.kind === "problem" && found.problem === "notUnderstood"
    ? { ...found, text: reading.leftOver || text.trim() }
    : found;
}

type Found = TypedMoment;

function meaningOf(reading: MomentReading, typing: Typing, wall: WallClock): Found {
  const { timeZone, now } = typing;
  const problem = (what: MomentProblem): Found => ({ kind: "problem", problem: what, timeZone });
  const { spanMs, day, week, time, isNow, leftOver } = reading;
  if (reading.isNoTime) return problem("noSuchTime");
  if (leftOver !== "") return problem("notUnderstood");
  if (reading.isSpanOrClock) return spanOrClock(reading, typing, wall);
  const isRelative = isNow || spanMs !== undefined;
  if (isRelative && (day || week || time || (isNow && spanMs !== undefined))) return problem("notUnderstood");
  if (isNow) return { kind: "now", at: now, timeZone };
  if (spanMs !== undefined) return checked([now + spanMs], undefined, typing);
  const days = daysMeant(reading, typing, wall);
  if (typeof days === "string") return problem(days);
  if (time) return momentsOn({ days, time, reading }, typing, wall);
  // What is over is over whatever the time.
  if (days.isOver) return momentsOn({ days, time: { minutes: 0 }, reading }, typing, wall);
  return problem(day || week ? "noTime" : "notUnderstood");
}

function spanOrClock(reading: MomentReading, typing: Typing, wall: WallClock): Found {
  const clock = meaningOf({ ...reading, spanMs: undefined, isSpanOrClock: undefined }, typing, wall);
  const byClock = clock.kind === "choices" ? clock.moments : clock.kind === "moment" ? [clock.at] : [];
  return checked([typing.now + (reading.spanMs ?? 0), ...byClock], "clockOrSpan", typing);
}

interface Meant {
  readonly days: Days;
  readonly time: WrittenTime;
  readonly reading: MomentReading;
}

const HALF_DAY = DAY_MINUTES / 2;

function momentsOn({ days, time, reading }: Meant, typing: Typing, wall: WallClock): Found {
  const { offset } = reading;
  const { timeZone, now } = typing;
  const problem = (what: MomentProblem): Found => ({ kind: "problem", problem: what, timeZone });
  if (offset !== undefined) {
    const utc = days.days.flatMap((day) => momentsAt(day, time.minutes, typing.wallOf("UTC")));
    const moments = utc.map((at) => at - offset * 60_000);
    const fit = moments.filter(
      (at) =>
        reading.timeZone === undefined ||
        days.days.some((day) => momentsAt(day, time.minutes, wall).includes(at)),
    );
    return fit.length === 0 ? problem("otherOffset") : checked(fit, days.why, typing);
  }
  const on = (minutes: number): readonly (readonly number[])[] =>
    days.days.map((day) => momentsAt(day, minutes, wall));
  const moments = on(time.minutes);
  const canBe = days.why === "over" ? moments.flat().length > 0 : moments.every((both) => both.length > 0);
  if (!canBe) return problem("skipped");
  const isTwice = moments.some((both) => both.length > 1);
  const isPast = !days.isOver && moments.flat().every((at) => at <= now);
  // A dial shows it in the other half of the day as well; so may digits, when it is over in theirs.
  const isAsked = time.half === "spoken" || (time.half === "written" && (days.why === "over" || isPast));
  if (!isAsked) return checked(moments.flat(), days.why ?? (isTwice ? "twice" : undefined), typing);
  // Tomorrow is meant as the digits say; whoever means its evening says so.
  const evenings = on(time.minutes + HALF_DAY)
    .slice(0, days.why === "over" ? 1 : undefined)
    .flat();
  const why = time.half === "spoken" ? "halfDay" : "over";
  return checked([...moments.flat(), ...evenings], days.isOver ? undefined : why, typing);
}

/** Takes those that are to come; if none is, says so. */
function checked(all: readonly number[], why: MomentChoice | undefined, { now, timeZone }: Typing): Found {
  const at = all[0] ?? now;
  const ahead = all.filter((one) => one > now);
  if (ahead.length === 0) return { kind: "problem", problem: "past", at, timeZone };
  const near = ahead.filter((one) => one - now <= FURTHEST_MS).toSorted((a, b) => a - b);
  const [first, ...others] = near;
  if (first === undefined) return { kind: "problem", problem: "tooFar", at, timeZone };
  if (why === undefined || (others.length === 0 && why !== "over"))
    return { kind: "moment", at: first, timeZone };
  return { kind: "choices", why, moments: near, timeZone };
}
