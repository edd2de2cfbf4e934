/** Cleaning a list of a million names, each measurement in a process of its own. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { temporaryFolder, writeLines } from "./campaign-files.ts";
import type { BenchRow } from "./row.ts";

const NAMES = 1_000_000;
const RUNS = 3;

export async function benchParseList(): Promise<BenchRow[]> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "names.txt");
  await writeLines(path, NAMES, (index) => `${spelled(index)}\n`);
  const floor = await measure("read-and-split", path);
  const value = await measure("import", path);
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

/** Names as people give them: bare, with `@`, as links, in upper case; every twentieth comes a second time. */
function spelled(index: number): string {
  const number = index % 20 === 19 ? index - 19 : index;
  const name = `${(Math.imul(number + 1, 0x9e3779b1) >>> 0).toString(36)}_${number}`;
  switch (index % 8) {
    case 0:
      return `https://t.me/name${name}`;
    case 1:
    case 2:
      return `@Name${name}`;
    case 3:
      return `NAME${name}`.toUpperCase();
    case 4:
      return `@name${name}`;
    default:
      return `name${name}`;
  }
}

/** The middle one of a few runs. */
async function measure(what: string, path: string): Promise<number> {
  const script = fileURLToPath(new URL("parse-list-child.js", import.meta.url));
  const figures: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script, what, path]);
    figures.push(Number(stdout));
  }
  return figures.toSorted((one, other) => one - other)[RUNS >> 1] ?? Number.NaN;
}
