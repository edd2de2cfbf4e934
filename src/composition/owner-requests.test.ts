import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { asking, openOwner } from "../../tests/support/owner-bench.ts";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import type { DecisionRequest } from "../cli/program-parts.ts";
import { LeaseTakenError, openLease } from "../storage/files/folder/lease.ts";
import { RequestBox } from "../storage/files/folder/request-box.ts";
import { beginAmending, changeText, decide } from "./ask-owner.ts";
import type { MaySend } from "./owner-requests.ts";

let dataDir = "";
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "peyk-requests-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

const request: DecisionRequest = { campaignId: "spring", decision: "sent", claims: ["3", "4"] };

const atRequests = (): Promise<readonly string[]> => readdir(join(dataDir, "requests"));

const ask = (wanted: DecisionRequest, serve: () => Promise<void>) => decide(wanted, asking(dataDir, serve));

test("the owner decides, answers, and leaves nothing behind", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const { server, done } = openOwner(dataDir, new Set(["3"]));
  const decided = await ask(request, () => server.serveOnce());
  expect(decided).toEqual({ decided: 1, left: 1, byProcess: process.pid });
  expect(done).toEqual(["spring 3 sent"]);
  expect(await atRequests()).toEqual([]);
});

test("an answer that nobody came for yet is no request, however often the owner looks", async () => {
  const box = new RequestBox(dataDir);
  const id = await box.place(request, 1);
  const { server } = openOwner(dataDir, new Set(["3"]));
  await server.serveOnce();
  const answer = await box.answerTo(id);
  await server.serveOnce();
  await server.serveOnce();
  expect(await box.answerTo(id)).toEqual(answer);
  expect(await atRequests()).toEqual([`${id}.answer.json`]);
});

test("what one owner took up and was killed over is done once by the next", async () => {
  const box = new RequestBox(dataDir);
  await box.place(request, 1);
  expect(await box.take()).toHaveLength(1);
  const uncertain = new Set(["3", "4"]);
  const next = openOwner(dataDir, uncertain);
  await next.server.serveOnce();
  await next.server.serveOnce();
  expect(next.done).toEqual(["spring 3 sent", "spring 4 sent"]);
});

test("a request that was done before its owner was killed decides on nobody anew", async () => {
  const box = new RequestBox(dataDir);
  const id = await box.place({ ...request, decision: "again" }, 1);
  const uncertain = new Set(["3", "4"]);
  const { server, done } = openOwner(dataDir, uncertain);
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
  const { server, done } = openOwner(dataDir, new Set(["3", "4"]));
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
      asker: "somebody",
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
  const { server, done } = openOwner(dataDir, new Set(["3", "4"]), { maySend: () => sends });
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
  const { server, done } = openOwner(dataDir, new Set(["3", "4"]), { maySend: () => "no" });
  const again = { ...request, decision: "again" } as const;
  expect(await ask(again, () => server.serveOnce())).toMatchObject({ problem: "sends-another" });
  const odd: DecisionRequest = JSON.parse('{"campaignId":"spring","decision":"dance","claims":[]}');
  expect(await ask(odd, () => server.serveOnce())).toMatchObject({ problem: "other-version" });
  expect(done).toEqual([]);
  expect(await atRequests()).toEqual([]);
});

test("taking back is asked of the owner also where it sends something else, and goes on when asked twice", async () => {
  await using _ = await openLease(dataDir, createVirtualClock());
  const { server, done } = openOwner(dataDir, new Set(), { maySend: () => "no" });
  const begun = await beginAmending(
    {
      campaignId: "spring",
      kind: "takeBack",
      scope: { kind: "revision", revision: 1 },
      after: 2,
      by: "sara",
    },
    asking(dataDir, () => server.serveOnce()),
  );
  expect(begun).toEqual({ result: { ok: true, count: 3, number: 1 }, byProcess: process.pid });
  expect(done).toEqual(["spring takeBack revision true, seen after 2"]);
});

test("another text is asked of the owner, who changes the campaign as it was seen, and only where it sends it", async () => {
  const wanted = { campaignId: "spring", text: "Hello", keepsExtras: true, revision: 3, by: "sara" } as const;
  const askToChange = (serve: () => Promise<void>) => changeText(wanted, asking(dataDir, serve));
  await using _ = await openLease(dataDir, createVirtualClock());
  const { server, done } = openOwner(dataDir, new Set());
  const answer = await askToChange(() => server.serveOnce());
  expect(answer).toMatchObject({ result: { ok: true, revision: 2, left: 7 }, byProcess: process.pid });
  const other = openOwner(dataDir, new Set(), { maySend: (): MaySend => "no" });
  expect(await askToChange(() => other.server.serveOnce())).toMatchObject({ problem: "sends-another" });
  expect([...done, ...other.done]).toEqual(["spring Hello true, seen at 3"]);
});
