/**
 * The crash matrix: a campaign is cut off at every single effect (before and after each entry, each call, each status
 * on disk), for every fault and every class of channel, and cut off again while it recovers. The channel's own inbox
 * judges: nobody twice, nobody forgotten, and the counts add up.
 */
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import type { ChannelManifest, SendRequest } from "../../src/channels/channel.ts";
import { JournalFold } from "../../src/domain/journal-fold.ts";
import { importedTotal } from "../../src/domain/recipient.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import { shareDay, shareOfToday } from "../support/every-moment.ts";
import type { Effect, MemoryDisk } from "../support/memory-stores.ts";
import { createMemoryDisk, noCrash } from "../support/memory-stores.ts";
import type { ScriptedChannel, Turn } from "../support/scripted/scripted-channel.ts";
import { createScriptedChannel, lostNo, lostYes, yes } from "../support/scripted/scripted-channel.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const NAMES = 3;
const START = Date.UTC(2026, 0, 1);

const classes: Record<string, Partial<ChannelManifest>> = {
  "a dedup key": { honoursDedupKey: true },
  "reading back": { readsBack: true },
  neither: {},
  "a wait before its call": { waitsBeforeCall: true },
  "a wait before its call and reading back": { waitsBeforeCall: true, readsBack: true },
};

/** Whether every doubt is settled by asking the channel. */
const settlesDoubts = ({ honoursDedupKey, readsBack }: Partial<ChannelManifest>): boolean =>
  honoursDedupKey === true || readsBack === true;

/** What the first send to p1 meets; everything else goes well. */
const faults: Record<string, Turn> = {
  "no fault": yes,
  "a lost answer after delivery": lostYes,
  "a lost answer without delivery": lostNo,
  "a refused connection": { arrives: false, answer: { kind: "unavailable", why: "serviceUnreachable" } },
  "a 429": {
    arrives: false,
    answer: { kind: "throttled", scope: "account", retryAt: START + 5000, why: "tooFast" },
  },
  "a 5xx after delivery": { arrives: true, answer: { kind: "uncertain", why: "connectionBroke" } },
  "a 5xx without delivery": {
    arrives: false,
    answer: { kind: "uncertain", why: "connectionBroke" },
  },
};

/** How far the clock is off when the process lives again. */
const clockJumps = { "stands still": 0, "jumps a day ahead": 86_400_000, "jumps an hour back": -3_600_000 };

/** The first death comes at every effect, the second at one in so many of the recovery, each time and each day at others. */
const SHARE = 9;

/** Cases of the whole matrix, told at the end. */
const covered = { cases: 0 };

afterAll(() =>
  console.log(
    `crash matrix, day ${shareDay}: ${covered.cases} cases, each judged by the channel's own inbox`,
  ),
);

/** A process that dies at its k-th effect: whatever comes then never happens. */
function dyingAt(k: number): { readonly effect: Effect; readonly seen: () => number } {
  let seen = 0;
  const effect: Effect = () => {
    seen++;
    return seen >= k ? new Promise(() => undefined) : Promise.resolve();
  };
  return { effect, seen: () => seen };
}

interface Life {
  readonly disk: MemoryDisk;
  readonly channel: (effect: Effect) => ScriptedChannel;
  /** Dies at this effect; infinity: lives to the end. */
  readonly diesAt: number;
  readonly isFirst: boolean;
  /** ms since the epoch */
  readonly startsAt?: number;
  /** What the operator does once the process runs. */
  readonly operator?: (engine: Engine) => Promise<unknown>;
}

/** Runs one life of the process; answers how many effects it had. */
async function live({ disk, channel, diesAt, isFirst, startsAt = START, operator }: Life): Promise<number> {
  const { effect, seen } = dyingAt(diesAt);
  const process = startProcess({
    channel: channel(effect),
    disk,
    effect,
    concurrency: 2,
    clock: createVirtualClock(startsAt),
  });
  const begun = isFirst ? process.engine.change("spring", (from) => from) : process.engine.recover();
  void begun.then(() => operator?.(process.engine)).catch(() => undefined);
  await process.clock.runUntilIdle();
  return seen();
}

