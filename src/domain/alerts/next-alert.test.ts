import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Campaign, PauseReason } from "../campaign.ts";
import type { WindowAt } from "../when/send-window.ts";
import type { Told } from "./next-alert.ts";
import { FIRST_REMINDER_MS, NEXT_REMINDER_MS, SHORT_STOP_MS, nextAlert, toldNow } from "./next-alert.ts";
import type { Stop } from "./stop.ts";
import { stopOf } from "./stop.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const waiting: Stop = { kind: "rejected", key: "rejected 0", since: 0, ends: { by: "person" } };
const passing = (since: number, until: number): Stop => ({
  kind: "noAccount",
  key: `noAccount ${since}`,
  since,
  ends: { by: "itself", until },
});

const theirs = (who?: string): Stop => ({
  kind: "operator",
  key: "operator 0",
  since: 0,
  ends: { by: "theirs", ...(who === undefined ? {} : { who }) },
});

const paused = (pause: PauseReason): Campaign => ({
  id: "spring",
  createdAt: 0,
  channel: "simulator",
  accounts: [],
  message: "hi",
  lists: [],
  consent: { statement: "", by: "1", at: 0 },
  status: "paused",
  pause,
  pausedAt: 5,
});

/** Quiet from the 22nd hour of a day to its end and in its first eight. */
const nights: WindowAt = (at) => {
  const [day, hour] = [Math.floor(at / DAY) * DAY, (at % DAY) / HOUR];
  if (hour < 8) return { isOpen: true, until: day + 8 * HOUR };
  if (hour < 22) return { isOpen: false, until: day + 22 * HOUR };
  return { isOpen: true, until: day + 32 * HOUR };
};

interface Run {
  readonly stopAt: (at: number) => Stop | undefined;
  readonly from: number;
  readonly until: number;
  readonly quiet?: WindowAt;
}

/** Asks every minute, as a program does that is restarted before each question, and answers when it told. */
function toldIn({ stopAt, from, until, quiet }: Run): number[] {
  let told: Told | undefined;
  const moments: number[] = [];
  for (let at = from; at < until; at += MINUTE) {
    const stop = stopAt(at);
    const next = nextAlert(stop, { id: "1", told, quiet }, at);
    if (next.kind === "wait") expect(next.until).toBeGreaterThan(at);
    if (next.kind !== "tell" || !stop) continue;
    told = toldNow(stop, told, { times: next.times, at });
    moments.push(at);
  }
  return moments;
}

test("what waits for a person is told at once, after an hour, then daily", () => {
  expect(toldIn({ stopAt: () => waiting, from: 0, until: 3 * DAY })).toEqual([
    0,
    FIRST_REMINDER_MS,
    FIRST_REMINDER_MS + NEXT_REMINDER_MS,
    FIRST_REMINDER_MS + 2 * NEXT_REMINDER_MS,
  ]);
});

test("what ends by itself is told once, and what is over in a moment is not told", () => {
  expect(toldIn({ stopAt: () => passing(0, 2 * DAY), from: 0, until: 2 * DAY })).toEqual([0]);
  expect(toldIn({ stopAt: () => passing(0, SHORT_STOP_MS - 1), from: 0, until: HOUR })).toEqual([]);
});

test("nobody is told of their own pause, and a colleague hears of it once", () => {
  expect(toldIn({ stopAt: () => theirs("1"), from: 0, until: DAY })).toEqual([]);
  expect(toldIn({ stopAt: () => theirs(), from: 0, until: DAY })).toEqual([]);
  expect(toldIn({ stopAt: () => theirs("2"), from: 0, until: 3 * DAY })).toEqual([0]);
});

