/**
 * Send windows as people type them, in English and in Persian: `mon-fri 9-18`, `fridays off`, `quiet 22-8`,
 * «روزهای کاری ۹ تا ۱۷», «جمعه‌ها تعطیل». What could be meant in two ways is not guessed.
 */
import type { Hours } from "./send-window.ts";
import { DAY_MINUTES, complementOf, hoursOf, isAlwaysOpen, stretchesOf } from "./send-window.ts";
import type { Weekday } from "./wall-clock.ts";
import { weekdays } from "./wall-clock.ts";
import type { ClauseProblem, Part } from "./window-clauses.ts";
import { clausesOf } from "./window-clauses.ts";
import type { TimeToken, Token, TokenProblem } from "./window-tokens.ts";
import { windowTokens } from "./window-tokens.ts";
import { workingDaysIn } from "./working-days.ts";
import { zoneIn } from "./zone-name.ts";

export type TypedWindow =
  | {
      readonly kind: "window";
      readonly hours: readonly Hours[];
      /** Absent: where the campaign is. */
      readonly timeZone?: string;
      /** What was taken as the working days, when the text speaks of them or of weekends. */
      readonly workingDays?: readonly Weekday[];
    }
  | { readonly kind: "always" }
  /** `text`: the part that it is about. `halfDay`: it could be the morning or the evening. */
  | {
      readonly kind: "problem";
      readonly problem: ClauseProblem | TokenProblem["problem"] | "halfDay" | "unknownZone";
      readonly text: string;
    }
  | { readonly kind: "problem"; readonly problem: "neverOpen" };

type Problem = Extract<TypedWindow, { kind: "problem" }>;

/** Reads a window. @param usualZone IANA name: where it is meant when it names no time zone */
export function typedWindow(text: string, usualZone: string): TypedWindow {
  const { rest, timeZone, unknown } = zoneIn(text);
  if (unknown !== undefined) return { kind: "problem", problem: "unknownZone", text: unknown };
  const tokens = windowTokens(rest);
  if ("kind" in tokens) return tokens;
  if (tokens.length === 1 && (tokens[0]?.kind === "always" || tokens[0]?.kind === "wholeDay"))
    return { kind: "always" };
  const workingDays = workingDaysOf(tokens, timeZone ?? usualZone);
  const parts = partsOf(tokens, workingDays ?? []);
  if ("kind" in parts)
    return parts.problem === "notUnderstood" ? { ...parts, text: parts.text || text.trim() } : parts;
  const clauses = parts.length === 0 ? "notUnderstood" : clausesOf(parts);
  if (typeof clauses === "string") return { kind: "problem", problem: clauses, text: text.trim() };
  const hours = without(clauses.open, clauses.closed);
  if (hours.length === 0) return { kind: "problem", problem: "neverOpen" };
  if (isAlwaysOpen(hours)) return { kind: "always" };
  return {
    kind: "window",
    hours,
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(workingDays ? { workingDays } : {}),
  };
}

function workingDaysOf(tokens: readonly Token[], timeZone: string): readonly Weekday[] | undefined {
  for (const token of tokens) if (token.kind === "working") return workingDaysIn(timeZone, token.language);
  return undefined;
}

/** Open is what is neither out of the open hours nor in the closed ones. */
function without(open: readonly Hours[], closed: readonly Hours[]): readonly Hours[] {
  if (closed.length === 0) return hoursOf(stretchesOf(open));
  const shut = [...(isAlwaysOpen(open) ? [] : complementOf(open)), ...closed];
  return isAlwaysOpen(shut) ? [] : complementOf(shut);
}

function partsOf(tokens: readonly Token[], workingDays: readonly Weekday[]): readonly Part[] | Problem {
  const parts: Part[] = [];
  for (let at = 0; at < tokens.length;) {
    const read = partAt(tokens, at, workingDays);
    if ("kind" in read) return read;
    if (read.part) parts.push(read.part);
    at += read.length;
  }
  return parts;
}

interface Read {
  readonly length: number;
  readonly part?: Part;
}

function partAt(tokens: readonly Token[], at: number, workingDays: readonly Weekday[]): Read | Problem {
  const [first, to, last] = tokens.slice(at, at + 3);
  switch (first?.kind) {
    case "and":
      return { length: 1 };
    case "days":
      return one({ kind: "days", days: first.days });
    case "working":
      return one({
        kind: "days",
        days: first.isWeekend ? weekdays.filter((day) => !workingDays.includes(day)) : workingDays,
      });
    case "day":
      return to?.kind === "to" && last?.kind === "day"
        ? { length: 3, part: { kind: "days", days: daysFrom(first.day, last.day) } }
        : one({ kind: "days", days: [first.day] });
    case "wholeDay":
      return one({ kind: "hours", hours: { from: 0, to: DAY_MINUTES } });
    case "others":
    case "comma":
    case "quiet":
    case "except":
      return one({ kind: first.kind });
    case "time":
      return (to?.kind === "to" || to?.kind === "and") && last?.kind === "time"
        ? hoursAt(first, last)
        : notUnderstood(first.text);
    case "to":
    case "always":
    case undefined:
      return notUnderstood("");
  }
}

function notUnderstood(text: string): Problem {
  return { kind: "problem", problem: "notUnderstood", text };
}

function one(part: Part): Read {
  return { length: 1, part };
}

function hoursAt(first: TimeToken, last: TimeToken): Read | Problem {
  const [from, to] = [first.minutes, last.minutes === 0 ? DAY_MINUTES : last.minutes];
  const text = `${first.text}-${last.text}`;
  if (from === DAY_MINUTES || from === to) return { kind: "problem", problem: "noSuchTime", text };
  // `9-6`; and `8-10pm`, which may begin in the morning as well.
  const isEither = last.isLoose ? to <= from : last.isAfternoon && from % (12 * 60) < to - 12 * 60;
  if (first.isLoose && isEither) return { kind: "problem", problem: "halfDay", text };
  return { length: 3, part: { kind: "hours", hours: { from, to } } };
}

function daysFrom(first: Weekday, last: Weekday): readonly Weekday[] {
  const from = weekdays.indexOf(first);
  const count = ((last - first + 7) % 7) + 1;
  return [...weekdays, ...weekdays].slice(from, from + count);
}
