import { expect, test } from "vitest";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import { StoreAway } from "../engine/store-away.ts";
import type { EventLog, Numbered } from "../storage/ports/events.ts";
import { ExternalStoreError } from "../storage/ports/sync.ts";
import { createEventHub } from "./event-hub.ts";

const gone = new ExternalStoreError("PostgreSQL: gone", { isTransient: true, reason: "pgUnreachable" });

/** A log whose store is away whenever the test says so. */
function openLog() {
  const clock = createVirtualClock();
  const store: { isAway: boolean; refusal?: Error } = { isAway: false };
  const kept: string[] = [];
  const there = async <T>(answer: () => T): Promise<T> => {
    if (store.refusal) throw store.refusal;
    if (store.isAway) throw gone;
    return answer();
  };
  const log: EventLog<string> = {
    last: () => there(() => kept.length),
    append: (event) => there(() => kept.push(event)),
    read: (after, most) =>
      there(() => {
        const events = kept.map((event, nth): Numbered<string> => ({ number: nth + 1, event }));
        return { events: events.slice(after, after + most), hasGap: false };
      }),
    sync: async () => undefined,
    async wait(after, signal) {
      while (!signal.aborted && (store.isAway || kept.length <= after))
        await clock.sleep(100, signal).catch(() => undefined);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  const away = new StoreAway({ clock, ask: () => there(() => ({ isAnew: false })) });
  const problems: unknown[] = [];
  const hub = createEventHub(log, (error) => problems.push(error), away);
  return { clock, store, kept, away, hub, problems };
}

test("what happens while the store is away is told once it is back, each event once and in its order", async () => {
  const { clock, store, hub, away, problems } = openLog();
  const heard: string[] = [];
  const unwatch = hub.watch((event) => heard.push(event));
  await clock.advance(10);
  hub.emit("before");
  await clock.advance(1000);
  store.isAway = true;
  hub.emit("meanwhile");
  const late: string[] = [];
  const unwatchLate = hub.watch((event) => late.push(event));
  await clock.advance(60_000);
  expect(heard).toEqual(["before"]);
  store.isAway = false;
  await clock.advance(20_000);
  hub.emit("after");
  await clock.advance(1000);
  expect([heard, late.at(-1), problems]).toEqual([["before", "meanwhile", "after"], "after", []]);
  await clock.runUntil(Promise.all([unwatch(), unwatchLate(), away.stop()]));
});

test("whoever stops to listen while the store is away is kept by nothing", async () => {
  const { clock, store, hub, away } = openLog();
  const unwatch = hub.watch(() => undefined);
  await clock.advance(1000);
  store.isAway = true;
  await clock.advance(5000);
  await unwatch();
  await clock.runUntil(away.stop());
  expect(store.isAway).toBe(true);
});

test("whoever listens no more is told once what the log said to it, and nobody is left to catch it", async () => {
  const { clock, store, hub, away, problems } = openLog();
  const unwatch = hub.watch(() => undefined);
  await clock.advance(10);
  store.refusal = new Error("relation does not exist");
  await clock.runUntil(unwatch());
  expect(problems).toEqual([store.refusal]);
  await clock.runUntil(away.stop());
});
