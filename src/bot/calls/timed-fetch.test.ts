import { expect, test } from "vitest";
import type { BotFetch } from "./retrying-fetch.ts";
import { createTimedFetch } from "./timed-fetch.ts";

/** A fetch whose answers never come. */
const silent: BotFetch = (_url, init) =>
  new Promise((_resolve, reject) =>
    init?.signal?.addEventListener("abort", () => reject(new Error("ended"))),
  );

test("ends a try whose answer takes too long, and gives an upload more time", async () => {
  const given: number[] = [];
  const over = new AbortController();
  const ask = createTimedFetch(silent, (ms) => {
    given.push(ms);
    return over.signal;
  });
  const call = ask("https://api/sendMessage", { body: "{}" });
  const upload = ask("https://api/sendDocument", { body: {} });
  over.abort();
  await expect(call).rejects.toThrow("ended");
  await expect(upload).rejects.toThrow("ended");
  // An answer that takes a minute is slow and not lost.
  expect(given[0]).toBeGreaterThan(60_000);
  expect(given[1]).toBeGreaterThan(5 * 60_000);
});

test("ends a try that nobody wants any more", async () => {
  const ending = new AbortController();
  const call = createTimedFetch(silent)("https://api/sendMessage", { body: "{}", signal: ending.signal });
  ending.abort();
  await expect(call).rejects.toThrow("ended");
});
