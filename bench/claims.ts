/** Claims and settlements a second through the whole engine, beside a bare loop of two group-committed appends. */
import { join } from "node:path";
import { openAppendLog } from "../src/lib/log/append-log.ts";
import { createBenchEngine, makeCampaign, temporaryFolder } from "./campaign-files.ts";
import type { BenchRow } from "./row.ts";

/** In flight, and how many sends give a steady figure there. */
const cases: readonly (readonly [inFlight: number, sends: number])[] = [
  [1, 1500],
  [8, 10_000],
  [64, 80_000],
  [256, 150_000],
];

/** Of the floor, by how many are in flight. */
const aims: ReadonlyMap<number, number> = new Map([
  [64, 0.6],
  [256, 0.5],
]);

/** Measured in turn, so that a slow moment of the machine meets both alike; the median pair is quoted. */
const ROUNDS = 3;

export async function benchClaims(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [inFlight, sends] of cases) {
    const pairs: { readonly floor: number; readonly value: number }[] = [];
    for (let round = 0; round < ROUNDS; round++)
      pairs.push({ floor: await bareAppends(inFlight, sends), value: await campaign(inFlight, sends) });
    const byRatio = pairs.toSorted((a, b) => a.value / a.floor - b.value / b.floor);
    const { floor, value } = byRatio[Math.floor(ROUNDS / 2)] ?? { floor: 1, value: 0 };
    const ratio = value / floor;
    const aim = aims.get(inFlight);
    rows.push({
      name: `claims and settlements, ${inFlight} in flight`,
      value: Math.round(value),
      unit: "/s",
      floor: Math.round(floor),
      ratio,
      aim: aim === undefined ? "shown" : `at least ${aim} of the floor`,
      met: ratio >= (aim ?? 0),
    });
  }
  return rows;
}

async function campaign(inFlight: number, sends: number): Promise<number> {
  await using folder = await temporaryFolder();
  const { engine, finished } = createBenchEngine(folder.path, inFlight);
  const campaignOf = await makeCampaign(folder.path, "bench", sends);
  const startedAt = performance.now();
  await engine.start(campaignOf);
  await finished();
  const perSecond = sends / ((performance.now() - startedAt) / 1000);
  await engine.stop(1000);
  return perSecond;
}

async function bareAppends(inFlight: number, sends: number): Promise<number> {
  await using folder = await temporaryFolder();
  await using log = await openAppendLog(join(folder.path, "bare.jsonl"));
  const startedAt = performance.now();
  let begun = 0;
  const worker = async (): Promise<void> => {
    while (begun < sends) {
      const r = begun++;
      await log.append(JSON.stringify({ t: "claim", r, a: "one", n: 1, at: 1_700_000_000_000 }));
      await log.append(JSON.stringify({ r, at: 1_700_000_000_000, t: "sent", id: "1" }));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return sends / ((performance.now() - startedAt) / 1000);
}