test("who let it go on hears at once when it stops again, and so does everybody else; by itself it is said hourly", () => {
  const first = { key: "triedFirst 0", kind: "triedFirst", times: 1, at: 5 * MINUTE };
  const again = (more: Partial<Campaign>): Stop | undefined =>
    stopOf({ ...paused({ kind: "triedFirst", upTo: 5 }), pausedAt: 7 * MINUTE, ...more });
  const tells = (stop: Stop | undefined) => nextAlert(stop, { id: "1", told: first }, 7 * MINUTE).kind;
  expect(tells(again({ deeds: [{ what: "resumed", by: "2", at: 6 * MINUTE }] }))).toBe("tell");
  expect(tells(again({ revisions: [{ number: 1, by: "2", at: 6 * MINUTE, what: ["message"] }] }))).toBe(
    "tell",
  );
  expect(tells(again({ deeds: [{ what: "resumed", at: 6 * MINUTE }] }))).toBe("wait");
  expect(tells(again({ deeds: [{ what: "resumed", by: "2", at: 4 * MINUTE }] }))).toBe("wait");
});

/** Stops that come and go: how long each runs before, how long it lasts, and whether a person ends it. */
const stops = fc.array(
  fc.record({
    runs: fc.integer({ min: 1, max: 300 }),
    lasts: fc.integer({ min: 1, max: 600 }),
    waits: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

const timeline = (all: readonly { runs: number; lasts: number; waits: boolean }[]) => {
  let at = 0;
  return all.map(({ runs, lasts, waits }) => {
    const since = at + runs * MINUTE;
    at = since + lasts * MINUTE;
    const stop = waits ? { ...waiting, key: `rejected ${since}`, since } : passing(since, at);
    return { since, until: at, stop };
  });
};

describe("whatever comes and goes", () => {
  test("one kind between two of another makes neither said more often", () => {
    const all = timeline([
      { runs: 7, lasts: 3, waits: false },
      { runs: 8, lasts: 23, waits: true },
      { runs: 6, lasts: 49, waits: false },
    ]);
    const stopAt = (at: number) => all.find(({ since, until }) => since <= at && at < until)?.stop;
    expect(toldIn({ stopAt, from: 0, until: 2 * HOUR })).toEqual([7 * MINUTE, 18 * MINUTE, 67 * MINUTE]);
  });

  test("nobody is told twice of one kind within an hour, and never in their quiet hours", () => {
    fc.assert(
      fc.property(stops, fc.boolean(), (all, wantsQuiet) => {
        const times = timeline(all);
        const stopAt = (at: number) => times.find(({ since, until }) => since <= at && at < until)?.stop;
        const until = times.at(-1)?.until ?? 0;
        const told = toldIn({ stopAt, from: 0, until, ...(wantsQuiet ? { quiet: nights } : {}) });
        for (const kind of ["rejected", "noAccount"]) {
          const ofKind = told.filter((at) => stopAt(at)?.kind === kind);
          for (const [index, at] of ofKind.slice(1).entries())
            expect(at - (ofKind[index] ?? 0)).toBeGreaterThanOrEqual(HOUR);
        }
        if (wantsQuiet) expect(told.filter((at) => nights(at).isOpen)).toEqual([]);
      }),
    );
  });

  test("no stop that waits for a person for more than a night and an hour goes unsaid", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 * 1440 }), fc.boolean(), (start, wantsQuiet) => {
        const since = start * MINUTE;
        const run = { stopAt: () => ({ ...waiting, since }), from: since, until: since + 11 * HOUR };
        expect(toldIn({ ...run, ...(wantsQuiet ? { quiet: nights } : {}) }).length).toBeGreaterThan(0);
      }),
    );
  });
});

test("every kind of pause says who ends it", () => {
  const ends = (pause: PauseReason) => stopOf(paused(pause))?.ends.by;
  expect(ends({ kind: "noAccount" })).toBe("person");
  expect(ends({ kind: "noAccount", until: 9 })).toBe("itself");
  expect(ends({ kind: "unavailable", until: 9, why: "noAnswerInTime" })).toBe("itself");
  expect(ends({ kind: "storage", why: "diskFull" })).toBe("person");
  expect(ends({ kind: "operator", by: "2" })).toBe("theirs");
  expect(stopOf({ ...paused({ kind: "operator" }), status: "running" })).toBeUndefined();
});
