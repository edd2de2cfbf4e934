/**
 * The crash matrix: a campaign is cut off at every single effect (before and after each entry, each call, each status
 * on disk), for every fault and every class of channel, and cut off again while it recovers. The channel's own inbox
 * judges: nobody twice, nobody forgotten, and the counts add up.
 */
import { describe, expect, test } from "vitest";
import type { ChannelManifest } from "../../src/channels/channel.ts";
import { importedTotal } from "../../src/domain/recipient.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import type { Effect, MemoryDisk } from "../support/memory-stores.ts";
import { createMemoryDisk } from "../support/memory-stores.ts";
import type { ScriptedChannel, Turn } from "../support/scripted-channel.ts";
import { createScriptedChannel, lostNo, lostYes, yes } from "../support/scripted-channel.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const NAMES = 4;
const START = Date.UTC(2026, 0, 1);

const classes: Record<string, Partial<ChannelManifest>> = {
  "a dedup key": { honoursDedupKey: true },
  "reading back": { readsBack: true },
  neither: {},
};

/** What the first send to p1 meets; everything else goes well. */
const faults: Record<string, Turn> = {
  "no fault": yes,
  "a lost answer after delivery": lostYes,
  "a lost answer without delivery": lostNo,
  "a refused connection": { arrives: false, answer: { kind: "unavailable", why: "refused connection" } },
  "a 429": {
    arrives: false,
    answer: { kind: "throttled", scope: "account", retryAt: START + 5000, why: "429" },
  },
};

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
}

/** Runs one life of the process; answers how many effects it had. */
async function live({ disk, channel, diesAt, isFirst }: Life): Promise<number> {
  const { effect, seen } = dyingAt(diesAt);
  const process = startProcess({
    channel: channel(effect),
    disk,
    effect,
    concurrency: 2,
    clock: createVirtualClock(START),
  });
  const campaign = disk.campaigns.get("spring");
  const begun = isFirst && campaign ? process.engine.start(campaign) : process.engine.recover();
  void begun.catch(() => undefined);
  await process.clock.runUntilIdle();
  return seen();
}

async function judge(
  disk: MemoryDisk,
  inbox: ReadonlyMap<string, number>,
  canSettle: boolean,
): Promise<void> {
  const reader = startProcess({ channel: createScriptedChannel(), disk });
  const open = await reader.engine.find("spring");
  const counts = open!.ledger.counts();
  expect(importedTotal(counts)).toBe(NAMES);
  expect(Math.max(0, ...inbox.values())).toBeLessThanOrEqual(1);
  expect(counts.planned + counts.claimed + counts.failed).toBe(0);
  if (canSettle) expect([counts.sent, inbox.size]).toEqual([NAMES, NAMES]);
  else expect(counts.sent + counts.uncertain).toBe(NAMES);
  expect(counts.sent).toBeLessThanOrEqual(inbox.size);
}

describe("nobody is messaged twice or forgotten", () => {
  for (const [className, manifest] of Object.entries(classes))
    for (const [faultName, fault] of Object.entries(faults))
      test(`wherever the process dies, with ${faultName}, through a channel with ${className}`, async () => {
        let cases = 0;
        for (let first = 1, hasDied = true; hasDied; first++)
          for (const second of [1, 2, 3, 5, 8, Infinity]) {
            const disk = createMemoryDisk();
            putCampaign(disk, { names: NAMES });
            const inbox = new Map<string, number>();
            const channel = worldOf(inbox, manifest, fault);
            const effects = await live({ disk, channel, diesAt: first, isFirst: true });
            hasDied = effects >= first;
            if (second !== Infinity) await live({ disk, channel, diesAt: second, isFirst: false });
            await live({ disk, channel, diesAt: Infinity, isFirst: false });
            const canSettle = Object.keys(manifest).length > 0;
            await judge(disk, inbox, canSettle);
            cases++;
          }
        expect(cases).toBeGreaterThan(100);
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
