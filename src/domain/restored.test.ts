import fc from "fast-check";
import { expect, test } from "vitest";
import * as becomes from "./campaign-status.ts";
import type { StatusChange } from "./campaign-status.ts";
import type { Campaign } from "./campaign.ts";
import { confirmed, putBack } from "./restored.ts";
import { holdOn } from "./settings/holds.ts";
import type { Counts } from "./recipient.ts";

const MADE_AT = 1000;
const counts: Counts = {
  planned: 3,
  claimed: 0,
  sent: 0,
  notFound: 0,
  refused: 0,
  failed: 0,
  uncertain: 0,
  skipped: 0,
};
const schedule = { at: 9000, timeZone: "UTC", by: "1", setAt: 1 };
const plain: Campaign = {
  id: "spring",
  createdAt: 1,
  channel: "simulator",
  accounts: [],
  message: "Hi",
  lists: [],
  consent: { statement: "yes", by: "1", at: 1 },
  status: "running",
};
const kinds: readonly Campaign[] = [
  plain,
  { ...plain, status: "scheduled", schedule },
  { ...plain, status: "paused", pause: { kind: "operator" } },
  { ...plain, status: "paused", pause: { kind: "unavailable", until: 1, why: "diskFull" } },
  { ...plain, status: "paused", pause: { kind: "missedStart", due: 5 }, schedule },
  { ...plain, status: "finished", finishedAt: 5 },
];
const standing = {
  counts,
  fared: { sent: 0, refused: 0, failed: 0, optedOut: 0 },
  charged: { messages: 0, lookUps: 0, replies: 0 },
};
const look = { counts, claims: 0, at: 1 };
const changes: Readonly<Record<string, StatusChange>> = {
  pause: becomes.pausedBy("1"),
  resume: becomes.resumed("all", look),
  "resume by itself": becomes.resumed("itself", look),
  start: becomes.started,
  due: becomes.due(schedule, "start"),
  "go on": becomes.goneOn,
  "again after the end": becomes.takenUpAgain,
  end: becomes.finished(7),
  "run by a change": (from) => ({ ...from, status: "running" }),
  "put back once more": (from) => putBack(from, { madeAt: MADE_AT, at: 3000 }),
};

test("whatever else lets it go on, it holds before a claim until a person said so of it", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.array(fc.constantFrom(...Object.keys(changes)), { maxLength: 6 }),
      (kind, names) => {
        let campaign = putBack(kind, { madeAt: MADE_AT, at: 2000 });
        for (const name of names) campaign = changes[name]?.(campaign) ?? campaign;
        expect(holdOn(campaign, standing)).toEqual({ kind: "restored", madeAt: MADE_AT });
        const sure = confirmed(4000)(campaign);
        expect(sure && holdOn(sure, standing)).toBeUndefined();
        expect(sure && confirmed(4000)(sure)).toBeUndefined();
      },
    ),
  );
});

test("one that waited for its start waits for it again, and starts where that is over", () => {
  for (const kind of kinds.filter(({ schedule: set }) => set)) {
    const back = putBack(putBack(kind, { madeAt: MADE_AT, at: 2000 }), { madeAt: MADE_AT, at: 3000 });
    expect(back).toMatchObject({ status: "paused", pause: { kind: "restored", madeAt: MADE_AT } });
    expect(confirmed(4000)(back)).toMatchObject({ status: "scheduled", schedule });
    expect(confirmed(9000)(back)).toMatchObject({ status: "running" });
  }
});

test("one that was cancelled stays so, and one that is finished stays finished", () => {
  const cancelled: Campaign = { ...plain, status: "cancelled" };
  expect(putBack(cancelled, { madeAt: MADE_AT, at: 2000 })).toBe(cancelled);
  const finished: Campaign = { ...plain, status: "finished", finishedAt: 5 };
  expect(confirmed(4000)(putBack(finished, { madeAt: MADE_AT, at: 2000 }))).toEqual(finished);
});

test("a welcome that was put back takes in only who subscribes from then on", () => {
  const welcome = { ...plain, standing: { kind: "welcome", since: 5, turnedAt: 5 } } as const;
  expect(putBack(welcome, { madeAt: MADE_AT, at: 2000 })).toMatchObject({
    standing: { since: 2000, turnedAt: 2000 },
  });
});
