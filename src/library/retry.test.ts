import { expect, test } from "vitest";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import type { BreakerPolicy } from "../domain/accounts/breaker.ts";
import { CircuitBreaker } from "../domain/accounts/circuit-breaker.ts";
import type { BucketRate } from "../domain/accounts/token-bucket.ts";
import { TokenBucket } from "../domain/accounts/token-bucket.ts";
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

test.each(["a text", undefined, new TypeError("not a function")])(
  "throws %s as it was thrown",
  async (thrown) => {
    const asked: number[] = [];
    const work = async (): Promise<never> => {
      asked.push(1);
      throw thrown;
    };
    const clock = createVirtualClock();
    const options = { clock, isTransient: () => true, attempts: 2 };
    await expect(clock.runUntil(retry(work, options).catch((error: unknown) => [error]))).resolves.toEqual([
      thrown,
    ]);
    expect(asked).toHaveLength(2);
  },
);

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

test("begins nothing once the signal has fired", async () => {
  const { asked, work } = flaky(createVirtualClock(), []);
  await expect(retry(work, { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
  expect(asked).toEqual([]);
});

function noIdea(): boolean {
  throw new Error("no idea");
}

test("lets the next one try although nobody could say what an error means", async () => {
  const clock = createVirtualClock();
  const breaker = new CircuitBreaker({ failures: 1, openMs: 1000, longestOpenMs: 4000 });
  const { work } = flaky(clock, [new NetworkError("a"), new Error("b")]);
  await expect(guard(breaker, work, { clock })).rejects.toThrow("a");
  await clock.advance(1000);
  await expect(guard(breaker, work, { clock, isFailure: noIdea })).rejects.toThrow("no idea");
  await clock.advance(4000);
  expect(await guard(breaker, work, { clock })).toBe("done");
});

/** As plain JavaScript may give it, with no types to stop it. */
const rate = (json: string): BucketRate => JSON.parse(json);
const policy = (json: string): BreakerPolicy => JSON.parse(json);

test.each([
  ["perMs", () => new TokenBucket({ perMs: NaN, capacity: 1 }, 0)],
  ["perMs", () => new TokenBucket({ perMs: -1, capacity: 1 }, 0)],
  ["perMs", () => new TokenBucket(rate('{ "perMs": "5", "capacity": 1 }'), 0)],
  ["capacity", () => new TokenBucket(rate('{ "perMs": 1 }'), 0)],
  ["capacity", () => new TokenBucket({ perMs: 1, capacity: 0.5 }, 0)],
  ["now", () => new TokenBucket({ perMs: 1, capacity: 1 }, NaN)],
  ["capacity", () => new TokenBucket({ perMs: 1, capacity: 1 }, 0).setRate({ perMs: 1, capacity: 0 }, 1)],
  ["failures", () => new CircuitBreaker({ failures: 0, openMs: 1, longestOpenMs: 1 })],
  ["openMs", () => new CircuitBreaker(policy('{ "failures": 2 }'))],
  ["longestOpenMs", () => new CircuitBreaker({ failures: 1, openMs: 2, longestOpenMs: 1 })],
  ["moment", () => waitUntil(NaN)],
  ["attempts", () => retry(async () => 1, { attempts: 0 })],
  ["delayMs", () => retry(async () => 1, { delayMs: NaN })],
])("takes no %s by which nothing would be held back", async (name, wrong: () => unknown) => {
  const given = Promise.resolve().then(wrong);
  await expect(given).rejects.toBeInstanceOf(ValidationError);
  await expect(given).rejects.toThrow(`${name}: expected`);
});
