import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Budget } from "../../domain/accounts/budget.ts";
import { createDayOf } from "../../domain/accounts/calendar-day.ts";
import type { Limit } from "../../domain/accounts/limits.ts";
import { createFileBooks } from "../../composition/stores/files/file-books.ts";
import type { KeptXLimits } from "./limit-book.ts";
import { LimitBook, publishedLimits } from "./limit-book.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = Date.UTC(2026, 0, 1);

let folder = "";
let kept: KeptXLimits;
const books: LimitBook[] = [];

const onProblem = (error: Error): never => {
  throw error;
};

async function open(): Promise<LimitBook> {
  kept = await createFileBooks({ dataDir: folder, beforeWrite: () => undefined, onProblem }).xLimits();
  const book = new LimitBook({ kept, onProblem });
  books.push(book);
  return book;
}

beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "peyk-limits-"))));
afterEach(async () => {
  for (const book of books.splice(0)) await book.idle();
  await rm(folder, { recursive: true });
});

function windowOf(limits: readonly Limit[]): { count: number; windowMs: number } {
  const [first] = limits;
  return first?.kind === "sliding" ? first : { count: 0, windowMs: 0 };
}

const told = (limit: number, remaining: number, resetsAt: number) => ({
  window: { limit, remaining, resetsAt },
});

describe("the book of limits", () => {
  test("begins with what X publishes", async () => {
    const book = await open();
    expect(book.limitsOf("news", NOW)).toEqual(publishedLimits);
    expect(publishedLimits).toEqual([
      { kind: "sliding", count: 15, windowMs: 15 * MINUTE + 2000 },
      { kind: "sliding", count: 1440, windowMs: DAY + 2000 },
      { kind: "sliding", count: 500, windowMs: DAY },
    ]);
  });

  test("trusts the headers over the table, account by account, and after a restart too", async () => {
    const book = await open();
    book.note("news", "key", told(99, 98, NOW + 15 * MINUTE));
    await book.idle();
    for (const one of [book, await open()]) {
      expect(windowOf(one.limitsOf("news", NOW)).count).toBe(99);
      expect(windowOf(one.limitsOf("help", NOW)).count).toBe(15);
    }
  });

  test("counts from the end of a window on, once that is over", async () => {
    const book = await open();
    book.note("news", "key", told(15, 0, NOW + 5 * MINUTE));
    expect(windowOf(book.limitsOf("news", NOW + 5 * MINUTE - 1)).windowMs).toBe(15 * MINUTE + 2000);
    expect(windowOf(book.limitsOf("news", NOW + 5 * MINUTE)).windowMs).toBe(2000);
    expect(windowOf(book.limitsOf("news", NOW + 9 * MINUTE)).windowMs).toBe(4 * MINUTE + 2000);
    expect(windowOf(book.limitsOf("news", NOW + 60 * MINUTE)).windowMs).toBe(15 * MINUTE + 2000);
  });

  test("learns from two ends how long a window lasts at most, and never unlearns it", async () => {
    const book = await open();
    book.note("news", "key", told(40, 39, NOW + 3000));
    book.note("news", "key", told(40, 39, NOW + 6000));
    expect(windowOf(book.limitsOf("news", NOW + 5000)).windowMs).toBe(3000 + 1000 + 2000);
    book.note("news", "key", told(40, 20, NOW + 3000)); // overtaken on the way
    book.note("news", "key", told(40, 39, NOW + 90_000));
    expect(windowOf(book.limitsOf("news", NOW + 89_000)).windowMs).toBe(6000);
  });

  test("lets nobody of an app send whose day is used up", async () => {
    const book = await open();
    book.note("news", "key", { appDay: { limit: 1440, remaining: 0, resetsAt: NOW + 1000 } });
    expect(book.appRestsUntil("key", NOW)).toBe(NOW + 1000);
    expect(book.appRestsUntil("other", NOW)).toBeUndefined();
    expect(book.appRestsUntil("key", NOW + 1000)).toBeUndefined();
  });

  test("tells people what is left, and that it is all there again", async () => {
    const book = await open();
    expect(book.tell("news", NOW)).toEqual([]);
    book.note("news", "key", told(15, 3, NOW + 1000));
    const one = { name: "messages15Min", count: 15, resetsAt: NOW + 1000 };
    expect(book.tell("news", NOW)).toEqual([{ ...one, left: 3 }]);
    expect(book.tell("news", NOW + 1000)).toEqual([{ ...one, left: 15 }]);
  });
});

