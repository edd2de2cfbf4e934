import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import type { DecisionRequest } from "../cli/program-parts.ts";
import { LeaseTakenError, openLease } from "../storage/files/folder/lease.ts";
import { RequestBox } from "../storage/files/folder/request-box.ts";
import { createMemorySuppression } from "../../tests/support/memory-suppression.ts";
import type { Deed, DeedName, DoingApp } from "../app/deeds.ts";
import { doDeed } from "../app/deeds.ts";
import { createSuppress } from "../app/people/suppress.ts";
import { beginAmending, changeText, decide, perform } from "./ask-owner.ts";
import { deedFrom } from "./deed-schemas.ts";
import type { MaySend } from "./owner-requests.ts";
import { RequestServer } from "./owner-requests.ts";

let dataDir = "";
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "peyk-requests-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

const request: DecisionRequest = { campaignId: "spring", decision: "sent", claims: ["3", "4"] };

const never = (): never => {
  throw new Error("is not asked for");
};

/** What an owner does deeds with: a do-not-send list of its own. */
function createDoingApp(suppression = createMemorySuppression(), clock = createVirtualClock()): DoingApp {
  const suppress = createSuppress({ suppression, clock, reader: { read: never }, lists: { create: never } });
  return {
    suppress,
    cleanup: never,
    honourCheckpoint: never,
    leads: { view: never, cancel: never, reset: never },
  };
}

/** An owner whose campaign has these claims uncertain; what it decided on, and what it logged. */
function openOwner(
  uncertain: Set<string>,
  { maySend = (): MaySend => "yes", doing = createDoingApp() } = {},
) {
  const done: string[] = [];
  const server = new RequestServer({
    box: new RequestBox(dataDir),
    app: {
      resolveAll: async (id, { decision, claims }) => {
        const meant = claims.filter((claim) => uncertain.delete(claim));
        done.push(...meant.map((claim) => `${id} ${claim} ${decision}`));
        return { decided: meant.length, left: claims.length - meant.length };
      },
      change: async (id, { message }) => {
        done.push(`${id} ${message?.text} ${message?.keepsExtras}`);
        return { ok: true, revision: 2, left: 7 };
      },
      amend: async (id, { kind, scope, goesOn }) => {
        done.push(`${id} ${kind} ${scope.kind} ${goesOn}`);
        return { ok: true, count: 3, number: 1 };
      },
    },
    perform: (deed) => doDeed(doing, deed),
    maySend,
    clock: createVirtualClock(),
    beforeWrite: () => undefined,
    log: { error: () => undefined },
  });
  return { server, done };
}

const atRequests = (): Promise<readonly string[]> => readdir(join(dataDir, "requests"));

/** How the command line asks, of an owner that serves between two looks for the answer. */
function asking(serve: () => Promise<void>) {
  const clock = createVirtualClock();
  return {
    dataDir,
    clock: {
      now: () => clock.now(),
      sleep: async (ms: number) => {
        await serve();
        await clock.runUntil(clock.sleep(ms));
      },
    },
    interrupted: new AbortController().signal,
    here: () => Promise.reject(new LeaseTakenError("in use")),
  };
}

const ask = (wanted: DecisionRequest, serve: () => Promise<void>) => decide(wanted, asking(serve));

const askFor = <Name extends DeedName>(deed: Deed<Name>, serve: () => Promise<void>) =>
  perform(deed, asking(serve));

test("the owner decides, answers, and leaves nothing behind", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const { server, done } = openOwner(new Set(["3"]));
  const decided = await ask(request, () => server.serveOnce());
  expect(decided).toEqual({ decided: 1, left: 1, byProcess: process.pid });
  expect(done).toEqual(["spring 3 sent"]);
  expect(await atRequests()).toEqual([]);
});

test("what one owner took up and was killed over is done once by the next", async () => {
  const box = new RequestBox(dataDir);
  await box.place(request, 1);
  expect(await box.take()).toHaveLength(1);
  const uncertain = new Set(["3", "4"]);
  const next = openOwner(uncertain);
  await next.server.serveOnce();
  await next.server.serveOnce();
  expect(next.done).toEqual(["spring 3 sent", "spring 4 sent"]);
});

test("a request that was done before its owner was killed decides on nobody anew", async () => {
  const box = new RequestBox(dataDir);
  const id = await box.place({ ...request, decision: "again" }, 1);
  const uncertain = new Set(["3", "4"]);
  const { server, done } = openOwner(uncertain);
  await box.take();
  await server.serveOnce();
  const files = await atRequests();
  expect(files).toEqual([`${id}.answer.json`]);
  // Their messages went out again and are uncertain again, under other claims; the request comes a second time.
  uncertain.add("5").add("6");
  await box.place({ ...request, decision: "again" }, 2);
  await server.serveOnce();
  expect(done).toEqual(["spring 3 again", "spring 4 again"]);
});

test("an owner that never answers is told of, and the request taken back", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  expect(await ask(request, async () => undefined)).toMatchObject({ problem: "silent" });
  expect(await atRequests()).toEqual([]);
});

test("an owner that took it up and does not answer still has it", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const box = new RequestBox(dataDir);
  expect(await ask(request, async () => void (await box.take()))).toMatchObject({ problem: "unanswered" });
  const { server, done } = openOwner(new Set(["3", "4"]));
  await server.serveOnce();
  expect(done).toHaveLength(2);
});

