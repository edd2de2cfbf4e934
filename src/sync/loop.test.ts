import { expect, test } from "vitest";
import type { ExternalStore } from "../storage/ports/sync.ts";
import { ExternalStoreError } from "../storage/ports/sync.ts";
import { SyncLoop } from "./loop.ts";
import type { SyncParts } from "./session.ts";
import type { SyncEvent } from "./sync-event.ts";
import { plainWords } from "../../tests/support/plain-words.ts";
import { syncToldLines } from "../words/sync-told.ts";

/** What happens in each round, in turn: it works, takes so many ms, or fails. */
type Turn = "works" | number | Error;

/** A loop without anything to copy. */
function createLoop(
  store: Partial<ExternalStore>,
  parts: Pick<SyncParts, "clock" | "tell">,
  intervalMs: number,
  refusal?: Error,
): SyncLoop {
  return new SyncLoop(
    {
      source: {
        identity: async () => "id",
        campaigns: async () => [],
        feeds: async () => [],
        read: () => Promise.reject(new Error("no log is there")),
        recipients: () => {
          throw new Error("nobody is there");
        },
      },
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that a round without anything to copy asks for
      connect: () => (refusal ? Promise.reject(refusal) : Promise.resolve(store as ExternalStore)),
      takeOptOuts: async () => true,
      retryDelaysMs: [],
      batchLines: 10,
      ...parts,
    },
    intervalMs,
  );
}

/** A loop in virtual time on a database that behaves as told, stopped when its turns are over. */
async function runLoop(turns: readonly Turn[], intervalMs = 1000) {
  const left = [...turns];
  const events: SyncEvent[] = [];
  const stop = new AbortController();
  const rounds: number[] = [];
  let now = 0;
  const store = {
    optOuts: async () => {
      const turn = left.shift() ?? "works";
      rounds.push(now);
      if (turn instanceof Error) throw turn;
      if (typeof turn === "number") now += turn;
      return [];
    },
    lead: async () => true,
    campaignHash: () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  } satisfies Partial<ExternalStore>;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
      if (left.length === 0) stop.abort();
    },
  };
  const loop = createLoop(store, { clock, tell: (event) => void events.push(event) }, intervalMs);
  await loop.run(stop.signal);
  const gaps = rounds.slice(1).map((at, index) => at - (rounds[index] ?? 0));
  return { status: loop.status(), events, gaps };
}

const away = new ExternalStoreError("PostgreSQL: connect ECONNREFUSED", {
  isTransient: true,
  reason: "pgUnreachable",
});

test("a database at ease is asked at the interval that was asked for", async () => {
  const { gaps, status } = await runLoop(["works", "works", "works"]);
  expect(gaps).toEqual([1000, 1000]);
  expect(status).toMatchObject({ successes: 3, failures: 0, intervalMs: 1000, breaker: "closed" });
});

test("a slow database is asked less often, and more often again once it is quick", async () => {
  const { gaps, events } = await runLoop([1500, 1500, "works", "works", "works"]);
  expect(gaps).toEqual([1500 + 2000, 1500 + 4000, 2000, 1000]);
  expect(events.filter(({ kind }) => kind === "intervalChanged")).toEqual(
    [2000, 4000, 2000, 1000].map((intervalMs) => ({ kind: "intervalChanged", intervalMs })),
  );
});

test("a database that is away is left alone after five failures, for longer each time, until it answers", async () => {
  const { gaps, events, status } = await runLoop([
    ...Array.from({ length: 10 }, () => away),
    "works",
    "works",
  ]);
  expect(gaps).toEqual([1000, 1000, 1000, 1000, 5000, 10_000, 20_000, 40_000, 60_000, 60_000, 1000]);
  expect(events.filter(({ kind }) => kind === "breakerOpened")).toHaveLength(6);
  expect(events.filter(({ kind }) => kind === "breakerClosed")).toHaveLength(1);
  expect(status).toMatchObject({ successes: 2, failures: 10, breaker: "closed" });
  expect(status.lastError).toBeUndefined();
});

test("every failure is counted and told with its error", async () => {
  const { events, status } = await runLoop([away]);
  const told = { why: away.message, reason: "pgUnreachable", isTransient: true };
  expect(events).toEqual([
    { kind: "attemptFailed", what: "opt-outs", attempt: 1, of: 1, ...told },
    { kind: "roundFailed", ...told },
  ]);
  expect(status).toMatchObject({ failures: 1, lastError: "pgUnreachable" });
});

test("a connection that is refused is told as such, and whether trying again would help", async () => {
  const lines: string[] = [];
  const tell = (event: SyncEvent): void =>
    void lines.push(...syncToldLines(event, plainWords).map(({ text }) => text));
  const clock = { now: () => 0, sleep: async () => undefined };
  const denied = new ExternalStoreError("PostgreSQL: no such database", { reason: "pgNoDatabase" });
  for (const error of [away, denied]) {
    const stop = new AbortController();
    const refused = createLoop(
      {},
      { clock: { ...clock, sleep: async () => stop.abort() }, tell },
      1000,
      error,
    );
    await refused.run(stop.signal).catch(() => undefined);
  }
  expect(lines).toEqual([
    `connecting: attempt 1 of 1 failed: ${away.message}; given up for now.`,
    `connecting: attempt 1 of 1 failed: ${denied.message}; trying again would not help.`,
  ]);
});

test("an error that no repetition mends ends the loop", async () => {
  const denied = new ExternalStoreError("PostgreSQL: permission denied (42501)", { reason: "pgNoRight" });
  await expect(runLoop(["works", denied])).rejects.toBe(denied);
});

test("a database that hangs is cut off when the sync is to stop", async () => {
  const stop = new AbortController();
  let cutOff: ((error: Error) => void) | undefined;
  const store = {
    optOuts: () => {
      stop.abort();
      return new Promise<never>((_, reject) => (cutOff = reject));
    },
    [Symbol.asyncDispose]: async () => cutOff?.(away),
  } satisfies Partial<ExternalStore>;
  const clock = { now: () => 0, sleep: async () => undefined };
  const loop = createLoop(store, { clock, tell: () => undefined }, 1000);
  await loop.run(stop.signal);
  expect(loop.status()).toMatchObject({ successes: 0, failures: 0, retries: 0 });
});

test("a flood of opt-outs keeps nobody waiting who wants to stop", async () => {
  const stop = new AbortController();
  let asked = 0;
  const store = {
    optOuts: async () => {
      if (++asked === 2) stop.abort();
      return [{ id: asked, username: "ali", reason: "optedOut", note: null, at: 1 } as const];
    },
    answerOptOuts: async () => undefined,
    lead: async () => true,
    campaignHash: () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  } satisfies Partial<ExternalStore>;
  const clock = { now: () => 0, sleep: async () => undefined };
  await createLoop(store, { clock, tell: () => undefined }, 1000).run(stop.signal);
  expect(asked).toBe(2);
});
