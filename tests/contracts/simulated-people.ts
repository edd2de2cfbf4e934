/** The simulator as the channel contract works on it. */
import { setImmediate as turn } from "node:timers/promises";
import { textHashOf } from "../../src/channels/simulator/record.ts";
import type { SimulatorUnderTest } from "../support/simulator.ts";
import { namesWith } from "../support/simulator.ts";
import type { ChannelUnderTest } from "./channel-under-test.ts";

/** What its people got, by their own record. */
interface Got {
  received(username: string): Promise<number>;
  /** Hashes of the texts that lie there. */
  inboxOf(username: string): Promise<readonly string[]>;
}

export function simulatorUnderTest(simulator: SimulatorUnderTest, got: Got): ChannelUnderTest {
  const { config, clock } = simulator;
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
    received: (username) => got.received(username),
    amending: {
      now: () => clock.now(),
      pass: (ms) => clock.advance(ms),
      inboxOf: (username) => got.inboxOf(username),
      seen: textHashOf,
    },
    run: (promise) => clock.runUntil(promise),
    reopen: () => simulator.reopen(),
    close: () => simulator.close(),
  };
}
