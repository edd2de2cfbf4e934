import { deliveries, readInboxes } from "../../src/channels/simulator/record.ts";
import { openTestSimulator } from "../support/simulator.ts";
import type { ChannelUnderTest } from "./channel-under-test.ts";
import type { Abilities } from "./channel.ts";
import { channelContract } from "./channel.ts";
import { simulatorUnderTest } from "./simulated-people.ts";

async function open(settings: Abilities): Promise<ChannelUnderTest> {
  const simulator = await openTestSimulator(settings);
  const { recordFile } = simulator;
  return simulatorUnderTest(simulator, {
    received: async (username) => (await deliveries(recordFile)).get(username) ?? 0,
    inboxOf: async (username) => [...((await readInboxes(recordFile)).get(username)?.values() ?? [])],
  });
}

function contract(name: string, abilities: Abilities): void {
  const amends = { takesBack: { withinMs: 48 * 3_600_000 }, mends: true as const };
  channelContract(name, { ...abilities, amends }, () => open(abilities));
}

contract("a simulator that only sends", { readsBack: false, honoursDedupKey: false, looksUp: false });
contract("a simulator that can be read back", { readsBack: true, honoursDedupKey: false, looksUp: false });
contract("a simulator that honours keys", { readsBack: false, honoursDedupKey: true, looksUp: false });
contract("a simulator that can do everything", { readsBack: true, honoursDedupKey: true, looksUp: true });