test("whoever asks does it itself once the owner is gone, with its request in hand or not", async () => {
  for (const isTaken of [false, true]) {
    const lease = await openLease(dataDir, createVirtualClock());
    const box = new RequestBox(dataDir);
    let isGone = false;
    const wanted = await decide(request, {
      dataDir,
      clock: {
        now: () => 0,
        sleep: async () => {
          if (isTaken) await box.take();
          if (!isGone) await lease[Symbol.asyncDispose]();
          isGone = true;
        },
      },
      interrupted: new AbortController().signal,
      here: async () => {
        if (!isGone) throw new LeaseTakenError("in use");
        return { decided: 2, left: 0 };
      },
    });
    expect(wanted).toEqual({ decided: 2, left: 0 });
    expect(await atRequests()).toEqual([]);
  }
});

test("a command that has not begun its campaign yet leaves sending again until it has, and does the rest", async () => {
  const box = new RequestBox(dataDir);
  let sends: MaySend = "notYet";
  const { server, done } = openOwner(new Set(["3", "4"]), { maySend: () => sends });
  await box.place({ ...request, decision: "again", claims: ["3"] }, 1);
  await box.place({ ...request, claims: ["4"] }, 2);
  await server.serveOnce();
  expect(done).toEqual(["spring 4 sent"]);
  sends = "yes";
  await server.serveOnce();
  expect(done).toEqual(["spring 4 sent", "spring 3 again"]);
});

test("sending again waits until a campaign of its own is sent, and what is no request is said to be none", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const { server, done } = openOwner(new Set(["3", "4"]), { maySend: () => "no" });
  const again = { ...request, decision: "again" } as const;
  expect(await ask(again, () => server.serveOnce())).toMatchObject({ problem: "sends-another" });
  const odd: DecisionRequest = JSON.parse('{"campaignId":"spring","decision":"dance","claims":[]}');
  expect(await ask(odd, () => server.serveOnce())).toMatchObject({ problem: "other-version" });
  expect(done).toEqual([]);
  expect(await atRequests()).toEqual([]);
});

test("taking back is asked of the owner also where it sends something else, and goes on when asked twice", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const { server, done } = openOwner(new Set(), { maySend: () => "no" });
  const begun = await beginAmending(
    { campaignId: "spring", kind: "takeBack", scope: { kind: "revision", revision: 1 }, by: "sara" },
    asking(() => server.serveOnce()),
  );
  expect(begun).toEqual({ result: { ok: true, count: 3, number: 1 }, byProcess: process.pid });
  expect(done).toEqual(["spring takeBack revision true"]);
});

test("another text is asked of the owner, who changes the campaign only where it sends it", async () => {
  const wanted = { campaignId: "spring", text: "Hello", keepsExtras: true, by: "sara" } as const;
  const askToChange = (serve: () => Promise<void>) => changeText(wanted, asking(serve));
  await using _ = await openLease(dataDir, createVirtualClock());
  const { server, done } = openOwner(new Set());
  const answer = await askToChange(() => server.serveOnce());
  expect(answer).toMatchObject({ result: { ok: true, revision: 2, left: 7 }, byProcess: process.pid });
  const other = openOwner(new Set(), { maySend: (): MaySend => "no" });
  expect(await askToChange(() => other.server.serveOnce())).toMatchObject({ problem: "sends-another" });
  expect([...done, ...other.done]).toEqual(["spring Hello true"]);
});

test("a deed is done by the owner before it is answered, and asked twice it is done once", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const suppression = createMemorySuppression();
  const { server } = openOwner(new Set(), { doing: createDoingApp(suppression) });
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
  await openOwner(new Set(), { doing: createDoingApp(suppression) }).server.serveOnce();
  expect([await suppression.reasonFor("ali"), await suppression.reasonFor("sara")]).toEqual([
    undefined,
    "optedOut",
  ]);
});

test("a deed of another version is said not to be understood, by whichever of the two is older", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const { server } = openOwner(new Set());
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
  const reset: DoingApp["leads"]["reset"] = async (list, target, ask) => {
    asks.push(`${list} ${target} ${ask}`);
    return { ok: true };
  };
  const doing = { ...createDoingApp(), leads: { view: never, cancel: never, reset } };
  const { server } = openOwner(new Set(), { doing });
  const deed: Deed<"resetLeads"> = { deed: "resetLeads", asked: { list: "cafes", target: "tiktok_tea" } };
  const box = new RequestBox(dataDir);
  const killed = async (): Promise<void> => {
    const [taken] = await box.take();
    if (taken) await doDeed(doing, deedFrom(taken.content, taken.id) ?? never());
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

test("a checkpoint's names, a cleanup and the end of a request for leads are deeds of the owner too", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const done: string[] = [];
  const doing: DoingApp = {
    ...createDoingApp(),
    honourCheckpoint: async ({ campaignId, names }) => {
      done.push(`honour ${campaignId} ${[...names].join(" ")}`);
      return { kind: "imported", campaignId, names: names.size, added: 1 };
    },
    cleanup: async (id) => {
      done.push(`cleanup ${id}`);
      return { ok: false, problem: "notNow" };
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
  const { server } = openOwner(new Set(), { doing });
  const results: object[] = [];
  const deeds: readonly Deed[] = [
    { deed: "honour", asked: { campaignId: "spring", names: ["ali", "sara"] } },
    { deed: "cleanup", asked: { campaignId: "spring" } },
    { deed: "cancelLeads", asked: { list: "cafes", request: 1 } }, // that one is over; another has begun
    { deed: "cancelLeads", asked: { list: "cafes", request: 2 } },
  ];
  for (const deed of deeds) results.push(await askFor(deed, () => server.serveOnce()));
  expect(results).toMatchObject([
    { result: { kind: "imported", names: 2, added: 1 } },
    { result: { ok: false, problem: "notNow" } },
    { result: { ok: false, problem: "notNow" } },
    { result: { ok: true } },
  ]);
  expect(done).toEqual(["honour spring ali sara", "cleanup spring", "cancel cafes"]);
});
