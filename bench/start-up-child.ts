/** One measured start, alone in its process: prints its milliseconds and its peak memory in MB. */
import { createReadStream } from "node:fs";
import { campaignIn, createBenchEngine } from "./campaign-files.ts";

const [what = "", path = ""] = process.argv.slice(2);
const startedAt = performance.now();
if (what === "read-lines") await readLines(path);
else await openCampaign(path);
const ms = performance.now() - startedAt;
process.stdout.write(`${ms} ${process.resourceUsage().maxRSS / 1024}\n`);

/** The floor: the journal is read and split into lines, nothing more. */
async function readLines(journal: string): Promise<void> {
  let lines = 0;
  for await (const chunk of createReadStream(journal, { encoding: "latin1", highWaterMark: 1 << 20 }))
    lines += String(chunk).split("\n").length;
  if (lines < 2_000_000) throw new Error("the journal is too short");
}

async function openCampaign(folder: string): Promise<void> {
  const { engine } = createBenchEngine(folder, 64, [campaignIn("bench", 1_000_000)]);
  await engine.recover();
  const counts = (await engine.find("bench"))?.ledger.counts();
  if (counts?.sent !== 1_000_000) throw new Error("the campaign was not read");
}
