/** What every store of leads must keep, whatever it is made of. */
import { expect, test } from "vitest";
import type { FinishedRequest } from "../../src/domain/collecting/collection.ts";
import type { Lead } from "../../src/domain/collecting/lead.ts";
import type { LeadLedger, LeadStore } from "../../src/storage/ports/leads.ts";

export interface LeadStoreWorld extends AsyncDisposable {
  /** Opens the store; what an earlier one kept is there. The earlier one is closed. */
  open(): Promise<LeadStore>;
}

const spring = { source: "x-followers", query: "spring" };
const summer = { source: "x-repliers", query: "17" };
const tea = { source: "tiktok", query: "tea" };

const ana: Lead = {
  id: "7300000000000001017",
  username: "ana",
  displayName: "Ana",
  details: { followers: "12" },
};
const bea: Lead = { id: "7300000000000002025", username: "bea" };
const cem: Lead = { id: "7300000000000003033", username: "cem" };

async function idsOf(ledger: LeadLedger): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of ledger.delivered()) ids.push(id);
  return ids;
}

async function requested(store: LeadStore, count: number) {
  const ledger = await store.open("one");
  const targets = await ledger.join([spring, summer, tea], 1);
  await ledger.note({ t: "request", targets, count, at: 2 });
  const [a = 0, b = 0, c = 0] = targets;
  return { ledger, a, b, c };
}

/** Runs the promises against a store. */
export function describeLeadStore(createWorld: () => Promise<LeadStoreWorld>): void {
  test("a page's people and its cursor are there together when it is opened again", async () => {
    await using world = await createWorld();
    const { ledger, a } = await requested(await world.open(), 10);
    const page = {
      target: a,
      leads: [ana, bea],
      rows: 2,
      next: "p2",
      declaredTotal: 9,
      creditsLeft: 4,
      at: 3,
    };
    expect(await ledger.takePage(page)).toEqual({ kind: "taken", added: 2, duplicates: 0 });
    const again = await (await world.open()).find("one");
    expect(await again?.state()).toMatchObject({
      size: 2,
      delivered: 2,
      targets: [{ cursor: "p2", found: 2, declaredTotal: 9, lastPageAt: 3 }, {}, {}],
      request: { count: 10, delivered: 2, calls: 1, creditsLeft: 4, status: { kind: "running" } },
    });
    expect(again && (await idsOf(again))).toEqual([ana.id, bea.id]);
  });

  test("a page that was taken is not taken again", async () => {
    await using world = await createWorld();
    const { ledger, a } = await requested(await world.open(), 10);
    const page = { target: a, leads: [ana], rows: 1, next: "p2", at: 3 };
    await ledger.takePage(page);
    expect(await ledger.takePage(page)).toEqual({ kind: "outdated" });
    expect((await ledger.state()).targets[a]?.calls).toBe(1);
  });

  test("one person is one lead on a platform, whoever brings them; the same id elsewhere is somebody else", async () => {
    await using world = await createWorld();
    const { ledger, a, b, c } = await requested(await world.open(), 10);
    await ledger.takePage({ target: a, leads: [ana, ana], rows: 2, at: 3 });
    const renamed = { ...ana, username: "ana_new" };
    expect(await ledger.takePage({ target: b, leads: [renamed], rows: 1, at: 4 })).toMatchObject({
      added: 0,
    });
    expect(await ledger.takePage({ target: c, leads: [ana], rows: 1, at: 5 })).toMatchObject({ added: 1 });
    expect((await ledger.state()).size).toBe(2);
  });

  test("saving a lead says whether it was created, and never creates it twice", async () => {
    await using world = await createWorld();
    const { ledger, a, b } = await requested(await world.open(), 10);
    const saved = [await ledger.save(a, ana, 3), await ledger.save(a, ana, 4), await ledger.save(b, ana, 5)];
    expect(saved).toEqual([true, false, false]);
    const again = await (await world.open()).open("one");
    expect(await again.save(a, ana, 6)).toBe(false);
  });

  test("targets begin anew once for an asking, however often it comes, and again for another", async () => {
    await using world = await createWorld();
    const { ledger, a, b } = await requested(await world.open(), 10);
    await ledger.takePage({ target: a, leads: [ana], rows: 1, next: "p2", at: 3 });
    await ledger.reset([a, b], 4, "first");
    expect((await ledger.state()).targets[a]?.cursor).toBeUndefined();
    await ledger.takePage({ target: a, leads: [bea], rows: 1, next: "p2", at: 5 });
    const again = await (await world.open()).open("one");
    await again.reset([a], 6, "first");
    expect((await again.state()).targets[a]?.cursor).toBe("p2");
    await again.reset([a], 7, "second");
    expect((await again.state()).targets[a]?.cursor).toBeUndefined();
  });

  test("what is beyond the count is spare, over a restart too, and goes to the next request", async () => {
    await using world = await createWorld();
    const { ledger, a } = await requested(await world.open(), 2);
    await ledger.takePage({ target: a, leads: [ana, bea, cem], rows: 3, at: 3 });
    await ledger.note({ t: "end", end: "targetReached", at: 4 });
    const again = await (await world.open()).open("one");
    expect([
      (await again.state()).delivered,
      await again.spareFor([spring]),
      await again.spareFor([tea]),
    ]).toEqual([2, 1, 0]);
    await again.note({ t: "request", targets: [a], count: 5, at: 6 });
    expect((await again.state()).request?.delivered).toBe(1);
    expect(await idsOf(again)).toEqual([ana.id, bea.id, cem.id]);
  });

  test("sums lists up, and tells which requests are under way", async () => {
    await using world = await createWorld();
    const store = await world.open();
    const { ledger, a } = await requested(store, 2);
    await ledger.takePage({ target: a, leads: [ana], rows: 1, at: 3 });
    const lists = await (await world.open()).summaries();
    expect(lists).toMatchObject([
      { list: "one", size: 1, delivered: 1, request: { count: 2, status: { kind: "running" } } },
    ]);
    expect(lists[0]?.targets).toEqual([
      { key: "followers_spring", isCompleted: true },
      { key: "commenters_17", isCompleted: false },
      { key: "tiktok_tea", isCompleted: false },
    ]);
  });

  test("keeps the figures of a request once, the latest", async () => {
    await using world = await createWorld();
    const store = await world.open();
    const figures: FinishedRequest = {
      list: "one",
      number: 1,
      targets: [spring],
      count: 5,
      delivered: 4,
      calls: 3,
      end: "sourceExhausted",
      startedAt: 1,
      endedAt: 2,
    };
    await store.finish(figures);
    await store.finish({ ...figures, endedAt: 9 });
    expect(await (await world.open()).finished()).toEqual([{ ...figures, endedAt: 9 }]);
  });

  test("knows no list that nobody began", async () => {
    await using world = await createWorld();
    const store = await world.open();
    expect(await store.find("other")).toBeUndefined();
    expect(await store.summaries()).toEqual([]);
  });
}
