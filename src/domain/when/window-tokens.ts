/** Send windows word by word: days, hours and what is said of them; the grammar is in window-text.ts. */
import { inDigits } from "./number-words.ts";
import { TIME, minutesOf } from "./time-text.ts";
import { DAY, folded, weekdayOf, whole } from "./typed-words.ts";
import type { Weekday } from "./wall-clock.ts";
import { weekdays } from "./wall-clock.ts";

export interface TimeToken {
  readonly kind: "time";
  readonly minutes: number;
  /** An hour of a dial without its half of the day. */
  readonly isLoose: boolean;
  readonly isAfternoon: boolean;
  readonly text: string;
}

export type Token =
  | { readonly kind: "day"; readonly day: Weekday }
  /** `except`: those that are none of these. */
  | { readonly kind: "days"; readonly days: readonly Weekday[] }
  | { readonly kind: "working"; readonly language: "en" | "fa"; readonly isWeekend: boolean }
  /** All days that were not named. */
  | { readonly kind: "others" | "wholeDay" | "to" | "and" | "comma" | "quiet" | "except" | "always" }
  | TimeToken;

export interface TokenProblem {
  readonly kind: "problem";
  readonly problem: "notUnderstood" | "noSuchTime";
  readonly text: string;
}

const words: readonly [string, (text: string) => Token | undefined][] = [
  [
    "always|any ?time|whenever|24/7|24 ?h(?:ours)?|(?:a)?round the clock|همیشه|هر (?:وقت|زمان|ساعتی)|شبانه ?روزی",
    () => ({ kind: "always" }),
  ],
  [
    "(?:quiet|silent|silence|sleep|mute)(?: hours?)?|closed|off|nothing|no messages|(?:do not|don'?t) (?:send|disturb)",
    () => ({ kind: "quiet" }),
  ],
  [
    "(?:ساعت ?(?:های)? )?سکوت|تعطیل(?: است| اند|ه|ند)?|بسته|خاموش|ساکت|نفرست(?:ید)?|ارسال نکن(?:ید)?",
    () => ({ kind: "quiet" }),
  ],
  ["except(?: for)?|excluding|but(?: not)?|not|no|never|without", () => ({ kind: "except" })],
  ["(?:به ?)?(?:جز|غیر از)|منهای|نه(?=$|,)", () => ({ kind: "except" })],
  ["all day(?: long)?|(?:تمام|کل|همه ?ی?) روز(?! ?(?:ه|ها)(?!\\p{L}))", () => ({ kind: "wholeDay" })],
  ["daily|every ?day|all days|(?:هر|همه ?ی?) ?روز(?: ?ه| ?ها)?", () => ({ kind: "days", days: weekdays })],
  [
    "(?:the )?(?:other|remaining) days|the rest|بقیه ?ی?(?: ?روز ?ها)?|(?:روز ?های )دیگر",
    () => ({ kind: "others" }),
  ],
  [
    "weekdays?|(?:work(?:ing)?|business) ?days?",
    () => ({ kind: "working", language: "en", isWeekend: false }),
  ],
  ["(?:روز ?های|ایام) (?:کاری|اداری)", () => ({ kind: "working", language: "fa", isWeekend: false })],
  ["weekends?", () => ({ kind: "working", language: "en", isWeekend: true })],
  ["(?:اخر|پایان) ?هفته(?: ?ها)?", () => ({ kind: "working", language: "fa", isWeekend: true })],
  ["روز ?های زوج", () => ({ kind: "days", days: [1, 3, 6] })],
  ["روز ?های فرد", () => ({ kind: "days", days: [2, 4, 7] })],
  [DAY, (text) => dayToken(text)],
  ["to|till|until|through|thru|تا|الی", () => ({ kind: "to" })],
  ["and|و", () => ({ kind: "and" })],
  ["noon|midday|ظهر", (text) => timeToken(text, 12 * 60)],
  ["midnight|نیمه ?شب", (text) => timeToken(text, 0)],
  [
    "from|at|on|between|only|every|each|hours?|o'?clock|از|ساعت(?: ?های)?|بین|هر|روز(?: ?های)?|در|فقط",
    () => undefined,
  ],
];

const TIME_TOKEN = new RegExp(whole(TIME), "uy");
const SIGNS: Readonly<Record<string, Token["kind"] & ("and" | "to" | "comma")>> = {
  ",": "comma",
  "-": "to",
  "/": "and",
  "&": "and",
  "+": "and",
};

/** Reads a text word by word. */
export function windowTokens(said: string): readonly Token[] | TokenProblem {
  const text = plain(said);
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const sign = SIGNS[text.charAt(at)];
    if (sign !== undefined || /[\s:.]/.test(text.charAt(at))) {
      if (sign !== undefined) tokens.push({ kind: sign });
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

/** Lines are parts of their own; hours in words, `9h30`, `0930` and «۹ و نیم» are written as `9:30`. */
function plain(said: string): string {
  const text = folded(said.replaceAll("\n", ", ").replaceAll(/[()]/g, " ")).replaceAll(
    /نه(?=$|,)/g,
    "\u0000",
  );
  return inDigits(text)
    .replaceAll("\u0000", "نه")
    .replaceAll(
      /(?<!\d)([01]?\d|2[0-4])h([0-5]\d)?(?![\p{L}\p{N}])/gu,
      (_, hour: string, minute = "00") => `${hour}:${minute}`,
    )
    .replaceAll(/(?<![\d:.])([01]\d|2[0-3])([0-5]\d)(?![\d:.])/g, "$1:$2")
    .replaceAll(/(?<![\d:])(\d{1,2}) و نیم(?!\p{L})/gu, "$1:30")
    .replaceAll(/(?<![\d:])(\d{1,2}) و ربع(?!\p{L})/gu, "$1:15");
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

function timeAt(text: string, at: number): Read | TokenProblem | undefined {
  TIME_TOKEN.lastIndex = at;
  const found = TIME_TOKEN.exec(text);
  if (!found) return undefined;
  const [said] = found;
  const minutes = minutesOf(found.groups ?? {});
  if (minutes === undefined) return { kind: "problem", problem: "noSuchTime", text: said };
  return { token: timeToken(said, minutes), length: said.length };
}

function timeToken(text: string, minutes: number): TimeToken {
  const isLoose = /^(?:[1-9]|1[0-2])$/.test(text);
  return { kind: "time", minutes, isLoose, isAfternoon: /\p{L}/u.test(text) && minutes > 12 * 60, text };
}

function dayToken(name: string): Token | undefined {
  const day = weekdayOf(name);
  return day && { kind: "day", day };
}
