/** Whether a send costs the same however long the list is: the first sends of lists of growing length. */
import { createBenchEngine, makeCampaign, temporaryFolder } from "./campaign-files.ts";
import type { BenchRow } from "./row.ts";

const IN_FLIGHT = 64;

/** The rates of three runs are taken in turn, so that a slow moment of the machine meets all lengths alike. */
const ROUNDS = 3;

export async function benchSendCost(): Promise<BenchRow[]> {
  const sizes = [1000, 100_000, 1_000_000];
  const costs = new Map<number, number[]>(sizes.map((size) => [size, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const size of sizes) costs.get(size)?.push(await costOfSend(size));
  const medians = sizes.map((size) => median(costs.get(size) ?? []));
  const [floor = 0] = medians;
  return sizes.map((size, index) => {
    const value = medians[index] ?? 0;
    return {
      name: `CPU time of a send, ${size.toLocaleString("en")} names`,
      value: round2(value),
      unit: "µs",
      floor: round2(floor),
      ratio: value / floor,
      aim: "flat within 10 %",
      met: value / floor <= 1.1,
    };
  });
}

/** Sends counted in each run, after as many that only warm up: both the code and the caches. */
const SENDS = 40_000;

/** CPU time, because waiting for the disk says nothing about the list. A short list is sent to many times over. */
async function costOfSend(size: number): Promise<number> {
  let [spentUs, counted] = [0, 0];
  for (let warmedUp = 0; counted < SENDS;) {
    await using folder = await temporaryFolder();
    const { engine, sentAtLeast } = createBenchEngine(folder.path, IN_FLIGHT);
    const campaign = await makeCampaign(folder.path, "bench", size);
    await engine.start({ ...campaign, status: "paused", pause: { kind: "operator" } });
    const warmUp = Math.min(SENDS - warmedUp, size);
    const target = Math.min(size, warmUp + SENDS);
    await (await engine.find("bench"))?.resume();
    await sentAtLeast(warmUp);
    const before = process.cpuUsage();
    await sentAtLeast(target);
    const { user, system } = process.cpuUsage(before);
    warmedUp += warmUp;
    spentUs += user + system;
    counted += target - warmUp;
    await engine.stop(1000);
  }
  return spentUs / counted;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
