/** The speed of a campaign as a whole holds over all its accounts and over a death at any effect. */
import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import type { Effect } from "../support/memory-stores.ts";
import { createMemoryDisk, noCrash } from "../support/memory-stores.ts";
import { createScriptedChannel, yes } from "../support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const NAMES = 7;
const A_MINUTE = 2;
const HOUR_MS = 3_600_000;

test("no minute has more than the campaign's speed allows, whichever account sends and wherever it died", async () => {
  let deaths = 0;
  for (let k = 1, hasDied = true; hasDied; k += 2) {
    const [disk, inbox, moments] = [createMemoryDisk(), new Map<string, number>(), [] as number[]];
    const accounts = ["one", "two"].map((name) => ({ name, caps: {} }));
    const campaign = { ...putCampaign(disk, { names: NAMES, accounts }), pace: { perMinute: A_MINUTE } };
    let seen = 0;
    const dying: Effect = () => (++seen >= k ? new Promise(() => undefined) : Promise.resolve());
    const live = (effect: Effect, startsAt: number) => {
      const clock = createVirtualClock(startsAt);
      const turn = () => {
        moments.push(clock.now());
        return yes;
      };
      const channel = createScriptedChannel({ inbox, effect, turn, accounts: ["one", "two"] });
      return startProcess({ channel, disk, effect, clock, concurrency: 4 });
    };
    const first = live(dying, HOUR_MS);
    void first.engine.start(campaign).catch(() => undefined);
    await first.clock.runUntilIdle();
    hasDied = seen >= k;
    if (!disk.campaigns.has("spring")) continue;
    const next = live(noCrash, first.clock.now());
    await next.engine.recover();
    await next.clock.runUntilIdle();
    for (const moment of moments) {
      const within = moments.filter((one) => one >= moment && one < moment + 60_000);
      expect(within.length).toBeLessThanOrEqual(A_MINUTE);
    }
    const { sent, uncertain } = await (await next.engine.find("spring"))!.ledger.counts();
    expect([sent + uncertain, Math.max(...inbox.values())]).toEqual([NAMES, 1]);
    if (hasDied) deaths++;
  }
  expect(deaths).toBeGreaterThan(5);
});
