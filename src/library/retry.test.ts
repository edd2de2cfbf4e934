import { expect, test } from "vitest";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import { CircuitBreaker } from "../domain/accounts/circuit-breaker.ts";
import { NetworkError, RateLimitError, ValidationError } from "../domain/errors.ts";
import { guard } from "./guard.ts";
import { retry } from "./retry.ts";
import { waitUntil } from "./wait-until.ts";

const middle = (): number => 0.5;

/** Fails with each of these in turn, then works; keeps when it was asked. */
function flaky(clock: ReturnType<typeof createVirtualClock>, errors: readonly Error[]) {
  const asked: number[] = [];
  const work = async (): Promise<string> => {
    asked.push(clock.now());
    const error = errors[asked.length - 1];
    if (error) throw error;
    return "done";
  };
  return { asked, work };
}

test("tries at once, then after two, four and eight seconds, and gives up with the last error", async () => {
  const clock = createVirtualClock();
  const began = clock.now();
  const { asked, work } = flaky(
    clock,
    Array.from({ length: 9 }, (_, index) => new NetworkError(`down ${index}`)),
  );
  await expect(clock.runUntil(retry(work, { clock, random: middle }))).rejects.toThrow("down 3");
  expect(asked.map((at) => at - began)).toEqual([0, 2000, 6000, 14_000]);
});

test.each([
  [new ValidationError("wrong"), 1],
  [new NetworkError("lost", { mayHaveDelivered: true }), 1],
  [new RateLimitError("too fast"), 2],
  [Object.assign(new Error("busy"), { code: "EBUSY" }), 2],
])("repeats only what passes and surely delivered nothing: %s", async (error, times) => {
  const clock = createVirtualClock();
  const { asked, work } = flaky(clock, [error]);
  await clock.runUntil(retry(work, { clock, random: middle })).catch(() => undefined);
  expect(asked).toHaveLength(times);
});

test("fails fast while the service is down, lets one try, and is closed by its success", async () => {
  const clock = createVirtualClock();
  const breaker = new CircuitBreaker({ failures: 2, openMs: 1000, longestOpenMs: 4000 });
  const { asked, work } = flaky(clock, [new NetworkError("a"), new NetworkError("b")]);
  for (const text of ["a", "b", "taken for down", "taken for down"])
    await expect(guard(breaker, work, { clock })).rejects.toThrow(text);
  expect(asked).toHaveLength(2);
  await clock.advance(1000);
  expect(await guard(breaker, work, { clock })).toBe("done");
  expect(breaker.standing.state).toBe("closed");
});

test("takes an error that will not pass for an answer", async () => {
  const clock = createVirtualClock();
  const breaker = new CircuitBreaker({ failures: 1, openMs: 1000, longestOpenMs: 4000 });
  const { work } = flaky(clock, [new ValidationError("no")]);
  await expect(guard(breaker, work, { clock })).rejects.toThrow("no");
  expect(breaker.standing.state).toBe("closed");
});

test("waits until a moment, not at all for one that is past, and no longer than the signal allows", async () => {
  const clock = createVirtualClock();
  const at = clock.now();
  await waitUntil(at - 5, undefined, clock);
  await clock.runUntil(waitUntil(at + 500, undefined, clock));
  expect(clock.now()).toBe(at + 500);
  const why = new Error("enough");
  await expect(waitUntil(at + 900, AbortSignal.abort(why), clock)).rejects.toBe(why);
});
