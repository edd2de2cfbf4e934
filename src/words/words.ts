/**
 * Every sentence that chat and pages say, in the language of the one who reads it. They live in locales/; here they meet
 * their variables: strings are escaped, numbers and dates take the digits and the calendar of the language.
 */
import type { Locale } from "./locale.ts";
import type { PlainWords } from "./plain-words.ts";
import type { Clock } from "../lib/clock.ts";
import type { Markup } from "./markup.ts";
import { createCalendar, durationIn, momentIn, onScale } from "./calendar.ts";
import { reasonText } from "./reason-text.ts";
import { code, escapeHtml, shorten } from "./markup.ts";
import { sentence } from "./sentences.ts";
import type { Reason } from "../domain/reasons/reason.ts";

/** Ids, names and other texts as strings; numbers only where they are to be read as quantities. */
export type SentenceVariables = Readonly<Record<string, string | number | Markup>>;

/** One language's words. */
export interface Words extends PlainWords {
  readonly locale: Locale;
  /** A sentence as Telegram HTML; string variables are escaped. */
  say(id: string, variables?: SentenceVariables): string;
  /** Several names in a row, each set as code; long ones and long rows are cut. */
  codes(texts: readonly string[]): Markup;
  /** A reason, in few words to stand within a sentence; where there is none, that none was given. */
  reason(why: Reason | undefined): string;
  /** A moment as one says it today: "today at 14:32", "tomorrow at 00:00", "22 November at 09:00". */
  moment(at: number): string;
  /** The day of a moment, with its year. */
  date(at: number): string;
  /** A moment with its day and year, for what is read on another day. */
  exactMoment(at: number): string;
  /** A moment on a scale of so many ms: as much of day and time as tells it from the one before. */
  onScale(at: number, scale: { readonly spanMs: number; readonly stepMs: number }): string;
  /** A length of time in its one or two biggest units. */
  duration(ms: number): string;
  /** A moment for a table: Latin digits, no marks, sorts as it reads. */
  timestamp(at: number): string;
}

/** The words of every language. */
export type Lexicon = Readonly<Record<Locale, Words>>;

interface WordParts {
  readonly clock: Clock;
  readonly timeZone: string;
}

/** Both languages, with the moments of a clock in a time zone. Saying something throws when its language's file is missing. */
export function createLexicon(parts: WordParts): Lexicon {
  return { en: createWords("en", parts), fa: createWords("fa", parts) };
}

function createWords(locale: Locale, { clock, timeZone }: WordParts): Words {
  const plain: Words["plain"] = (id, variables = {}) => sentence(locale, id, variables);
  const calendar = createCalendar(locale, timeZone);
  return {
    locale,
    plain,
    say: (id, variables = {}) => plain(id, escaped(variables)),
    codes: (texts) => ({ html: codeRow(texts, locale === "fa" ? "، " : ", ") }),
    reason: (why = "unsaid") => reasonText(why, { plain }),
    moment: (at) => momentIn(plain, calendar, at, clock.now()),
    date: (at) => calendar.dayWithYear(at),
    exactMoment: (at) => plain("moment-date", { date: calendar.dayWithYear(at), time: calendar.time(at) }),
    onScale: (at, scale) => onScale(calendar, at, scale),
    duration: (ms) => durationIn(plain, ms),
    timestamp: (at) => calendar.timestamp(at),
  };
}

function escaped(variables: SentenceVariables): Record<string, string | number> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, escapedValue(value)]));
}

function escapedValue(value: SentenceVariables[string]): string | number {
  if (typeof value === "object") return value.html;
  return typeof value === "string" ? escapeHtml(value) : value;
}

const MOST_IN_ROW = 20;
const LONGEST_IN_ROW = 40;

function codeRow(texts: readonly string[], separator: string): string {
  const row = texts.slice(0, MOST_IN_ROW).map((text) => code(shorten(text, LONGEST_IN_ROW)));
  return [...row, ...(texts.length > row.length ? ["…"] : [])].join(separator);
}
