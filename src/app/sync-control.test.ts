import { expect, test } from "vitest";
import type { ExternalStore } from "../storage/ports/sync.ts";
import type { SyncParts } from "../sync/session.ts";
import type { SyncSwitch } from "./sync-control.ts";
import { SyncControlAtWork, isInterval, remarkOn } from "./sync-control.ts";
import { ExternalStoreError } from "../storage/ports/sync.ts";

/** A database with nothing to copy to it; `problem` is what connecting to it answers. */
function syncParts(problem?: Error): SyncParts & { readonly slept: number[] } {
  const slept: number[] = [];
  const store = {
    optOuts: async () => [],
    lead: async () => true,
    campaignHash: () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  } satisfies Partial<ExternalStore>;
  return {
    slept,
    source: {
      identity: async () => "id",
      campaigns: async () => [],
      feeds: async () => [],
      read: () => Promise.reject(new Error("no log is there")),
      recipients: () => {
        throw new Error("nobody is there");
      },
    },
    connect: async () => {
      if (problem) throw problem;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a round without anything to copy asks for
      return store as Partial<ExternalStore> as ExternalStore;
    },
    takeOptOuts: async () => true,
    clock: {
      now: () => 0,
      sleep: (ms, signal) =>
        new Promise((_, reject) => {
          slept.push(ms);
          signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
        }),
    },
    retryDelaysMs: [],
    batchLines: 10,
    tell: () => undefined,
  };
}

function createSwitch(initial: SyncSwitch = { isOn: false, intervalS: 300 }) {
  let value = initial;
  return {
    get: () => value,
    update: async (change: (before: SyncSwitch) => SyncSwitch) => void (value = change(value)),
  };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

test("it is off until it is switched on, and remembers both", async () => {
  const kept = createSwitch();
  const parts = syncParts();
  const control = new SyncControlAtWork({ sync: parts, switch: kept, defaultIntervalS: 60 });
  control.begin();
  expect(control.status()).toEqual({ kind: "off" });
  expect(await control.start()).toEqual({ ok: true, intervalS: 60 });
  await turns();
  expect(control.status()).toMatchObject({
    kind: "on",
    intervalS: 60,
    loop: { successes: 1, breaker: "closed" },
  });
  expect(parts.slept).toEqual([60_000]);
  expect(kept.get()).toEqual({ isOn: true, intervalS: 60 });
  await control.stop();
  expect(control.status()).toEqual({ kind: "off" });
  expect(kept.get()).toEqual({ isOn: false, intervalS: 60 });
});

test("after a restart it goes on as it was left", async () => {
  const parts = syncParts();
  const kept = createSwitch({ isOn: true, intervalS: 1 });
  const control = new SyncControlAtWork({ sync: parts, switch: kept, defaultIntervalS: 60 });
  control.begin();
  await turns();
  expect(parts.slept).toEqual([1000]);
  await control[Symbol.asyncDispose]();
  expect(control.status()).toEqual({ kind: "off" });
  expect(kept.get()).toEqual({ isOn: true, intervalS: 1 });
});

test("another interval replaces the one before", async () => {
  const parts = syncParts();
  const control = new SyncControlAtWork({ sync: parts, switch: createSwitch(), defaultIntervalS: 60 });
  await control.start(30);
  await turns();
  expect(await control.start(1)).toEqual({ ok: true, intervalS: 1, remark: "realTime" });
  await turns();
  expect(parts.slept).toEqual([30_000, 1000]);
  await control.stop();
});

test("what a person must mend ends it, and the status says what", async () => {
  const reason = { code: "pgError", sqlstate: "42501" } as const;
  const problem = new ExternalStoreError("permission denied", { isTransient: false, reason });
  const control = new SyncControlAtWork({
    sync: syncParts(problem),
    switch: createSwitch(),
    defaultIntervalS: 60,
  });
  await control.start();
  await turns();
  expect(control.status()).toEqual({ kind: "off", failed: reason });
});

test("without a database there is nothing to switch on", async () => {
  const control = new SyncControlAtWork({ switch: createSwitch(), defaultIntervalS: 60 });
  expect(control.status()).toEqual({ kind: "notConfigured" });
  expect(await control.start()).toEqual({ ok: false, problem: "notConfigured" });
});

test("an interval below a second, or none at all, is refused", async () => {
  const control = new SyncControlAtWork({ sync: syncParts(), switch: createSwitch(), defaultIntervalS: 60 });
  for (const interval of [0, 0.5, -1, Number.NaN, 86_401])
    expect(await control.start(interval)).toEqual({ ok: false, problem: "badInterval" });
  expect([1, 86_400].every(isInterval)).toBe(true);
});

test("one second is real-time, up to five seconds are often", () => {
  expect([1, 2, 5, 6, 300].map(remarkOn)).toEqual(["realTime", "often", "often", undefined, undefined]);
});
