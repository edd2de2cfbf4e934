/** Deeds that are asked of the owner of a data folder: each is done once, however often it comes and whoever was killed. */
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMemorySuppression } from "../../tests/support/memory-suppression.ts";
import { asking, createDoingApp, never, openOwner } from "../../tests/support/owner-bench.ts";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import type { Deed, DeedName, DoingApp } from "../app/deeds.ts";
import { doDeed } from "../app/deeds.ts";
import { TroubledError } from "../lib/trouble.ts";
import { openLease } from "../storage/files/folder/lease.ts";
import { RequestBox } from "../storage/files/folder/request-box.ts";
import { perform } from "./ask-owner.ts";
import { deedFrom } from "./deed-schemas.ts";

let dataDir = "";
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "peyk-requests-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

const atRequests = (): Promise<readonly string[]> => readdir(join(dataDir, "requests"));

const askFor = <Name extends DeedName>(deed: Deed<Name>, serve: () => Promise<void>) =>
  perform(deed, asking(dataDir, serve));

test("a deed is done by the owner before it is answered, and asked twice it is done once", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const suppression = createMemorySuppression();
  const { server } = openOwner(dataDir, new Set(), { doing: createDoingApp(suppression) });
  const deed: Deed<"suppress"> = {
    deed: "suppress",
    asked: { names: ["@Ali_1", "no name"], reason: "optedOut", note: "by post" },
  };
  const invalid = [{ text: "no name", reason: "spaces" }];
  const serve = (): Promise<void> => server.serveOnce();
  const byProcess = process.pid;
  expect(await askFor(deed, serve)).toEqual({ result: { changed: 1, unchanged: 0, invalid }, byProcess });
  expect(await suppression.reasonFor("ali_1")).toBe("optedOut");
  expect(await askFor(deed, serve)).toEqual({ result: { changed: 0, unchanged: 1, invalid }, byProcess });
  expect(await atRequests()).toEqual([]);
});

test("a removal that is done late frees nobody who opted out after it was wanted", async () => {
  const suppression = createMemorySuppression();
  await suppression.add(["ali", "sara"], { reason: "blocked", at: 1 });
  const box = new RequestBox(dataDir);
  await box.place({ deed: "unsuppress", asked: { names: ["ali", "sara"], wantedAt: 2 } }, 2);
  await box.take(); // by an owner that was killed over it
  await suppression.add(["sara"], { reason: "optedOut", at: 3 });
  await openOwner(dataDir, new Set(), { doing: createDoingApp(suppression) }).server.serveOnce();
  expect([await suppression.reasonFor("ali"), await suppression.reasonFor("sara")]).toEqual([
    undefined,
    "optedOut",
  ]);
});

test("a deed of another version is said not to be understood, by whichever of the two is older", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const { server } = openOwner(dataDir, new Set());
  const odd: Deed<"suppress"> = JSON.parse('{"deed":"suppress","asked":{"names":["ali"],"reason":"boring"}}');
  expect(await askFor(odd, () => server.serveOnce())).toMatchObject({ problem: "other-version" });
  const box = new RequestBox(dataDir);
  const answers = async (): Promise<void> => {
    for (const { id } of await box.take()) await box.answer(id, { kind: "done", result: { changed: "all" } });
  };
  const known: Deed<"suppress"> = { deed: "suppress", asked: { names: ["ali"], reason: "blocked" } };
  expect(await askFor(known, answers)).toMatchObject({ problem: "other-version" });
});

test("a reset that was done before its owner was killed is the same asking when it comes to the next", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const asks: string[] = [];
  const reset: DoingApp["leads"]["reset"] = async (list, target, id) => {
    asks.push(`${list} ${target} ${id}`);
    return { ok: true };
  };
  const doing = { ...createDoingApp(), leads: { view: never, cancel: never, reset } };
  const { server } = openOwner(dataDir, new Set(), { doing });
  const deed: Deed<"resetLeads"> = { deed: "resetLeads", asked: { list: "cafes", target: "tiktok_tea" } };
  const box = new RequestBox(dataDir);
  const killed = async (): Promise<void> => {
    const [taken] = await box.take();
    if (taken) await doDeed(doing, deedFrom(await taken.read(), taken.id) ?? never());
  };
  await askFor(deed, async () => {
    if (asks.length === 0) await killed();
    await server.serveOnce();
  });
  await askFor(deed, () => server.serveOnce());
  const [first, second, third] = asks;
  expect([second, asks.length]).toEqual([first, 3]);
  expect(third).not.toBe(first);
  expect(first).toMatch(/^cafes tiktok_tea [0-9a-f-]{36}$/);
});

