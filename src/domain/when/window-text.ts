/**
 * Send windows as people type them, in English and in Persian: `mon-fri 9-18`, `sat, sun 10:00-14:00`, `quiet 22-8`,
 * «شنبه تا چهارشنبه ۹ تا ۱۸», «سکوت ۲۲ تا ۸». What could be meant in two ways is not guessed.
 */
import type { Hours } from "./send-window.ts";
import { DAY_MINUTES, complementOf, hoursOf, isAlwaysOpen, stretchesOf } from "./send-window.ts";
import { TIME, minutesOf } from "./time-text.ts";
import { DAY, folded, weekdayOf, whole } from "./typed-words.ts";
import type { Weekday } from "./wall-clock.ts";
import { weekdays } from "./wall-clock.ts";
import { timeZoneNamed, zoneIn } from "./zone-name.ts";

export type TypedWindow =
  /** Without a time zone: where the campaign is. */
  | { readonly kind: "window"; readonly hours: readonly Hours[]; readonly timeZone?: string }
  | { readonly kind: "always" }
  /** `text`: the part that it is about. `halfDay`: it could be the morning or the evening. */
  | {
      readonly kind: "problem";
      readonly problem: "notUnderstood" | "halfDay" | "noSuchTime" | "unknownZone";
      readonly text: string;
    }
  | { readonly kind: "problem"; readonly problem: "neverOpen" };

type Token =
  | { readonly kind: "day"; readonly day: Weekday }
  | { readonly kind: "days"; readonly days: readonly Weekday[] }
  | { readonly kind: "time"; readonly minutes: number; readonly isLoose: boolean; readonly text: string }
  | { readonly kind: "to" | "and" | "quiet" | "always" };

const words: readonly [string, (text: string) => Token | undefined][] = [
  ["always|any ?time|24/7|همیشه|هر (?:وقت|زمان|ساعتی)|شبانه ?روزی", () => ({ kind: "always" })],
  ["quiet(?: hours?)?|silent|except|not|(?:ساعت ?های )?سکوت|(?:به ?)?جز|غیر از", () => ({ kind: "quiet" })],
  ["daily|every ?day|all days|(?:هر|همه ?ی?) روز(?:ه|ها)?", () => ({ kind: "days", days: weekdays })],
  ["weekdays?", () => ({ kind: "days", days: [1, 2, 3, 4, 5] })],
  ["weekends?", () => ({ kind: "days", days: [6, 7] })],
  [DAY, (text) => dayToken(text)],
  ["to|till|until|through|تا|الی", () => ({ kind: "to" })],
  ["and|و", () => ({ kind: "and" })],
  ["from|at|on|between|only|hours?|o'?clock|از|ساعت(?: ?های)?|بین|روز(?: ?های)?|در|فقط", () => undefined],
];

const TIME_TOKEN = new RegExp(whole(TIME), "uy");

/** Reads a window. */
export function typedWindow(text: string): TypedWindow {
  const { rest, name } = zoneIn(text);
  const timeZone = name === undefined ? undefined : timeZoneNamed(name);
  if (name !== undefined && timeZone === undefined)
    return { kind: "problem", problem: "unknownZone", text: name };
  const tokens = tokensOf(folded(rest.replaceAll("\n", ", ").replaceAll(/[()]/g, " ")));
  if ("kind" in tokens) return tokens;
  if (tokens.length === 1 && tokens[0]?.kind === "always") return { kind: "always" };
  const isQuiet = tokens[0]?.kind === "quiet";
  const read = hoursIn(isQuiet ? tokens.slice(1) : tokens);
  if (!read) return { kind: "problem", problem: "notUnderstood", text: text.trim() };
  if ("kind" in read) return read;
  const hours = isQuiet ? complementOf(read) : hoursOf(stretchesOf(read));
  if (hours.length === 0) return { kind: "problem", problem: "neverOpen" };
  if (isAlwaysOpen(hours)) return { kind: "always" };
  return { kind: "window", hours, ...(timeZone === undefined ? {} : { timeZone }) };
}

type Problem = Extract<TypedWindow, { kind: "problem" }>;

