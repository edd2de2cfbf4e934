/** A campaign that writes again to people who may have said stop, in front of inboxes that a test fills. */
import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../../tests/support/engine-bench.ts";
import { createMemoryDisk, createMemoryStores } from "../../../tests/support/memory-stores.ts";
import { createScriptedChannel } from "../../../tests/support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { Replies } from "../../channels/channel.ts";
import { ReplyWatch } from "./reply-watch.ts";

const MINUTE = 60_000;
const nothing: Replies = { kind: "replies", replies: [], cursor: "1", isStart: true, isEnd: true };
const stopBy = (username: string, isEnd = true, isStart = true): Replies => ({
  kind: "replies",
  replies: [{ id: `stop of ${username}`, username, text: "stop", at: 1 }],
  cursor: `after ${username}`,
  isStart,
  isEnd,
});

const contacted = (name: string) => (Number(name.slice(1)) < 5 ? ["one"] : []);

/** Ten people, of whom the first five were written to before through `one`; every page of its inbox takes a second. */
function bench(pages: (Replies | Error)[]) {
  const disk = createMemoryDisk();
  const clock = createVirtualClock();
  const campaign = putCampaign(disk, { names: 10 });
  disk.campaigns.set("spring", campaign);
  const stores = createMemoryStores(disk, undefined, { clock, accountsOf: contacted });
  const kept = new Map<string, string>();
  const asked: (string | undefined)[] = [];
  const problems: string[] = [];
  const channel = createScriptedChannel({
    manifest: { readsReplies: true },
    abilities: {
      async replies({ cursor }) {
        asked.push(cursor);
        await clock.sleep(1000);
        const answer = pages.shift() ?? nothing;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
  });
  const hearing = new ReplyWatch({
    channels: new Map([["scripted", channel]]),
    campaigns: stores.campaigns,
    contacts: { ready: async () => undefined },
    cursors: {
      get: async (_, account) => kept.get(account),
      move: async (_, account, { to }) => kept.set(account, to) === kept,
    },
    inboxes: stores.inboxes,
    suppression: {
      reasonFor: async (name) => disk.suppressed.get(name),
      add: async (names) => {
        for (const name of names) disk.suppressed.set(name, "optedOut");
        return names.length;
      },
    },
    answers: { take: async () => undefined },
    isStop: (text) => text === "stop",
    clock,
    emit: () => undefined,
    log: { error: (message) => void problems.push(message) },
  });
  const process = startProcess({ channel, disk, clock, stores, hearing });
  const status = () => disk.campaigns.get("spring");
  return {
    ...process,
    channel,
    campaign,
    hearing,
    asked,
    status,
    got: () => [...channel.inbox.keys()].toSorted(),
  };
}

test("reads all pages before it writes again to anybody, and goes on with new people meanwhile", async () => {
  const { engine, campaign, clock, got, asked, status } = bench([
    stopBy("p0", false),
    stopBy("p1", false),
    stopBy("p2"),
  ]);
  await engine.change("spring", () => campaign);
  await clock.advance(2500);
  expect(got()).toEqual(["p5", "p6", "p7", "p8", "p9"]);
  await clock.advance(1000);
  expect(got()).toEqual(["p3", "p4", "p5", "p6", "p7", "p8", "p9"]);
  expect(asked).toEqual([undefined, "after p0", "after p1"]);
  expect(status()).toMatchObject({ status: "finished" });
  expect(await (await engine.find("spring"))?.ledger.counts()).toMatchObject({ sent: 7, skipped: 3 });
});

test("waits for the platform as long as it says, says so, and goes on by itself", async () => {
  const retryAt = createVirtualClock().now() + 15 * MINUTE;
  const { engine, campaign, clock, got, status, events } = bench([
    { kind: "notNow", retryAt, why: "tooFast" },
    stopBy("p0"),
  ]);
  await engine.change("spring", () => campaign);
  await clock.advance(2 * MINUTE);
  expect(got()).toHaveLength(5);
  const said = { account: "one", until: retryAt, why: "tooFast" };
  expect(events).toContainEqual(expect.objectContaining({ kind: "unheard", ...said }));
  expect(status()).toMatchObject({ status: "paused", pause: { kind: "unheard", ...said } });
  await clock.advance(14 * MINUTE);
  expect(got()).toHaveLength(9);
  expect(status()).toMatchObject({ status: "finished" });
});

test("holds whoever may have answered an account that can't be read, until it can", async () => {
  const shut: Replies = { kind: "notNow", retryAt: Infinity, why: "accountLocked" };
  const { engine, campaign, clock, got, status, hearing } = bench([shut, shut, stopBy("p0")]);
  hearing.start();
  await engine.change("spring", () => campaign);
  await clock.advance(4 * MINUTE);
  expect(got()).toHaveLength(5);
  const pause = status()?.pause;
  expect(pause).toEqual({ kind: "unheard", account: "one", why: "accountLocked" });
  await clock.advance(12 * MINUTE);
  expect(got()).toHaveLength(9);
  expect(status()).toMatchObject({ status: "finished" });
  await hearing.stop();
});

test("reads again what was read before the run, and what was read minutes ago", async () => {
  const { engine, campaign, clock, got, hearing, asked } = bench([nothing, stopBy("p0")]);
  await hearing.open("scripted");
  const before = hearing.lookOnce();
  await clock.advance(1000);
  await before;
  await clock.advance(10);
  await engine.change("spring", () => campaign);
  await clock.advance(2000);
  expect(asked).toHaveLength(2);
  expect(got()).not.toContain("p0");
  const since = clock.now() - 10_000;
  hearing.read("scripted", ["one"], since);
  expect(asked).toHaveLength(2);
  await clock.advance(7 * MINUTE);
  hearing.read("scripted", ["one"], since);
  await clock.advance(0);
  expect(asked).toHaveLength(3);
});

test("takes nothing for known that was written while a reading was under way that began before the run", async () => {
  const { engine, campaign, clock, got, hearing, asked } = bench([nothing, stopBy("p0")]);
  void hearing.lookOnce();
  await clock.advance(500);
  await engine.change("spring", () => campaign);
  await clock.advance(3000);
  expect(asked).toHaveLength(2);
  expect(got()).toEqual(["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9"]);
});

test("knows nobody as heard by a reading that broke off between pages, and goes on from there", async () => {
  const { engine, campaign, clock, got, asked } = bench([
    stopBy("p0", false),
    new Error("503"),
    stopBy("p1"),
  ]);
  await engine.change("spring", () => campaign);
  await clock.advance(30_000);
  expect(got()).toHaveLength(5);
  await clock.advance(2 * MINUTE);
  expect(got()).toEqual(["p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9"]);
  expect(asked).toEqual([undefined, "after p0", "after p0"]);
});

test("reads what came since as well when it has ended a reading that an earlier process began", async () => {
  const { engine, campaign, clock, got, asked } = bench([stopBy("p0", true, false), stopBy("p1")]);
  await engine.change("spring", () => campaign);
  await clock.advance(1500);
  expect(got()).toHaveLength(5);
  await clock.advance(1000);
  expect(got()).toEqual(["p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9"]);
  expect(asked).toHaveLength(2);
});

test("ends only when a reading under way is through, if that takes no longer than the grace", async () => {
  const { hearing, clock, disk } = bench([stopBy("p0", false), stopBy("p1")]);
  const reading = hearing.lookOnce();
  await clock.advance(0);
  const stopped = hearing.stop(10_000);
  await clock.advance(3000);
  await Promise.all([reading, stopped]);
  expect([...disk.suppressed.keys()]).toEqual(["p0", "p1"]);
});
