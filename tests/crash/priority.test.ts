/**
 * Two campaigns through one account, over a death at every effect: the urgent one overtakes, also after a restart, the
 * big one goes on after it, and nobody is forgotten or written to twice.
 */
import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import type { Effect } from "../support/memory-stores.ts";
import { createMemoryDisk, noCrash } from "../support/memory-stores.ts";
import { createScriptedChannel } from "../support/scripted/scripted-channel.ts";

const BIG = 5;
const SMALL = 3;

function dyingAt(k: number): { readonly effect: Effect; readonly seen: () => number } {
  let seen = 0;
  const effect: Effect = () => (++seen >= k ? new Promise(() => undefined) : Promise.resolve());
  return { effect, seen: () => seen };
}

test("wherever the process dies, the urgent campaign is through before the big one sends again", async () => {
  let deaths = 0;
  for (let k = 1, hasDied = true; hasDied; k++) {
    const [disk, inbox] = [createMemoryDisk(), new Map<string, number>()];
    const accounts = [{ name: "one", caps: { perMinute: 1 } }];
    const big = putCampaign(disk, { names: BIG, accounts });
    const urgent = { ...big, id: "urgent", priority: 1 };
    disk.names.set("urgent", ["u0", "u1", "u2"]);
    const { effect, seen } = dyingAt(k);
    const live = (how: Effect) => {
      const channel = createScriptedChannel({ inbox, effect: how });
      return { channel, ...startProcess({ channel, disk, effect: how, concurrency: 1 }) };
    };
    const first = live(effect);
    void first.engine
      .start(big)
      .then(() => first.engine.start(urgent))
      .catch(() => undefined);
    await first.clock.runUntilIdle();
    hasDied = seen() >= k;
    const next = live(noCrash);
    await next.engine.recover();
    if (!disk.campaigns.has("urgent")) continue;
    await next.clock.runUntilIdle();
    const called = next.channel.calls.map(({ username }) => username);
    const lastUrgent = called.findLastIndex((name) => name.startsWith("u"));
    expect(called.slice(0, lastUrgent + 1).filter((name) => name.startsWith("p"))).toEqual([]);
    expect(Math.max(...inbox.values())).toBe(1);
    for (const [id, size] of [
      ["spring", BIG],
      ["urgent", SMALL],
    ] as const) {
      const { sent, uncertain } = await (await next.engine.find(id))!.ledger.counts();
      expect(sent + uncertain).toBe(size);
    }
    if (hasDied) deaths++;
  }
  expect(deaths).toBeGreaterThan(20);
});