function tokensOf(text: string): readonly Token[] | Problem {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const sign = /[\s:.]/.test(text.charAt(at)) ? "blank" : text.charAt(at);
    if (sign === "blank" || sign === "," || sign === "-") {
      if (sign !== "blank") tokens.push({ kind: sign === "," ? "and" : "to" });
      at += 1;
      continue;
    }
    const read = wordAt(text, at) ?? timeAt(text, at);
    if (!read) return { kind: "problem", problem: "notUnderstood", text: text.slice(at, at + 40) };
    if ("kind" in read) return read;
    if (read.token) tokens.push(read.token);
    at += read.length;
  }
  return tokens;
}

interface Read {
  readonly token: Token | undefined;
  readonly length: number;
}

function wordAt(text: string, at: number): Read | undefined {
  for (const [source, tokenOf] of words) {
    const pattern = new RegExp(whole(source), "uy");
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) return { token: tokenOf(found), length: found.length };
  }
  return undefined;
}

function timeAt(text: string, at: number): Read | Problem | undefined {
  TIME_TOKEN.lastIndex = at;
  const found = TIME_TOKEN.exec(text);
  if (!found) return undefined;
  const [said] = found;
  const minutes = minutesOf(found.groups ?? {});
  if (minutes === undefined) return { kind: "problem", problem: "noSuchTime", text: said };
  const isLoose = /^(?:[1-9]|1[0-2])$/.test(said);
  return { token: { kind: "time", minutes, isLoose, text: said }, length: said.length };
}

function dayToken(name: string): Token | undefined {
  const day = weekdayOf(name);
  return day && { kind: "day", day };
}

/** Days stand before their hours; hours without days are those of every day, and days without hours are whole. */
function hoursIn(tokens: readonly Token[]): readonly Hours[] | Problem | undefined {
  const hours: Hours[] = [];
  let days: readonly Weekday[] = [];
  let hasHours = false;
  for (let at = 0; at < tokens.length;) {
    const span = spanAt(tokens, at);
    if (!span) return undefined;
    if ("kind" in span) return span;
    at += span.length;
    if (span.days) {
      days = hasHours ? span.days : [...new Set([...days, ...span.days])];
      hasHours = false;
    } else if (span.hours) {
      hasHours = true;
      hours.push({ days: days.length > 0 ? inOrder(days) : weekdays, ...span.hours });
    }
  }
  if (!hasHours && days.length > 0) hours.push({ days: inOrder(days), from: 0, to: DAY_MINUTES });
  return hours.length > 0 ? hours : undefined;
}

function inOrder(days: readonly Weekday[]): readonly Weekday[] {
  return days.toSorted((a, b) => a - b);
}

interface Span {
  readonly length: number;
  readonly days?: readonly Weekday[];
  readonly hours?: { readonly from: number; readonly to: number };
}

function spanAt(tokens: readonly Token[], at: number): Span | Problem | undefined {
  const [first, to, last] = tokens.slice(at, at + 3);
  if (first?.kind === "and") return { length: 1 };
  if (first?.kind === "days") return { length: 1, days: first.days };
  if (first?.kind === "day")
    return to?.kind === "to" && last?.kind === "day"
      ? { length: 3, days: daysFrom(first.day, last.day) }
      : { length: 1, days: [first.day] };
  if (first?.kind !== "time" || (to?.kind !== "to" && to?.kind !== "and") || last?.kind !== "time")
    return undefined;
  const [from, end] = [first.minutes, last.minutes === 0 ? DAY_MINUTES : last.minutes];
  const text = `${first.text}-${last.text}`;
  if (from === DAY_MINUTES || from === end) return { kind: "problem", problem: "noSuchTime", text };
  if (end <= from && first.isLoose && last.isLoose) return { kind: "problem", problem: "halfDay", text };
  return { length: 3, hours: { from, to: end } };
}

function daysFrom(first: Weekday, last: Weekday): readonly Weekday[] {
  const from = weekdays.indexOf(first);
  const count = ((last - first + 7) % 7) + 1;
  return [...weekdays, ...weekdays].slice(from, from + count);
}
