/** What a typed moment means on Monday, 30 November 2026 at 10:00 in Tehran (9 Azar 1405), put in one line. */
import type { TypedMoment, Typing } from "../../src/domain/when/moment/meaning.ts";
import { typedMoment } from "../../src/domain/when/moment/typed-moment.ts";
import { gregorianOf } from "../../src/lib/time/solar-hijri.ts";
import { createWallClock } from "../../src/lib/time/wall-clock.ts";

export const typing: Typing = {
  now: Date.parse("2026-11-30T10:00:00+03:30"),
  timeZone: "Asia/Tehran",
  wallOf: createWallClock,
  gregorianOf,
};

/** Reads a text and tells the moment by the clocks there, the choices with why, or the problem. */
export function typedAtTen(text: string, others: Partial<Typing> = {}): string {
  const where = { ...typing, ...others };
  const found = typedMoment(text, where);
  return `${shown(found)}${found.timeZone === where.timeZone ? "" : ` ${found.timeZone}`}`;
}

function shown(found: TypedMoment): string {
  if (found.kind === "now") return "now";
  if (found.kind === "problem") return found.problem;
  const wall = createWallClock(found.timeZone);
  const show = (at: number): string => {
    const { year, month, day, hour, minute } = wall.shows(at);
    return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
  };
  return found.kind === "moment"
    ? show(found.at)
    : `${found.why}: ${found.moments.map((at) => show(at)).join(" | ")}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
