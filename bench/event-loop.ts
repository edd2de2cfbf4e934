/** How long the chat may have to wait while a million-name campaign runs flat out: delays of the event loop. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { createBenchEngine, makeCampaign, temporaryFolder } from "./campaign-files.ts";
import type { BenchRow } from "./row.ts";

const NAMES = 1_000_000;
const RESOLUTION_MS = 5;

export async function benchEventLoop(): Promise<BenchRow[]> {
  await using folder = await temporaryFolder();
  const floor = await idleDelay();
  const { engine, finished } = createBenchEngine(folder.path, 64);
  const campaign = await makeCampaign(folder.path, "bench", NAMES);
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  await engine.start(campaign);
  await finished();
  delays.disable();
  await engine.stop(1000);
  const value = delays.percentile(99) / 1e6;
  return [
    {
      name: "event-loop delay, 99th percentile, a million names flat out",
      value: Math.round(value * 10) / 10,
      unit: "ms",
      floor: Math.round(floor * 10) / 10,
      ratio: value / floor,
      aim: "under 50 ms",
      met: value < 50,
    },
  ];
}

/** The same figure of an idle process. */
async function idleDelay(): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  await sleep(1000);
  delays.disable();
  return delays.percentile(99) / 1e6;
}
