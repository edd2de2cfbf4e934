import { setImmediate as turn } from "node:timers/promises";
import { deliveries, readInboxes, textHashOf } from "../../src/channels/simulator/record.ts";
import { namesWith, openTestSimulator } from "../support/simulator.ts";
import type { ChannelUnderTest } from "./channel-under-test.ts";
import type { Abilities } from "./channel.ts";
import { channelContract } from "./channel.ts";

async function open(settings: Abilities): Promise<ChannelUnderTest> {
  const simulator = await openTestSimulator(settings);
  const { config, recordFile, clock } = simulator;
  const one = (kind: string, delivered?: boolean): string =>
    namesWith(
      config,
      (habit) => habit.kind === kind && (habit.kind !== "timeout" || habit.delivered === delivered),
      1,
    )[0]!;
  return {
    get channel() {
      return simulator.channel;
    },
    reachable: namesWith(config, (habit) => habit.kind === "prompt", 3),
    missing: one("notFound"),
    refusing: one("refuses"),
    timesOut: { delivered: one("timeout", true), lost: one("timeout", false) },
    whenLeft: async () => {
      while (clock.pending === 0) await turn();
    },
    received: async (username) => (await deliveries(recordFile)).get(username) ?? 0,
    amending: {
      now: () => clock.now(),
      pass: (ms) => clock.advance(ms),
      inboxOf: async (username) => [...((await readInboxes(recordFile)).get(username)?.values() ?? [])],
      seen: textHashOf,
    },
    run: (promise) => clock.runUntil(promise),
    reopen: () => simulator.reopen(),
    close: () => simulator.close(),
  };
}

function contract(name: string, abilities: Abilities): void {
  const amends = { takesBack: { withinMs: 48 * 3_600_000 }, mends: true as const };
  channelContract(name, { ...abilities, amends }, () => open(abilities));
}

contract("a simulator that only sends", { readsBack: false, honoursDedupKey: false, looksUp: false });
contract("a simulator that can be read back", { readsBack: true, honoursDedupKey: false, looksUp: false });
contract("a simulator that honours keys", { readsBack: false, honoursDedupKey: true, looksUp: false });
contract("a simulator that can do everything", { readsBack: true, honoursDedupKey: true, looksUp: true });
