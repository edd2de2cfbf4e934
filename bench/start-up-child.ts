/** One measured start, alone in its process: prints its milliseconds and its peak memory in MB. */
import { createReadStream } from "node:fs";
import { campaignIn, createBenchEngine } from "./campaign-files.ts";

const [what = "", path = ""] = process.argv.slice(2);
const startedAt = performance.now();
const close = what === "read-lines" ? await readLines(path) : await openCampaign(path);
const ms = performance.now() - startedAt;
process.stdout.write(`${ms} ${process.resourceUsage().maxRSS / 1024}\n`);
await close?.();

/** The floor: the journal is read and split into lines, nothing more. */
async function readLines(journal: string): Promise<undefined> {
  let lines = 0;
  for await (const chunk of createReadStream(journal, { encoding: "latin1", highWaterMark: 1 << 20 }))
    lines += String(chunk).split("\n").length;
  if (lines < 2_000_000) throw new Error("the journal is too short");
}

async function openCampaign(folder: string): Promise<() => Promise<void>> {
  const { engine } = createBenchEngine(folder, 64, [campaignIn("bench", 1_000_000)]);
  await engine.recover();
  const counts = await (await engine.find("bench"))?.ledger.counts();
  if (counts?.sent !== 1_000_000) throw new Error("the campaign was not read");
  return () => engine.stop(1000);
}
