/**
 * A campaign through the operator's own gateway dies at every effect, of its stores and on the wire, and is taken up again:
 * the gateway's own account of who got what judges it.
 */
import { expect, test } from "vitest";
import { z } from "zod";
import type { Channel } from "../../src/channels/channel.ts";
import { createWebhookChannel } from "../../src/channels/webhook/webhook.ts";
import type { Clock } from "../../src/lib/clock.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import type { Effect } from "../support/memory-stores.ts";
import { createMemoryDisk, noCrash } from "../support/memory-stores.ts";
import { SECRET, StandInGateway } from "../support/stand-in-gateway.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

interface Wire {
  readonly gateway: StandInGateway;
  readonly keepsKeys: boolean;
  readonly effect: () => Promise<void>;
  readonly clock: Clock;
}

function channelOn({ gateway, keepsKeys, effect, clock }: Wire): Channel {
  const post = async (_: unknown, request: RequestInit = {}): Promise<Response> => {
    await effect();
    const headers = Object.fromEntries(new Headers(request.headers));
    const { status, body } = gateway.take(headers, z.string().parse(request.body));
    await effect();
    return Response.json(body, { status });
  };
  const channel = createWebhookChannel({
    gateway: {
      url: "https://gateway.example/",
      secrets: [SECRET],
      sender: "peyk",
      keepsKeys,
      longestMessage: 480,
      accounts: [{ name: "one", caps: {} }],
    },
    clock,
    fetch: post,
  });
  return { ...channel, manifest: { ...channel.manifest, name: "scripted" } };
}

/** Dies at its k-th effect: whatever comes then never happens. */
function dyingAt(k: number) {
  let seen = 0;
  const effect = (): Promise<void> => (++seen >= k ? new Promise(() => undefined) : Promise.resolve());
  return { effect, hasDied: () => seen >= k };
}

test.each([true, false])(
  "nobody gets two, nobody is forgotten (the gateway keeps keys: %s)",
  async (keepsKeys) => {
    let deaths = 0;
    for (let k = 1, dies = true; dies; k++) {
      const disk = createMemoryDisk();
      disk.campaigns.set("spring", putCampaign(disk, { names: 3 }));
      const gateway = new StandInGateway();
      const live = async (effect: Effect, isFirst: boolean) => {
        const clock = createVirtualClock(Date.now());
        const channel = channelOn({ gateway, keepsKeys, effect: () => effect("wire"), clock });
        const { engine } = startProcess({ channel, disk, effect, clock, concurrency: 2 });
        void (isFirst ? engine.change("spring", (from) => from) : engine.recover()).catch(() => undefined);
        await clock.runUntilIdle();
        return engine;
      };
      const { effect, hasDied } = dyingAt(k);
      await live(effect, true);
      dies = hasDied();
      if (dies) deaths++;
      const open = await (await live(noCrash, false)).find("spring");
      const counts = await open!.ledger.counts();
      expect(counts.sent + counts.uncertain).toBe(3);
      if (keepsKeys) expect(counts.sent).toBe(3);
      const got = gateway.shown.map(({ to }) => to);
      expect(new Set(got).size).toBe(got.length);
      expect(counts.sent).toBeLessThanOrEqual(got.length);
      expect(got.length).toBeGreaterThanOrEqual(keepsKeys ? 3 : 1);
    }
    expect(deaths).toBeGreaterThan(10);
  },
);
