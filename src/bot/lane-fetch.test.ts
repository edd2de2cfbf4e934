import { expect, test } from "vitest";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import type { LanePass } from "../lib/priority-lane.ts";
import { PriorityLane } from "../lib/priority-lane.ts";
import { throughLane } from "./lane-fetch.ts";
import type { BotFetch } from "./retrying-fetch.ts";

const ROOT = "https://api.example/bot1:x";
const OPERATOR = 7;

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
  const lane = new WatchedLane({ clock, overall: limit, perChat: limit });
  const fetch = throughLane({ lane, clock, isOperator: (id) => id === OPERATOR }, base);
  return { clock, lane, fetch };
}

const to = (chat_id: number) => ({ method: "POST", body: JSON.stringify({ chat_id, text: "Hi" }) });

test("sends operators first and tells them from others by the chat", async () => {
  const { lane, fetch } = bench();
  await fetch(`${ROOT}/sendMessage`, to(OPERATOR));
  await fetch(`${ROOT}/editMessageText`, to(8));
  await fetch(`${ROOT}/sendDocument`, { method: "POST", body: {} });
  expect(lane.passes).toEqual([
    { rank: "operator", chat: "7" },
    { rank: "answer", chat: "8" },
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

test("stops the whole lane after a 429 and hands the answer on", async () => {
  const body = { ok: false, error_code: 429, parameters: { retry_after: 5 } };
  const { lane, clock, fetch } = bench(async () => ({ status: 429, json: async () => body }));
  const answer = await fetch(`${ROOT}/sendMessage`, to(OPERATOR));
  expect([answer.status, await answer.json()]).toEqual([429, body]);
  expect(lane.pausedUntil).toBe(clock.now() + 6000);
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
