import { expect, test } from "vitest";
import type { Clock } from "../lib/clock.ts";
import type { BotFetch } from "./retrying-fetch.ts";
import { createRetryingFetch } from "./retrying-fetch.ts";

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
  return { ask: createRetryingFetch(clock, base), slept, calls: () => calls };
}

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

test("gives up after five tries and says what happened last", async () => {
  const failing = scripted(["cut", "cut", "cut", "cut", "cut"]);
  await expect(failing.ask(url, init)).rejects.toThrow("fetch failed");
  expect(failing.calls()).toBe(5);
  expect((await scripted([500, 500, 500, 500, 500]).ask(url, init)).status).toBe(500);
});

test("tells of a long ban instead of waiting for it, with its answer still readable", async () => {
  const { ask, slept } = scripted([{ retryAfter: 245 }]);
  const answer = await ask(url, init);
  expect(await answer.json()).toMatchObject({ parameters: { retry_after: 245 } });
  expect(slept).toEqual([]);
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
