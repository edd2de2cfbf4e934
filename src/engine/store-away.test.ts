import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../tests/support/engine-bench.ts";
import { createHandedDuties } from "../../tests/support/handed-duties.ts";
import { createMemoryDisk, createMemoryStores } from "../../tests/support/memory-stores.ts";
import { createScriptedChannel, lostYes, yes } from "../../tests/support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import { OwnerGoneError } from "../storage/ports/away.ts";
import type { Ledger, LedgerStore } from "../storage/ports/ledger.ts";
import { ExternalStoreError } from "../storage/ports/sync.ts";
import type { StoreNews } from "./store-away.ts";
import { StoreAway } from "./store-away.ts";

const gone = new ExternalStoreError("PostgreSQL: gone (ECONNREFUSED)", {
  isTransient: true,
  reason: "pgUnreachable",
});

const shut = new ExternalStoreError("PostgreSQL: may not log in (28000)", {
  reason: { code: "pgError", sqlstate: "28000" },
  isShut: true,
});

/** A campaign to ten whose store is away from the third call on, until the test brings it back. */
async function withoutStore(names = 10, refused = gone) {
  const store = { isAway: false, isAnew: false };
  const clock = createVirtualClock();
  const disk = createMemoryDisk();
  const channel = createScriptedChannel({
    manifest: { readsBack: true },
    turn: () => {
      store.isAway ||= channel.calls.length === 3;
      return yes;
    },
  });
  const away = new StoreAway({
    clock,
    ask: async () => {
      if (store.isAway) throw refused;
      return { isAnew: store.isAnew };
    },
  });
  const news: StoreNews[] = [];
  away.watch((one) => news.push(one));
  const effect = (): Promise<void> => (store.isAway ? Promise.reject(refused) : Promise.resolve());
  const log: string[] = [];
  const process = startProcess({
    channel,
    clock,
    disk,
    effect,
    away,
    concurrency: 2,
    log: { error: (problem) => log.push(String(problem)) },
  });
  await clock.runUntil(process.engine.start(putCampaign(disk, { names })));
  return { ...process, channel, store, news, log, away };
}

test.each([
  ["is away", gone],
  ["lets nobody in", shut],
])(
  "while the store %s nobody is written to, and nothing is paused or broken by it",
  async (_how, refused) => {
    const { clock, channel, events, engine, log } = await withoutStore(10, refused);
    await clock.advance(120_000);
    const calls = channel.calls.length;
    await clock.advance(600_000);
    expect([channel.calls.length, calls]).toEqual([calls, expect.any(Number)]);
    expect(calls).toBeLessThanOrEqual(4);
    expect(events.filter(({ kind }) => kind === "status")).toHaveLength(1);
    expect((await engine.opened("spring"))?.isBroken).toBe(false);
    expect(log).toEqual([]);
  },
);

test("what was sent is recorded once the store is back, and the campaign goes on by itself", async () => {
  const { clock, channel, disk, store, news, engine } = await withoutStore();
  await clock.advance(20_000);
  store.isAway = false;
  await clock.advance(60_000);
  expect(disk.campaigns.get("spring")).toMatchObject({ status: "finished" });
  expect(await (await engine.find("spring"))?.ledger.counts()).toMatchObject({ sent: 10, uncertain: 0 });
  expect([...channel.inbox.values()]).toEqual(Array.from({ length: 10 }, () => 1));
  expect(news).toEqual([
    { kind: "away", why: "pgUnreachable" },
    { kind: "back", isAnew: false, afterMs: expect.any(Number) },
  ]);
});

test("asks again at growing intervals, and goes on within seconds however often it goes away", async () => {
  const { clock, store, news, disk } = await withoutStore(40);
  for (let times = 0; times < 5; times++) {
    await clock.advance(3000);
    store.isAway = false;
    await clock.advance(4000);
    if (disk.campaigns.get("spring")?.status === "finished") break;
    store.isAway = true;
  }
  store.isAway = false;
  await clock.advance(60_000);
  expect(disk.campaigns.get("spring")).toMatchObject({ status: "finished" });
  expect(
    news.map(({ kind }) => kind).filter((kind, nth) => kind !== (nth % 2 === 0 ? "away" : "back")),
  ).toEqual([]);
});

test("stopped while the store is away, a process waits for it no longer than for what is in flight", async () => {
  const { clock, engine, away, channel } = await withoutStore();
  await clock.advance(5000);
  await clock.runUntil(engine.stop(10_000));
  await clock.runUntil(away.stop());
  expect(channel.calls.length).toBeLessThanOrEqual(4);
});

