/**
 * A campaign that starts at a moment and sends within a window, and the process killed at every single effect of it: nobody
 * is written to before the moment or outside the window, nobody twice, and nobody is forgotten.
 */
import { expect, test } from "vitest";
import type { Campaign } from "../../src/domain/campaign.ts";
import { weekdays } from "../../src/domain/when/wall-clock.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import type { Effect } from "../support/memory-stores.ts";
import { createMemoryDisk, noCrash } from "../support/memory-stores.ts";
import { createScriptedChannel, yes } from "../support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Half past nine; the window closes at ten and opens again at nine. */
const START = Date.parse("2026-12-05T09:30Z");
const NAMES = 4;

function dyingAt(k: number): { readonly effect: Effect; readonly seen: () => number } {
  let seen = 0;
  const effect: Effect = () => (++seen >= k ? new Promise(() => undefined) : Promise.resolve());
  return { effect, seen: () => seen };
}

test("a kill at every effect of schedule and window sends nothing too early, too late or twice", async () => {
  let lives = 0;
  for (let dies = 1, hasDied = true; hasDied; dies++) {
    const disk = createMemoryDisk();
    const campaign: Campaign = {
      ...putCampaign(disk, { names: NAMES, accounts: [{ name: "one", caps: { perHour: 3 } }] }),
      status: "scheduled",
      schedule: { at: START, timeZone: "UTC", by: "7", setAt: 0 },
      sendWindow: { timeZone: "UTC", hours: [{ days: weekdays, from: 540, to: 600 }] },
    };
    const inbox = new Map<string, number>();
    const sentAt: number[] = [];
    const { effect, seen } = dyingAt(dies);
    let now = START - 5 * MINUTE;
    for (const how of [effect, noCrash]) {
      const clock = createVirtualClock(now);
      const channel = createScriptedChannel({
        manifest: { readsBack: true },
        effect: how,
        inbox,
        turn: () => {
          sentAt.push(clock.now());
          return yes;
        },
      });
      const { engine } = startProcess({ channel, clock, disk, effect: how, concurrency: 1 });
      const begun = disk.campaigns.get("spring")?.schedule ? engine.recover() : engine.start(campaign);
      void begun.catch(() => undefined);
      // The first life lasts until shortly after the start, so that the second is in time for it.
      await clock.advance(how === noCrash ? 3 * 24 * HOUR : 10 * MINUTE);
      now = clock.now();
      hasDied = how === noCrash ? hasDied : seen() >= dies;
      lives++;
    }
    const stored = disk.campaigns.get("spring");
    if (stored?.status === "running" && stored.schedule === undefined) continue; // it died before it was stored
    expect(stored?.status).toBe("finished");
    expect([...inbox.values()]).toEqual(Array.from({ length: NAMES }, () => 1));
    for (const at of sentAt) {
      expect(at).toBeGreaterThanOrEqual(START);
      expect(new Date(at).getUTCHours()).toBe(9);
    }
  }
  expect(lives).toBeGreaterThan(20);
});
