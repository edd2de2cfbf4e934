import { expect, test } from "vitest";
import { systemClock } from "./clock.ts";

test("no sleep ends earlier than it was to", async () => {
  for (let times = 0; times < 40; times++) {
    const from = performance.now();
    await systemClock.sleep(2);
    expect(performance.now() - from).toBeGreaterThanOrEqual(2);
  }
});

test("a sleep that is called off while it goes on ends with the reason", async () => {
  const stop = new AbortController();
  const slept = systemClock.sleep(60_000, stop.signal);
  stop.abort(new Error("no longer"));
  await expect(slept).rejects.toThrow("no longer");
});
