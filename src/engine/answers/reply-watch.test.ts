import { putBack } from "../../domain/restored.ts";
import { expect, test } from "vitest";
import { putCampaign } from "../../../tests/support/engine-bench.ts";
import { createMemoryDisk, createMemoryStores } from "../../../tests/support/memory-stores.ts";
import { createMemorySuppression } from "../../../tests/support/memory-suppression.ts";
import { createScriptedChannel } from "../../../tests/support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { Replies, Reply } from "../../channels/channel.ts";
import { withAccounts } from "../../domain/campaign-accounts.ts";
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import { createInboxes } from "../../storage/files/people/inboxes.ts";
import { ExternalStoreError } from "../../storage/ports/sync.ts";
import type { Heard } from "./heard-answers.ts";
import { ReplyWatch } from "./reply-watch.ts";

const DAY_MS = 86_400_000;
const reply = (username: string, text: string): Reply => ({
  id: `${username} ${text}`,
  username,
  text,
  at: 1,
});
const answerOf = (replies: readonly Reply[], cursor: string): Replies => ({
  kind: "replies",
  replies,
  cursor,
  isStart: true,
  isEnd: true,
});

/** A watch over one account whose answers the test gives; the cursors asked with are kept. */
function bench(answers: (Replies | Error)[]) {
  const disk = createMemoryDisk();
  const clock = createVirtualClock();
  disk.campaigns.set("spring", putCampaign(disk, { names: 0 }));
  const asked: (string | undefined)[] = [];
  const events: CampaignEvent[] = [];
  const problems: string[] = [];
  const taken: Heard[] = [];
  const kept = new Map<string, string>();
  const suppression = createMemorySuppression();
  const channel = createScriptedChannel({
    manifest: { readsReplies: true },
    abilities: {
      replies({ cursor }) {
        asked.push(cursor);
        const answer = answers.shift() ?? answerOf([], cursor ?? "0");
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
    },
  });
  const parts = {
    channels: new Map([["scripted", channel]]),
    campaigns: createMemoryStores(disk).campaigns,
    contacts: { ready: async () => undefined },
    cursors: {
      get: async (name: string, account: string) => kept.get(`${name} ${account}`),
      move: async (name: string, account: string, { to }: { readonly to: string }) =>
        kept.set(`${name} ${account}`, to) === kept,
    },
    suppression,
    inboxes: createInboxes(clock),
    answers: { take: async (heard: Heard) => void taken.push(heard) },
    isStop: (text: string) => text === "stop",
    clock,
    emit: (event: CampaignEvent) => void events.push(event),
    log: { error: (message: string) => void problems.push(message) },
  };
  return {
    disk,
    clock,
    asked,
    taken,
    events,
    problems,
    kept,
    suppression,
    parts,
    watch: new ReplyWatch(parts),
  };
}

test("puts whoever says stop on the do-not-send list, tells it once, and reads on from there", async () => {
  const { watch, asked, events, suppression } = bench([
    answerOf([reply("ali", "stop"), reply("sara", "thanks")], "7"),
    answerOf([reply("ali", "stop")], "8"),
  ]);
  for (const _ of [1, 2, 3]) await watch.lookOnce();
  expect(await suppression.reasonFor("ali")).toBe("optedOut");
  expect(await suppression.reasonFor("sara")).toBeUndefined();
  expect(events).toMatchObject([{ kind: "optedOut", campaignId: "spring", username: "ali", account: "one" }]);
  expect(asked).toEqual([undefined, "7", "8"]);
});

test("hands on what is no stop, each message once with every name of its person, before it reads on", async () => {
  const said = { id: "e1", personId: "7", text: "thanks", at: 5 };
  const page = [{ ...said, username: "ali" }, { ...said, username: "ali_new" }, reply("sara", "stop")];
  const { parts, kept, taken } = bench([answerOf(page, "7"), answerOf(page, "7")]);
  let isFull = true;
  const take = (heard: Heard) =>
    isFull ? Promise.reject(new Error("no space left")) : parts.answers.take(heard);
  const watch = new ReplyWatch({ ...parts, answers: { take } });
  await watch.lookOnce();
  expect([...kept]).toEqual([]);
  isFull = false;
  await watch.lookOnce();
  expect(taken).toEqual([
    {
      channel: "scripted",
      account: "one",
      names: ["ali_new", "ali"],
      mustAnswer: true,
      key: "e1",
      personId: "7",
      text: "thanks",
      at: 5,
    },
  ]);
  expect([...kept.values()]).toEqual(["7"]);
});

test("leaves the place it read to only when the stops before it are on disk", async () => {
  const { parts, kept, asked, problems } = bench([
    answerOf([reply("ali", "stop")], "7"),
    answerOf([reply("ali", "stop")], "7"),
  ]);
  let isFull = true;
  const add: typeof parts.suppression.add = (names, detail) =>
    isFull ? Promise.reject(new Error("no space left")) : parts.suppression.add(names, detail);
  const watch = new ReplyWatch({ ...parts, suppression: { ...parts.suppression, add } });
  await watch.lookOnce();
  expect(kept.size).toBe(0);
  expect(problems).toEqual(["what people wrote to one on scripted was not read: no space left"]);
  isFull = false;
  await watch.lookOnce();
  expect(asked).toEqual([undefined, undefined]);
  expect(await parts.suppression.reasonFor("ali")).toBe("optedOut");
  expect(kept.get("scripted one")).toBe("7");
});

const gone = new ExternalStoreError("PostgreSQL: gone (ECONNREFUSED)", {
  isTransient: true,
  reason: "pgUnreachable",
});

/** A watch over stops whose stores are away when the test says so. */
function overStore() {
  const page = answerOf([reply("ali", "stop")], "7");
  const { parts, ...rest } = bench([page, page]);
  const store = { isAway: false, goesAway: false };
  const kept =
    <A extends unknown[], R>(ask: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      if (store.isAway) throw gone;
      return ask(...given);
    };
  const { campaigns, cursors, inboxes, suppression } = parts;
  const watch = new ReplyWatch({
    ...parts,
    campaigns: { all: kept(() => campaigns.all()) },
    cursors: { get: kept(cursors.get), move: kept(cursors.move) },
    inboxes: {
      ...inboxes,
      wasRead: kept(inboxes.wasRead.bind(inboxes)),
      isShut: kept(inboxes.isShut.bind(inboxes)),
    },
    suppression: {
      add: kept((names, detail) => suppression.add(names, detail)),
      reasonFor: kept((name) => suppression.reasonFor(name)),
    },
    isStop(text) {
      store.isAway ||= store.goesAway;
      return parts.isStop(text);
    },
  });
  return { ...rest, store, watch };
}

test("a store that is away when it begins to look keeps it waiting for seconds", async () => {
  const { watch, store, clock, suppression, problems } = overStore();
  store.isAway = true;
  watch.start();
  await clock.advance(60_000);
  store.isAway = false;
  await clock.advance(20_000);
  expect(await suppression.reasonFor("ali")).toBe("optedOut");
  expect(problems).toEqual([]);
  await watch.stop();
});

test("a store that goes away while it reads, so that not even this can be kept, ends no watch", async () => {
  const { watch, store, clock, suppression } = overStore();
  store.goesAway = true;
  watch.start();
  await clock.advance(60_000);
  expect(await suppression.reasonFor("ali")).toBeUndefined();
  Object.assign(store, { isAway: false, goesAway: false });
  await clock.advance(5 * 60_000);
  expect(await suppression.reasonFor("ali")).toBe("optedOut");
  await watch.stop();
});

test("asks again when the platform said, not before, and after a failure the next time", async () => {
  const retryAt = createVirtualClock().now() + 900_000;
  const late = bench([{ kind: "notNow", retryAt, why: "tooFast" }]);
  await late.watch.lookOnce();
  await late.watch.lookOnce();
  expect(late.asked).toHaveLength(1);
  await late.clock.advance(900_000);
  await late.watch.lookOnce();
  expect(late.asked).toHaveLength(2);
  const broken = bench([new Error("503")]);
  for (const _ of [1, 2]) await broken.watch.lookOnce();
  expect(broken.asked).toHaveLength(2);
  expect(broken.problems).toHaveLength(1);
});

test("looks every five minutes until it is stopped", async () => {
  const { watch, asked, clock } = bench([]);
  watch.start();
  await clock.advance(16 * 60_000);
  expect(asked).toHaveLength(4);
  await watch.stop();
  await clock.advance(60 * 60_000);
  expect(asked).toHaveLength(4);
});

test("listens to no account of a campaign that was cancelled long ago", async () => {
  const { watch, asked, clock, disk } = bench([]);
  disk.campaigns.set("spring", { ...disk.campaigns.get("spring")!, status: "cancelled", createdAt: 0 });
  await clock.advance(1);
  await watch.lookOnce();
  expect(asked).toEqual([]);
});

test("listens for a week after a campaign has ended", async () => {
  const { watch, asked, clock, disk } = bench([]);
  const ended = { ...disk.campaigns.get("spring")!, status: "finished", finishedAt: clock.now() } as const;
  disk.campaigns.set("spring", ended);
  await clock.advance(6 * DAY_MS);
  await watch.lookOnce();
  expect(asked).toHaveLength(1);
  await clock.advance(2 * DAY_MS);
  await watch.lookOnce();
  expect(asked).toHaveLength(1);
});

test("reads nothing for the sake of a campaign that was put back, before something is sent through its channel", async () => {
  const { watch, asked, clock, disk } = bench([]);
  const ended = { ...disk.campaigns.get("spring")!, status: "finished", finishedAt: clock.now() } as const;
  disk.campaigns.set("spring", putBack(ended, { madeAt: 0, at: clock.now() }));
  await watch.lookOnce();
  expect(asked).toEqual([]);
  disk.campaigns.set("autumn", { ...ended, id: "autumn", status: "running" });
  await watch.lookOnce();
  expect(asked).toHaveLength(1);
});

test("goes on hearing an account that a campaign was told to send through no more", async () => {
  const { watch, disk, suppression } = bench([answerOf([reply("p0", "stop")], "1")]);
  const campaign = putCampaign(disk, { names: 0 });
  const other = withAccounts(campaign, [{ name: "two", caps: {} }]);
  disk.campaigns.set("spring", { ...campaign, ...other });
  await watch.lookOnce();
  expect(await suppression.reasonFor("p0")).toBe("optedOut");
});