/** Ledgers of an owner who is gone once the test says so; what it left claimed is uncertain in those opened later. */
function owned(ledgers: LedgerStore, owner: { name: string }): LedgerStore {
  return {
    ...ledgers,
    async open(campaign) {
      const opening = await ledgers.open(campaign);
      const { name } = owner;
      const guarded =
        <A extends unknown[], R>(ask: (...given: A) => R | Promise<R>) =>
        async (...given: A): Promise<R> => {
          if (owner.name !== name) throw new OwnerGoneError("gone");
          return ask(...given);
        };
      const { ledger } = opening;
      const verbs: Partial<Ledger> = {
        claim: guarded(ledger.claim.bind(ledger)),
        settle: guarded(ledger.settle.bind(ledger)),
      };
      return { ...opening, ledger: Object.assign(ledger, verbs) };
    },
  };
}

test("whoever was silent for too long goes on as another, and reads back what others took for abandoned", async () => {
  const clock = createVirtualClock();
  const disk = createMemoryDisk();
  const owner = { name: "first" };
  let isAsked = false;
  const away = new StoreAway({
    clock,
    ask: async () => {
      const isAnew = !isAsked;
      isAsked = true;
      return { isAnew };
    },
  });
  const news: StoreNews[] = [];
  away.watch((one) => news.push(one));
  const channel = createScriptedChannel({
    manifest: { readsBack: true },
    turn: async () => {
      if (channel.calls.length === 4) owner.name = "second";
      await clock.sleep(50);
      return yes;
    },
  });
  const { ledgers, ...stores } = createMemoryStores(disk, undefined, { clock });
  const process = startProcess({
    channel,
    clock,
    disk,
    away,
    concurrency: 2,
    stores: { ...stores, ledgers: owned(ledgers, owner) },
  });
  await clock.runUntil(process.engine.start(putCampaign(disk, { names: 10 })));
  await clock.advance(600_000);
  expect(disk.campaigns.get("spring")).toMatchObject({ status: "finished" });
  expect([...channel.inbox.values()]).toEqual(Array.from({ length: 10 }, () => 1));
  expect(news).toEqual([
    { kind: "away", why: "silentTooLong" },
    { kind: "back", isAnew: true, afterMs: 0 },
  ]);
});

test("whoever goes on as another because of a backup that was put back was not silent, and is not told to have been", async () => {
  const away = new StoreAway({
    clock: createVirtualClock(),
    ask: async () => ({ isAnew: true, isPutBack: true }),
  });
  const news: StoreNews[] = [];
  away.watch((one) => news.push(one));
  expect(away.takes(new OwnerGoneError("gone"))).toBe("ownerGone");
  await away.back();
  expect(news).toEqual([{ kind: "back", isAnew: true, afterMs: 0 }]);
});

/** Somebody uncertain whom a process asks about when the store goes away, as it is noted who asks. */
async function askedWithoutStore() {
  const store = { isAway: false, asker: 0 };
  const clock = createVirtualClock();
  const disk = createMemoryDisk();
  const asked = async <T>(answer: () => T): Promise<T> => {
    if (store.isAway) throw gone;
    return answer();
  };
  const { ledgers, ...stores } = createMemoryStores(disk, () => asked(() => undefined), { clock });
  const pursue = (): Promise<boolean> => asked(() => ++store.asker === 1);
  const giveUp = (): Promise<void> => asked(() => void (store.asker = 0));
  const open: typeof ledgers.open = async (campaign) => {
    const opening = await ledgers.open(campaign);
    return { ...opening, ledger: Object.assign(opening.ledger, { pursue, giveUp }) };
  };
  const channel = createScriptedChannel({
    manifest: { readsBack: true },
    turn: () => lostYes,
    abilities: {
      readBack: () => {
        store.isAway ||= channel.calls.length === 1 && clock.now() < begun + 60_000;
        return Promise.resolve({ kind: "delivered", messageId: "m" });
      },
    },
  });
  const begun = clock.now();
  const away = new StoreAway({ clock, ask: () => asked(() => ({ isAnew: false })) });
  const duties = createHandedDuties();
  const kept = { ...stores, ledgers: { ...ledgers, open } };
  const parts = { channel, clock, disk, away, duties: duties.of("here"), stores: kept };
  const { engine } = startProcess(parts);
  await clock.runUntil(engine.start(putCampaign(disk, { names: 1 })));
  await clock.advance(120_000);
  return { store, clock, disk, duties, engine };
}

test("whoever was asked about when the store went away is asked about again once it is back", async () => {
  const { store, clock, disk, engine } = await askedWithoutStore();
  store.isAway = false;
  await clock.advance(120_000);
  expect(await (await engine.find("spring"))?.ledger.counts()).toMatchObject({ sent: 1, uncertain: 0 });
  expect(disk.campaigns.get("spring")).toMatchObject({ status: "finished" });
});

test("whom a process asked about when the store went away it leaves to who has their account once it is back", async () => {
  const { store, clock, duties } = await askedWithoutStore();
  duties.of("elsewhere").offer("account/scripted/one", () => new Promise(() => undefined));
  duties.handOn("account/scripted/one");
  expect(store.asker).toBe(1);
  store.isAway = false;
  await clock.advance(120_000);
  expect(store.asker).toBe(0);
});
