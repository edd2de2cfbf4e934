import fc from "fast-check";
import { expect, test } from "vitest";
import { createWallClock } from "../../lib/time/wall-clock.ts";
import type { Hours } from "./send-window.ts";
import { createWindowAt } from "./send-window.ts";
import { weekdays } from "./wall-clock.ts";

const MINUTE = 60_000;
const daily = (from: number, to: number): Hours => ({ days: weekdays, from: from * 60, to: to * 60 });

function windowIn(timeZone: string, ...hours: Hours[]) {
  return createWindowAt({ timeZone, hours }, createWallClock(timeZone));
}

const moment = (text: string): number => Date.parse(text);

test("is open within its hours and says until when", () => {
  const at = windowIn("Asia/Tehran", daily(9, 18));
  expect(at(moment("2026-12-05T08:59:59+03:30"))).toMatchObject({
    isOpen: false,
    until: moment("2026-12-05T09:00+03:30"),
  });
  expect(at(moment("2026-12-05T09:00+03:30"))).toMatchObject({
    isOpen: true,
    until: moment("2026-12-05T18:00+03:30"),
  });
  expect(at(moment("2026-12-05T18:00+03:30"))).toMatchObject({
    isOpen: false,
    until: moment("2026-12-06T09:00+03:30"),
  });
});

test("goes on over midnight, and waits over days that have no hours", () => {
  const at = windowIn("Europe/Berlin", { days: [5], from: 22 * 60, to: 2 * 60 });
  expect(at(moment("2026-12-05T01:00+01:00"))).toMatchObject({
    isOpen: true,
    until: moment("2026-12-05T02:00+01:00"),
  });
  expect(at(moment("2026-12-05T02:00+01:00"))).toMatchObject({ until: moment("2026-12-11T22:00+01:00") });
});

test("opens when the clocks skip its beginning, and twice when they show it twice", () => {
  const skipped = windowIn("Europe/Berlin", { days: weekdays, from: 150, to: 240 });
  expect(skipped(moment("2027-03-28T01:59+01:00"))).toMatchObject({
    isOpen: false,
    until: moment("2027-03-28T03:00+02:00"),
  });
  const twice = windowIn("Europe/Berlin", { days: weekdays, from: 120, to: 150 });
  expect(twice(moment("2026-10-25T02:10+02:00"))).toMatchObject({
    isOpen: true,
    until: moment("2026-10-25T02:30+02:00"),
  });
  expect(twice(moment("2026-10-25T02:30+02:00"))).toMatchObject({
    isOpen: false,
    until: moment("2026-10-25T02:00+01:00"),
  });
});

test("what is never closed stays open", () => {
  const always = windowIn("Europe/Berlin", daily(0, 24));
  expect(always(moment("2026-12-05T09:00Z"))).toMatchObject({ isOpen: true, until: Infinity });
});

test("stays as it says until the moment that it says, minute by minute", () => {
  const zones = fc.constantFrom("Europe/Berlin", "America/New_York", "Asia/Tehran", "Australia/Lord_Howe");
  const hours = fc.record({
    days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
    from: fc.integer({ min: 0, max: 1439 }),
    to: fc.integer({ min: 1, max: 1440 }),
  });
  // Around the nights in which the clocks of these zones are changed.
  const nights = ["2026-10-25", "2026-11-01", "2027-03-14", "2027-03-28", "2027-04-04"];
  const around = fc
    .tuple(fc.constantFrom(...nights), fc.integer({ min: -1500, max: 1500 }))
    .map(([night, minutes]) => moment(`${night}T00:00Z`) + minutes * MINUTE);
  fc.assert(
    fc.property(zones, fc.array(hours, { minLength: 1, maxLength: 2 }), around, (zone, all, at) => {
      const wall = createWallClock(zone);
      const shows = (one: number): boolean => {
        const { weekday, hour, minute } = wall.shows(one);
        const [now, before] = [hour * 60 + minute, weekday === 1 ? 7 : weekday - 1];
        return all.some(({ days, from, to }) =>
          to > from
            ? days.includes(weekday) && now >= from && now < to
            : (days.includes(weekday) && now >= from) || (days.some((day) => day === before) && now < to),
        );
      };
      const { isOpen, until } = windowIn(zone, ...all)(at);
      expect(isOpen).toBe(shows(at));
      if (until !== Infinity) expect(shows(until)).toBe(!isOpen);
      const end = Math.min(until, at + 2 * 1440 * MINUTE);
      for (let one = at; one < end; one += 5 * MINUTE) expect(shows(one)).toBe(isOpen);
    }),
    { numRuns: 60 },
  );
});