async function judge(
  disk: MemoryDisk,
  inbox: ReadonlyMap<string, number>,
  canSettle: boolean,
  deed = "none",
): Promise<void> {
  const reader = startProcess({ channel: createScriptedChannel(), disk });
  const open = await reader.engine.find("spring");
  const counts = await open!.ledger.counts();
  expect(importedTotal(counts)).toBe(NAMES);
  expect(Math.max(0, ...inbox.values())).toBeLessThanOrEqual(1);
  expect(counts.planned + counts.claimed + counts.failed).toBe(0);
  const isSkipping = deed === "cancel" || deed.includes("leaving");
  if (canSettle) expect([counts.sent, inbox.size]).toEqual([NAMES, NAMES]);
  else if (!isSkipping) expect(counts.sent + counts.uncertain).toBe(NAMES);
  else expect(counts.sent + counts.uncertain + counts.skipped).toBe(NAMES);
  expect(counts.sent).toBeLessThanOrEqual(inbox.size);
  expectCalled(disk);
  expectOneEnding(disk);
}

/** No ending came after another one, not even such as a reader passes over for the sake of older journals. */
function expectOneEnding(disk: MemoryDisk): void {
  const fold = new JournalFold(NAMES, { debit: () => undefined, credit: () => undefined });
  for (const entry of disk.journals.get("spring") ?? [])
    expect([entry, fold.apply(entry)]).toEqual([entry, true]);
}

/** Nobody is uncertain whose call is known not to have left. */
function expectCalled(disk: MemoryDisk): void {
  const waiting = new Set<number>();
  for (const entry of disk.journals.get("spring") ?? []) {
    if (entry.t === "claim" && entry.w) waiting.add(entry.r);
    if (entry.t === "leaves") waiting.delete(entry.r);
    if (entry.t === "uncertain") expect([...waiting]).not.toContain(entry.r);
  }
}

describe("nobody is messaged twice or forgotten", () => {
  for (const [className, manifest] of Object.entries(classes))
    for (const [faultName, fault] of Object.entries(faults))
      test(`wherever the process dies, with ${faultName}, through a channel with ${className}`, async () => {
        let cases = 0;
        for (let first = 1, hasDied = true; hasDied; first++)
          for (const second of shareOfToday(SHARE, first)) {
            const disk = createMemoryDisk();
            disk.campaigns.set("spring", putCampaign(disk, { names: NAMES }));
            const inbox = new Map<string, number>();
            const channel = worldOf(inbox, manifest, fault);
            const effects = await live({ disk, channel, diesAt: first, isFirst: true });
            hasDied = effects >= first;
            const diedAgain = (await live({ disk, channel, diesAt: second, isFirst: false })) >= second;
            if (diedAgain) await live({ disk, channel, diesAt: Infinity, isFirst: false });
            const canSettle = settlesDoubts(manifest);
            await judge(disk, inbox, canSettle);
            cases++;
            if (!diedAgain) break;
          }
        covered.cases += cases;
        expect(cases).toBeGreaterThan(40);
      });
});

describe("a clock that is wrong after the crash changes nothing", () => {
  for (const [className, manifest] of Object.entries(classes))
    for (const [jumpName, jumpMs] of Object.entries(clockJumps))
      test(`when it ${jumpName}, through a channel with ${className}`, async () => {
        for (let first = 1, hasDied = true; hasDied; first++) {
          const disk = createMemoryDisk();
          disk.campaigns.set("spring", putCampaign(disk, { names: NAMES }));
          const inbox = new Map<string, number>();
          const channel = worldOf(inbox, manifest, lostYes);
          hasDied = (await live({ disk, channel, diesAt: first, isFirst: true })) >= first;
          const startsAt = START + jumpMs;
          await live({ disk, channel, diesAt: Infinity, isFirst: false, startsAt });
          await judge(disk, inbox, settlesDoubts(manifest));
          covered.cases++;
        }
      });
});

