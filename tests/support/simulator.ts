/** A simulator on a record in a temporary folder, in virtual time, with names picked by their habits. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import type { Channel } from "../../src/channels/channel.ts";
import { simulatorConfigSchema } from "../../src/channels/simulator/config.ts";
import type { SimulatorConfig } from "../../src/channels/simulator/config.ts";
import { personOf } from "../../src/channels/simulator/population.ts";
import type { Habit } from "../../src/channels/simulator/population.ts";
import type { RecordPlace } from "../../src/channels/simulator/record-place.ts";
import { openSimulator } from "../../src/channels/simulator/simulator.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import { createVirtualClock } from "./virtual-clock.ts";

export interface SimulatorUnderTest {
  readonly config: SimulatorConfig;
  readonly recordFile: string;
  readonly clock: VirtualClock;
  /** The one open now; another after {@link SimulatorUnderTest.reopen}. */
  readonly channel: Channel;
  reopen(): Promise<void>;
  /** Closes the channel and removes the folder. */
  close(): Promise<void>;
}

/** Opens a simulator with these settings over the defaults. @param place Where its record lies; default a file */
export async function openTestSimulator(
  settings: z.input<typeof simulatorConfigSchema> = {},
  place?: () => RecordPlace,
): Promise<SimulatorUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), "peyk-simulator-"));
  const config = simulatorConfigSchema.parse(settings);
  const clock = createVirtualClock();
  const recordFile = join(folder, "simulator-record.jsonl");
  const open = () => openSimulator({ config, clock, ...(place ? { place: place() } : { recordFile }) });
  let channel = await open();
  return {
    config,
    recordFile,
    clock,
    get channel() {
      return channel;
    },
    async reopen() {
      await channel[Symbol.asyncDispose]();
      channel = await open();
    },
    async close() {
      await channel[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

/** The first `count` made-up names whose people have such a habit. */
export function namesWith(
  config: SimulatorConfig,
  wanted: (habit: Habit) => boolean,
  count: number,
): readonly string[] {
  const names: string[] = [];
  for (let index = 0; names.length < count; index += 1) {
    if (index > 1_000_000) throw new Error("nobody in this population has such a habit");
    if (wanted(personOf(config, `person_${index}`).habit)) names.push(`person_${index}`);
  }
  return names;
}