test("a checkpoint's names, names that join, a cleanup and the end of a request for leads are deeds of the owner too", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const done: string[] = [];
  const doing: DoingApp = {
    ...createDoingApp(),
    honourCheckpoint: async ({ campaignId, names }) => {
      done.push(`honour ${campaignId} ${[...names].join(" ")}`);
      return { kind: "imported", campaignId, names: names.size, added: 1 };
    },
    addNames: async (id, { names, ...word }) => {
      done.push(`add to ${id} ${JSON.stringify(names)} ${JSON.stringify(word)}`);
      return { ok: true, added: 1, known: 1, left: 7 };
    },
    cleanup: async (id) => {
      done.push(`cleanup ${id}`);
      return { ok: false, problem: "notNow" };
    },
    cancelFollowUps: async (id, by) => {
      done.push(`end follow-ups of ${id} for ${by}`);
      return { ok: true };
    },
    answers: {
      keep: async (channel, isOn) => done.push(`keep ${channel} ${isOn}`) > 0,
      reply: async (asked) => {
        done.push(`reply to ${asked.answer}: ${asked.text}`);
        const end = { state: "uncertain", why: "noAnswerInTime", isLeft: true, since: 2 } as const;
        return { ok: true, reply: { ...asked, at: 1, ...end } };
      },
      tell: async (_id, say) => {
        await say();
        return done.push("told") > 0;
      },
    },
    leads: {
      view: async () => ({ request: { number: 2 } }),
      cancel: async (list) => {
        done.push(`cancel ${list}`);
        return { ok: true };
      },
      reset: never,
    },
  };
  const { server } = openOwner(dataDir, new Set(), { doing });
  const results: object[] = [];
  const people = { columns: ["city"], rows: [["zahra", "Tabriz"], ["omid"]] } as const;
  const deeds: readonly Deed[] = [
    { deed: "honour", asked: { campaignId: "spring", names: ["ali", "sara"] } },
    { deed: "addNames", asked: { campaignId: "spring", ...people, origin: "more.csv", by: "7" } },
    { deed: "cleanup", asked: { campaignId: "spring" } },
    { deed: "endFollowUps", asked: { campaignId: "spring", by: "7" } },
    { deed: "reply", asked: { answer: 3, text: "Yes.", by: "7" } },
    { deed: "keepAnswers", asked: { channel: "x", isOn: true } },
    { deed: "cancelLeads", asked: { list: "cafes", request: 1 } }, // that one is over; another has begun
    { deed: "cancelLeads", asked: { list: "cafes", request: 2 } },
  ];
  for (const deed of deeds) results.push(await askFor(deed, () => server.serveOnce()));
  expect(results).toMatchObject([
    { result: { kind: "imported", names: 2, added: 1 } },
    { result: { ok: true, added: 1, known: 1, left: 7 } },
    { result: { ok: false, problem: "notNow" } },
    { result: { ok: true } },
    { result: { ok: true, reply: { state: "uncertain", why: "noAnswerInTime", isLeft: true } } },
    { result: { isThere: true } },
    { result: { ok: false, problem: "notNow" } },
    { result: { ok: true } },
  ]);
  const added = `add to spring ${JSON.stringify(people)} {"origin":"more.csv","by":"7"}`;
  const words = ["end follow-ups of spring for 7", "reply to 3: Yes.", "told", "keep x true"];
  expect(done).toEqual(["honour spring ali sara", added, "cleanup spring", ...words, "cancel cafes"]);
});

const cleanup: Deed<"cleanup"> = { deed: "cleanup", asked: { campaignId: "spring" } };

test("what can't be done is told to its asker as it would be there, and is over", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const trouble = { code: "damagedLine", with: { path: "journal.jsonl", line: 30 } } as const;
  const damaged = () => Promise.reject(new TroubledError("line 30: can't be understood", trouble));
  const { server } = openOwner(dataDir, new Set(), { doing: { ...createDoingApp(), cleanup: damaged } });
  const asked = askFor(cleanup, () => server.serveOnce());
  await expect(asked).rejects.toMatchObject({ message: "line 30: can't be understood", trouble });
  expect(await atRequests()).toEqual([]);
});

test("a request that fails or can't be read holds up no opt-out, and is done as soon as it can be", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const suppression = createMemorySuppression();
  const full = Object.assign(new Error("ENOSPC"), { code: "ENOSPC", path: "checkpoint.json" });
  let isFull = true;
  const doing: DoingApp = {
    ...createDoingApp(suppression),
    cleanup: () => (isFull ? Promise.reject(full) : Promise.resolve({ ok: true })),
  };
  const { server } = openOwner(dataDir, new Set(), { doing });
  await new RequestBox(dataDir).place(cleanup, 1);
  await mkdir(join(dataDir, "requests/0-unreadable.taken.json"));
  const failures: unknown[] = [];
  const serve = (): Promise<void> => server.serveOnce().catch((error: unknown) => void failures.push(error));
  await askFor({ deed: "suppress", asked: { names: ["ali"], reason: "optedOut" } }, serve);
  expect(await suppression.reasonFor("ali")).toBe("optedOut");
  expect(failures).toHaveLength(1);
  expect(String(failures[0])).toMatch(/EISDIR.*ENOSPC/);
  isFull = false;
  await serve();
  expect(await atRequests()).toEqual(["0-unreadable.taken.json", expect.stringMatching(/^1-.*answer/)]);
});
