/** Cleaning a list of a million names, each measurement in a process of its own. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { temporaryFolder, writeLines } from "./campaign-files.ts";
import type { BenchRow } from "./row.ts";

const NAMES = 1_000_000;
/** The best of a few runs in turn counts: whatever else the machine does only makes it slower. */
const RUNS = 5;

export async function benchParseList(): Promise<BenchRow[]> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "names.txt");
  await writeLines(path, NAMES, (index) => `${spelled(index)}\n`);
  const runs = { "read-and-split": Infinity, import: Infinity };
  for (let run = 0; run < RUNS; run++)
    for (const what of ["read-and-split", "import"] as const)
      runs[what] = Math.min(runs[what], await measure(what, path));
  const { "read-and-split": floor, import: value } = runs;
  const kept = await measure("memory", path);
  return [
    {
      name: "a million names parsed and de-duplicated",
      value: Math.round(value),
      unit: "ms",
      floor: Math.round(floor),
      ratio: value / floor,
      aim: "at most 4 times reading and splitting",
      met: value <= 4 * floor,
    },
    {
      name: "memory kept for a name meanwhile, the file included",
      value: Math.round(kept),
      unit: "bytes",
      aim: "under 80 bytes",
      met: kept < 80,
    },
  ];
}

/**
 * Names as people give them, twelve letters long on average: bare, with `@`, as links, in upper case; every twentieth comes
 * a second time.
 */
function spelled(index: number): string {
  const number = index % 20 === 19 ? index - 19 : index;
  const name = `n${((Math.imul(number + 1, 0x9e3779b1) >>> 0) % 1_679_616).toString(36)}_${number}`;
  switch (index % 7) {
    case 0:
      return `https://t.me/${name}`;
    case 1:
      return `@${name}`;
    case 2:
      return `@N${name.slice(1)}`;
    case 3:
      return name.toUpperCase();
    default:
      return name;
  }
}

async function measure(what: string, path: string): Promise<number> {
  const script = fileURLToPath(new URL("parse-list-child.js", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script, what, path]);
  return Number(stdout);
}
