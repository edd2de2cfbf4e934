import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { LanePass } from "../../lib/pace/priority-lane.ts";
import { PriorityLane } from "../../lib/pace/priority-lane.ts";
import { throughLane } from "./lane-fetch.ts";
import type { BotFetch } from "./retrying-fetch.ts";

const ROOT = "https://api.example/bot1:x";
const OPERATOR = 7;
const LEAVER = 9;

class WatchedLane extends PriorityLane {
  readonly passes: LanePass[] = [];

  override enter(...[pass, signal]: Parameters<PriorityLane["enter"]>): ReturnType<PriorityLane["enter"]> {
    this.passes.push(pass);
    return super.enter(pass, signal);
  }
}

function bench(base: BotFetch = async () => ({ status: 200, json: async () => ({ ok: true }) })) {
  const clock = createVirtualClock();
  const limit = { perSecond: 1, burst: 5 };
  const overall = { count: 5, windowMs: 1000 };
  const lane = new WatchedLane({ clock, overall, others: limit, perChat: limit });
  const facts = { isOperator: (id: number) => id === OPERATOR, isLeaving: (id: number) => id === LEAVER };
  const fetch = throughLane({ lane, ...facts }, base);
  return { clock, lane, fetch };
}

async function bytesOf(body: unknown) {
  const chunks: Buffer[] = [];
  if (typeof body === "object" && body !== null && Symbol.asyncIterator in body)
    for await (const chunk of Readable.from(Object(body))) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const noJson = async () => Promise.reject(new SyntaxError("no JSON"));

const to = (chat_id: number) => ({ method: "POST", body: JSON.stringify({ chat_id, text: "Hi" }) });

test("tells operators, those who leave and all others apart by the chat", async () => {
  const { lane, fetch } = bench();
  await fetch(`${ROOT}/sendMessage`, to(OPERATOR));
  await fetch(`${ROOT}/editMessageText`, to(8));
  await fetch(`${ROOT}/sendMessage`, to(LEAVER));
  await fetch(`${ROOT}/sendDocument`, { method: "POST", body: {} });
  expect(lane.passes).toEqual([
    { rank: "operator", chat: "7" },
    { rank: "answer", chat: "8" },
    { rank: "departure", chat: "9" },
    { rank: "operator" },
  ]);
});

test("lets what Telegram does not count pass beside the lane, also during a pause", async () => {
  const { lane, clock, fetch } = bench();
  lane.pause(clock.now() + 60_000);
  for (const method of ["getUpdates", "getFile", "answerCallbackQuery", "sendChatAction", "setMyCommands"])
    await fetch(`${ROOT}/${method}`, to(OPERATOR));
  expect(lane.passes).toEqual([]);
});

test("stops the chat that was told 429, and no campaign, and hands the answer on", async () => {
  const body = { ok: false, error_code: 429, parameters: { retry_after: 5 } };
  const { lane, clock, fetch } = bench(async () => ({ status: 429, json: async () => body }));
  const answer = await fetch(`${ROOT}/sendMessage`, to(OPERATOR));
  expect([answer.status, await answer.json()]).toEqual([429, body]);
  expect(lane.pausedUntil).toBe(0);
  const own = { rank: "campaign", chat: String(OPERATOR), turnsBack: true } as const;
  expect(await lane.enter(own)).toEqual({ kind: "paused", until: clock.now() + 6000, scope: "chat" });
  expect(await lane.enter({ ...own, chat: "10" })).toMatchObject({ kind: "go" });
});

test("takes a 429 without a figure, or from a proxy, for half a minute of silence in its chat", async () => {
  const { lane, clock, fetch } = bench(async () => ({ status: 429, json: noJson }));
  expect((await fetch(`${ROOT}/sendMessage`, to(8))).status).toBe(429);
  const answer = await lane.enter({ rank: "campaign", chat: "8", turnsBack: true });
  expect(answer).toMatchObject({ kind: "paused", until: clock.now() + 31_000 });
});

test("knows the chat of an upload and sends every byte of it", async () => {
  const form = new FormData();
  form.set("chat_id", String(OPERATOR));
  form.set("document", new Blob(["x".repeat(20_000)]), "results.csv");
  const bytes = Buffer.from(await new Response(form).arrayBuffer());
  async function* pieces() {
    for (let start = 0; start < bytes.length; start += 10) yield bytes.subarray(start, start + 10);
  }
  let sent = Buffer.alloc(0);
  const { lane, fetch } = bench(async (_url, init) => {
    sent = await bytesOf(init?.body);
    return { status: 200, json: async () => ({ ok: true }) };
  });
  await fetch(`${ROOT}/sendDocument`, { method: "POST", body: pieces() });
  expect(lane.passes).toEqual([{ rank: "operator", chat: String(OPERATOR) }]);
  expect(sent.equals(bytes)).toBe(true);
});

test("gives the place up when grammY stops waiting", async () => {
  const { lane, clock, fetch } = bench();
  lane.pause(clock.now() + 60_000);
  const stop = new AbortController();
  const waiting = fetch(`${ROOT}/sendMessage`, { ...to(OPERATOR), signal: stop.signal });
  stop.abort();
  await expect(waiting).rejects.toThrow("aborted");
  expect(clock.pending).toBe(0);
});