describe("a disk that is full sends nothing that could not be recorded", () => {
  for (const [className, manifest] of Object.entries(classes))
    for (const [faultName, fault] of Object.entries(faults))
      for (const way of ["resumed", "restarted"])
        test(`and all end well once it is ${way} with space, with ${faultName}, through a channel with ${className}`, async () => {
          for (let first = 1, wasFull = true; wasFull; first++) {
            const disk = createMemoryDisk();
            const campaign = putCampaign(disk, { names: NAMES });
            disk.campaigns.set("spring", campaign);
            const inbox = new Map<string, number>();
            const channel = worldOf(inbox, manifest, fault);
            const { effect, space } = fullFrom(first);
            const asked = channel(noCrash);
            const { engine, clock } = startProcess({ channel: asked, disk, effect, concurrency: 2 });
            await engine.start(campaign).catch(() => undefined);
            await clock.runUntilIdle();
            expectClaimed(asked.calls, disk);
            wasFull = space.isFull;
            space.isFull = false;
            if (way === "resumed") await resume(engine);
            await clock.runUntilIdle();
            const startsAt = clock.now();
            await live({ disk, channel, diesAt: Infinity, isFirst: false, startsAt, operator: resume });
            await judge(disk, inbox, settlesDoubts(manifest));
            if (wasFull) covered.cases++;
          }
        });
});

/** Everybody who was asked after has a claim on the disk for it, or the doubt that a claim became. */
function expectClaimed(calls: readonly SendRequest[], disk: MemoryDisk): void {
  const allowed = (disk.journals.get("spring") ?? []).flatMap((entry) =>
    (entry.t === "claim" && !entry.w) || entry.t === "leaves" || entry.t === "uncertain"
      ? [`p${entry.r}`]
      : [],
  );
  for (const { username } of calls) {
    expect(allowed).toContain(username);
    allowed.splice(allowed.indexOf(username), 1);
  }
}

/** A disk that takes nothing more from its k-th effect on, until somebody makes space. */
function fullFrom(k: number) {
  const space = { isFull: false };
  let seen = 0;
  const effect: Effect = () => {
    space.isFull ||= ++seen === k;
    return space.isFull ? Promise.reject(new Error("ENOSPC: no space left on device")) : Promise.resolve();
  };
  return { effect, space };
}

/** What an operator may press at any moment; the last word is that the campaign goes on. */
const deeds: Record<string, (engine: Engine) => Promise<unknown>> = {
  pause: async (engine) => (await engine.find("spring"))?.pause(),
  retry: async (engine) => (await engine.find("spring"))?.retryFailed(),
  cancel: async (engine) => (await engine.find("spring"))?.cancel(),
  "checking, leaving and counting as sent at once": async (engine) => {
    for (let look = 0; look < 3; look++) {
      await turn();
      const open = await engine.find("spring");
      for (const claim of (await open?.ledger.uncertain()) ?? [])
        await Promise.all([
          open?.check(claim),
          open?.decide(claim, "skip"),
          open?.decide(claim, "sent"),
          open?.decide(claim, "skip"),
        ]);
    }
  },
};

const resume = async (engine: Engine): Promise<unknown> => (await engine.find("spring"))?.resume();

describe("whatever the operator pressed when the process died", () => {
  for (const [className, manifest] of Object.entries(classes))
    for (const [deedName, operator] of Object.entries(deeds))
      test(`${deedName} keeps the promise, through a channel with ${className}`, async () => {
        for (let first = 1, hasDied = true; hasDied; first++) {
          const disk = createMemoryDisk();
          disk.campaigns.set("spring", putCampaign(disk, { names: NAMES }));
          const inbox = new Map<string, number>();
          const channel = worldOf(inbox, manifest, lostYes);
          hasDied = (await live({ disk, channel, diesAt: first, isFirst: true, operator })) >= first;
          await live({ disk, channel, diesAt: Infinity, isFirst: false, operator: resume });
          const isSettled = settlesDoubts(manifest) && (deedName === "pause" || deedName === "retry");
          await judge(disk, inbox, isSettled, deedName);
          covered.cases++;
        }
      });
});

/** The outside world, which no crash touches: every life of the process talks to the same people. */
function worldOf(inbox: Map<string, number>, manifest: Partial<ChannelManifest>, fault: Turn) {
  const nths = new Map<string, number>();
  const keys = new Set<string>();
  return (effect: Effect): ScriptedChannel =>
    createScriptedChannel({
      manifest,
      effect,
      inbox,
      keys,
      turn: ({ username }) => {
        const nth = (nths.get(username) ?? 0) + 1;
        nths.set(username, nth);
        return username === "p1" && nth === 1 ? fault : yes;
      },
    });
}
