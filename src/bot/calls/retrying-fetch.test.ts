import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import type { Clock } from "../../lib/clock.ts";
import { systemClock } from "../../lib/clock.ts";
import type { BotFetch } from "./retrying-fetch.ts";
import { createRetryingFetch, nativeSignal } from "./retrying-fetch.ts";

type Step = number | "cut" | { readonly retryAfter: number };

/** A fetch that answers step by step, over a clock that notes how long it was slept on. */
function scripted(steps: readonly Step[]): { ask: BotFetch; slept: number[]; calls: () => number } {
  const slept: number[] = [];
  const clock: Clock = { now: () => 0, sleep: async (ms) => void slept.push(ms) };
  let calls = 0;
  const base: BotFetch = async () => {
    const step = steps[calls] ?? 200;
    calls += 1;
    if (step === "cut") throw new TypeError("fetch failed");
    if (typeof step === "number") return { status: step, json: async () => ({ ok: step === 200 }) };
    return { status: 429, json: async () => ({ ok: false, parameters: { retry_after: step.retryAfter } }) };
  };
  return { ask: createRetryingFetch({ clock, base }), slept, calls: () => calls };
}

const badGateway: BotFetch = async () => ({ status: 502, json: async () => ({}) });

const url = "http://127.0.0.1/bot1:x/sendMessage";
const init = { body: "{}" };

test("waits out a 429 for as long as it says", async () => {
  const { ask, slept } = scripted([{ retryAfter: 7 }, 200]);
  expect((await ask(url, init)).status).toBe(200);
  expect(slept).toEqual([7000]);
});

test("tries again after a cut connection and after a 5xx, waiting longer each time", async () => {
  const { ask, slept } = scripted(["cut", 502, "cut", 200]);
  expect((await ask(url, init)).status).toBe(200);
  expect(slept).toEqual([1000, 2000, 4000]);
});

test("waits out any number of 429s, bad gateways and cut connections", async () => {
  const bad: Step[] = [502, 502, 502, 502, 502, "cut", { retryAfter: 245 }, { retryAfter: 300 }, 200];
  const { ask, slept } = scripted(bad);
  expect((await ask(url, init)).status).toBe(200);
  expect(slept).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 245_000, 300_000]);
});

test("asks again after an hour, however long a ban it was told of", async () => {
  const { ask, slept } = scripted([{ retryAfter: 10 ** 9 }, 200]);
  await ask(url, init);
  expect(slept).toEqual([3_600_000]);
});

test("gives up when nobody wants the answer any more, and when Peyk stops", async () => {
  for (const whose of ["call", "peyk"]) {
    const ending = new AbortController();
    const clock: Clock = {
      now: () => 0,
      sleep: (ms, signal) => (ending.abort(), systemClock.sleep(ms, signal)),
    };
    const ask = createRetryingFetch({
      clock,
      base: badGateway,
      ...(whose === "peyk" ? { signal: ending.signal } : {}),
    });
    const call = whose === "call" ? { ...init, signal: ending.signal } : init;
    await expect(ask(url, call)).rejects.toThrow(/abort/i);
  }
});

test("repeats neither uploads, nor polls, nor answers to presses, nor refusals", async () => {
  for (const [address, body] of [
    [url, {}],
    [url.replace("sendMessage", "getUpdates"), "{}"],
    [url.replace("sendMessage", "answerCallbackQuery"), "{}"],
  ] as const) {
    const { ask, calls } = scripted([502, 200]);
    expect((await ask(address, { body })).status).toBe(502);
    expect(calls()).toBe(1);
  }
  const refused = scripted([400, 200]);
  expect((await refused.ask(url, init)).status).toBe(400);
});

test("leaves nothing on the signals of a call, however often it was tried and however it ended", async () => {
  const closing = new AbortController();
  const clock: Clock = { now: () => 0, sleep: async () => undefined };
  const listeners: number[] = [];
  const base: BotFetch = async (_url, { signal } = {}) => {
    // As the lane does, and whoever else waits for the call's turn.
    nativeSignal(signal);
    if (signal) listeners.push(getEventListeners(signal, "abort").length);
    if (listeners.length % 20 > 0) throw new TypeError("fetch failed");
    return { status: 200, json: async () => ({ ok: true }) };
  };
  const ask = createRetryingFetch({ clock, base, signal: closing.signal });
  for (let times = 0; times < 3; times += 1) await (await ask(url, init)).json();
  await expect(ask(url, { body: {} })).rejects.toThrow("fetch failed");
  expect(Math.max(...listeners)).toBe(0);
  expect(getEventListeners(closing.signal, "abort")).toEqual([]);
});
