/** Opening a campaign of a million names and two million journal lines, in a process of its own. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { entryOf, makeCampaign, temporaryFolder, writeLines } from "./campaign-files.ts";
import type { BenchRow } from "./row.ts";

const NAMES = 1_000_000;

/** What the child prints. */
interface Measured {
  readonly ms: number;
  readonly peakMb: number;
}

export async function benchStartUp(): Promise<BenchRow[]> {
  await using folder = await temporaryFolder();
  await makeCampaign(folder.path, "bench", NAMES);
  const journal = join(folder.path, "bench", "journal.jsonl");
  await writeLines(journal, NAMES * 2, (index) => `${JSON.stringify(entryOf(index))}\n`);
  const floor = await measure("read-lines", journal);
  const replay = await measure("open-campaign", folder.path);
  // That one left a snapshot behind when it closed.
  const value = await measure("open-campaign", folder.path);
  return [
    ...rowsOf("start-up, a million names and two million lines", { value, floor, aimMs: 500 }),
    ...rowsOf("the same without a snapshot", { value: replay, floor, aimMs: 5000 }),
  ];
}

function rowsOf(
  name: string,
  { value, floor, aimMs }: { readonly value: Measured; readonly floor: Measured; readonly aimMs: number },
): BenchRow[] {
  return [
    {
      name,
      value: Math.round(value.ms),
      unit: "ms",
      floor: Math.round(floor.ms),
      ratio: value.ms / floor.ms,
      aim: `under ${aimMs / 1000} s`,
      met: value.ms < aimMs,
    },
    {
      name: `${name}: memory at its peak`,
      value: Math.round(value.peakMb),
      unit: "MB",
      floor: Math.round(floor.peakMb),
      ratio: value.peakMb / floor.peakMb,
      aim: "under 400 MB",
      met: value.peakMb < 400,
    },
  ];
}

async function measure(what: string, path: string): Promise<Measured> {
  const script = fileURLToPath(new URL("start-up-child.js", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, what, path]);
  const [ms = 0, peakMb = 0] = stdout.trim().split(" ").map(Number);
  return { ms, peakMb };
}
