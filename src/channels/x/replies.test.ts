/** What people write back, page by page, in front of an X that lists it as the real one does. */
import { expect, test } from "vitest";
import type { XBench } from "../../../tests/support/x-bench.ts";
import { openXBench } from "../../../tests/support/x-bench.ts";
import type { Replies, Reply } from "../channel.ts";

const never = new AbortController().signal;
const MINUTE = 60_000;
const people = ["ana", "bea", "cem"].map((name) => ({ name }));

function send(bench: XBench, username: string) {
  const request = { account: "news", username, text: "Hello", dedupKey: `test:${username}` };
  return bench.run(bench.channel.send(request, never));
}

/** One page of what people wrote. */
function page(bench: XBench, cursor?: string, since = 0): Promise<Replies> {
  const asked = { account: "news", since, ...(cursor === undefined ? {} : { cursor }) };
  return bench.run(bench.channel.replies!(asked, never));
}

/** All of it, to the end of the reading. */
async function replies(bench: XBench, cursor?: string, since = 0): Promise<Replies> {
  const pages: Reply[][] = [];
  for (let at = cursor; ;) {
    const answer = await page(bench, at, since);
    if (answer.kind !== "replies") return answer;
    pages.unshift([...answer.replies]);
    if (answer.isEnd) return { ...answer, replies: pages.flat() };
    at = answer.cursor;
  }
}

test("reads what people wrote since the last time, oldest first, and nothing of ours", async () => {
  await using bench = await openXBench({ people });
  await send(bench, "ana");
  bench.x.writeBack("ana", "news", "hi");
  await bench.clock.advance(1000);
  bench.x.writeBack("bea", "news", "stop");
  const first = await replies(bench);
  expect(first).toMatchObject({
    kind: "replies",
    replies: [
      { username: "ana", text: "hi" },
      { username: "bea", text: "stop", at: bench.clock.now() },
    ],
  });
  const cursor = first.kind === "replies" ? first.cursor : "";
  expect(await replies(bench, cursor)).toEqual({
    kind: "replies",
    replies: [],
    cursor,
    isStart: true,
    isEnd: true,
  });
  for (let count = 0; count < 130; count++) bench.x.writeBack("cem", "news", `${count}`);
  const more = await replies(bench, cursor);
  expect(more.kind === "replies" && more.replies.map(({ text }) => text)).toEqual(
    Array.from({ length: 130 }, (_, index) => String(index)),
  );
});

/** Writes so many messages to the account, the first of them "stop" by cem. */
async function fillInbox(bench: XBench, count: number): Promise<void> {
  bench.x.writeBack("cem", "news", "stop");
  for (let index = 1; index < count; index++) {
    await bench.clock.advance(10_000);
    bench.x.writeBack("ana", "news", `${index}`);
  }
}

test("the first reading goes back through all pages to when answers began to matter, and no further", async () => {
  await using bench = await openXBench({ people });
  bench.x.writeBack("bea", "news", "stop");
  await bench.clock.advance(60 * MINUTE);
  const since = bench.clock.now();
  await fillInbox(bench, 350);
  const heard = await replies(bench, undefined, since);
  const stops = heard.kind === "replies" ? heard.replies.filter(({ text }) => text === "stop") : [];
  expect(stops.map(({ username }) => username)).toEqual(["cem"]);
  expect(bench.x.pagesAsked("/2/dm_events")).toHaveLength(4);
});

test("a reading that is cut off between pages goes on where it was, and passes nothing that came meanwhile", async () => {
  await using bench = await openXBench({ people, windows: { events: { count: 2, windowMs: 15 * MINUTE } } });
  await fillInbox(bench, 350);
  const first = await page(bench);
  const second = await page(bench, first.kind === "replies" ? first.cursor : "");
  const cursor = second.kind === "replies" ? second.cursor : "";
  expect(await page(bench, cursor)).toMatchObject({ kind: "notNow" });
  bench.x.writeBack("bea", "news", "stop");
  await bench.reopen();
  await bench.clock.advance(15 * MINUTE);
  const rest = await replies(bench, cursor);
  expect(rest).toMatchObject({ isStart: false });
  expect(rest.kind === "replies" && rest.replies[0]).toMatchObject({ username: "cem", text: "stop" });
  await bench.clock.advance(15 * MINUTE);
  const news = await replies(bench, rest.kind === "replies" ? rest.cursor : "");
  expect(news.kind === "replies" && news.replies.map(({ username, text }) => [username, text])).toEqual([
    ["bea", "stop"],
  ]);
});

test("a reading whose page X has forgotten begins anew", async () => {
  await using bench = await openXBench({ people });
  await fillInbox(bench, 150);
  const first = await page(bench);
  bench.x.forgetPages();
  const rest = await replies(bench, first.kind === "replies" ? first.cursor : "");
  expect(rest.kind === "replies" && rest.replies[0]).toMatchObject({ username: "cem", text: "stop" });
});

test("a message that the list shows later than newer ones is read all the same", async () => {
  const late = new Set<string>();
  await using bench = await openXBench({ people, hides: (id) => late.has(id) });
  late.add(bench.x.writeBack("cem", "news", "stop"));
  await bench.clock.advance(1000);
  bench.x.writeBack("ana", "news", "hi");
  const first = await replies(bench);
  expect(first).toMatchObject({ replies: [{ text: "hi" }] });
  late.clear();
  const next = await replies(bench, first.kind === "replies" ? first.cursor : "");
  expect(next).toMatchObject({ replies: [{ username: "cem", text: "stop" }] });
});

test("a reply counts under every name the person was written to by", async () => {
  await using bench = await openXBench({ people });
  await send(bench, "ana");
  bench.x.setState("ana", { renamedTo: "ana_new" });
  await send(bench, "ana_new");
  bench.x.writeBack("ana_new", "news", "stop");
  const answer = await replies(bench);
  expect(answer.kind === "replies" && answer.replies.map(({ username }) => username).toSorted()).toEqual([
    "ana",
    "ana_new",
  ]);
});

test("says when to ask for replies again", async () => {
  await using bench = await openXBench({ people, windows: { events: { count: 1, windowMs: 15 * MINUTE } } });
  const startedAt = bench.clock.now();
  await replies(bench);
  expect(await replies(bench)).toMatchObject({ kind: "notNow", retryAt: startedAt + 15 * MINUTE + 1000 });
});