/** X's side: windows that open with their first call and last a fixed time. */
class Server {
  readonly #count: number;
  readonly #windowMs: number;
  #startedAt = -Infinity;
  #used = 0;
  overruns = 0;

  constructor(count: number, windowMs: number) {
    this.#count = count;
    this.#windowMs = windowMs;
  }

  call(now: number) {
    if (now >= this.#startedAt + this.#windowMs) [this.#startedAt, this.#used] = [now, 0];
    this.#used += 1;
    if (this.#used > this.#count) this.overruns += 1;
    const reset = Math.ceil((this.#startedAt + this.#windowMs) / 1000) * 1000;
    return told(this.#count, Math.max(0, this.#count - this.#used), reset);
  }
}

/** A claim some time later; the answer is lost, or the process is killed after it. */
const step = fc.record({
  pauseMs: fc.oneof(fc.nat(400), fc.nat(5000)),
  ridesMs: fc.nat(1500),
  isLost: fc.boolean(),
  isKilled: fc.boolean(),
});

test("no window of X is overrun, whatever answers are lost and whenever the process is killed", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 15 }),
      fc.integer({ min: 2000, max: 20_000 }),
      fc.array(step, { minLength: 30, maxLength: 120 }),
      async (count, windowMs, steps) => {
        await rm(join(folder, "x-limits.json"), { force: true });
        const server = new Server(count, windowMs);
        // The journal knows every claim over all lives; a number below the table's is learned by a first answer.
        const budget = new Budget(createDayOf("UTC"));
        let book = await open();
        let now = NOW;
        budget.debit("news", now);
        book.note("news", "key", server.call(now));
        let underWay: { readonly arrivesAt: number; readonly isLost: boolean }[] = [];
        const arrive = (): void => {
          const due = underWay.filter(({ arrivesAt }) => arrivesAt <= now);
          underWay = underWay.filter(({ arrivesAt }) => arrivesAt > now);
          for (const { arrivesAt, isLost } of due.toSorted((a, b) => a.arrivesAt - b.arrivesAt)) {
            const answer = server.call(arrivesAt);
            if (!isLost) book.note("news", "key", answer);
          }
        };
        for (const { pauseMs, ridesMs, isLost, isKilled } of steps) {
          now += pauseMs;
          arrive();
          const allowedAt = budget.nextAllowedAt("news", [], book.limitsOf("news", now), now);
          if (allowedAt <= now) {
            budget.debit("news", now);
            underWay.push({ arrivesAt: now + ridesMs, isLost });
          }
          if (!isKilled) continue;
          await book.idle();
          book = await open();
        }
        await book.idle();
        expect(server.overruns).toBe(0);
      },
    ),
    { numRuns: 40 },
  );
});

test("a whole window is used again as soon as the one before is over", async () => {
  const book = await open();
  const budget = new Budget(createDayOf("UTC"));
  const server = new Server(10, 30_000);
  const sentAt: number[] = [];
  for (let now = NOW; now < NOW + 10 * MINUTE; now += 500) {
    if (budget.nextAllowedAt("news", [], book.limitsOf("news", now), now) > now) continue;
    budget.debit("news", now);
    sentAt.push(now);
    book.note("news", "key", server.call(now));
  }
  await book.idle();
  expect(server.overruns).toBe(0);
  // Twenty windows of ten; what the bound is too long by costs less than a fifth.
  expect(sentAt.length).toBeGreaterThanOrEqual(160);
});
