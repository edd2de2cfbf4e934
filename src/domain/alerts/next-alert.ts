/**
 * Whether somebody is told of a stop now, later or not at all. Pure: it follows from the stop, from what that person was
 * told and from the moment, so it is the same before and after a restart.
 *
 * A stop is told once. One that waits for a person is told again after an hour and then every day. One that ends by itself
 * within minutes is none, and of one that comes again and again it is said once an hour, unless somebody let it go on in
 * between. A colleague's pause is told to the others. At night, where somebody wants it quiet, all of it waits for the morning.
 */
import type { WindowAt } from "../when/send-window.ts";
import type { Stop } from "./stop.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A stop that ends by itself sooner is nothing to be told of, ms. */
export const SHORT_STOP_MS = 2 * MINUTE;
/** From the first word to the first reminder; between two words on stops of one kind, ms. */
export const FIRST_REMINDER_MS = HOUR;
/** From one reminder to the next, ms. */
export const NEXT_REMINDER_MS = DAY;

/** What one person was told of one campaign last. */
export interface Told {
  readonly key: string;
  readonly kind: string;
  /** How often it was told: once, and its reminders. */
  readonly times: number;
  /** ms since the epoch */
  readonly at: number;
  /** When it was told of stops of other kinds within the last hour, ms since the epoch. */
  readonly others?: Readonly<Record<string, number>> | undefined;
}

export interface Hearer {
  /** As records name them. */
  readonly id: string;
  readonly told?: Told | undefined;
  /** When nothing is told: open during the quiet hours; absent: never. */
  readonly quiet?: WindowAt | undefined;
}

export type NextAlert =
  /** `times`: which time this is, from 1. */
  | { readonly kind: "tell"; readonly times: number }
  | { readonly kind: "wait"; readonly until: number }
  /** Nothing is to be told unless something changes. */
  | { readonly kind: "none" };

const none: NextAlert = { kind: "none" };

/** Decides what a person is told of a stop. @param now ms since the epoch */
export function nextAlert(stop: Stop | undefined, { id, told, quiet }: Hearer, now: number): NextAlert {
  if (!stop || isNothingFor(stop, id)) return none;
  const isKnown = told?.key === stop.key;
  if (isKnown && stop.ends.by !== "person") return none;
  const due = dueAt(stop, told);
  if (due > now) return { kind: "wait", until: due };
  const night = quiet?.(now);
  if (night?.isOpen) return night.until === Infinity ? none : { kind: "wait", until: night.until };
  return { kind: "tell", times: isKnown ? told.times + 1 : 1 };
}

function isNothingFor({ ends, since }: Stop, id: string): boolean {
  switch (ends.by) {
    case "person":
      return false;
    case "itself":
      return ends.until - since < SHORT_STOP_MS;
    case "theirs":
      return ends.who === undefined || ends.who === id;
  }
}

function dueAt({ key, kind, ends, letGoOnAt = 0 }: Stop, told: Told | undefined): number {
  if (!told) return 0;
  if (told.key === key) return told.at + (told.times === 1 ? FIRST_REMINDER_MS : NEXT_REMINDER_MS);
  if (ends.by === "theirs") return 0;
  const last = told.kind === kind ? told.at : told.others?.[kind];
  // Where it did not come again by itself, somebody heard of it, let it go on, and is to hear what came of that.
  return last === undefined || letGoOnAt >= last ? 0 : last + FIRST_REMINDER_MS;
}

/** What is known once somebody was told of a stop; what is older than an hour binds nothing and is left out. */
export function toldNow(
  { key, kind }: Stop,
  before: Told | undefined,
  { times, at }: Pick<Told, "times" | "at">,
): Told {
  const known = { ...before?.others, ...(before ? { [before.kind]: before.at } : {}) };
  const others = Object.entries(known).filter(
    ([other, moment]) => other !== kind && at - moment < FIRST_REMINDER_MS,
  );
  return { key, kind, times, at, ...(others.length > 0 ? { others: Object.fromEntries(others) } : {}) };
}
