/**
 * Sends to 2,000 subscribers over the embedded Bot API server with its limits on: `npm run subscribers`. Takes some 80
 * seconds, because the limits are Telegram's. Exits with 1 when anybody was messaged twice, lost or written to after
 * /stop, when a 429 came back, or when /status took longer than two seconds.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runSubscriberCampaign } from "../tests/telegram/subscriber-campaign.ts";

const { values } = parseArgs({
  options: { subscribers: { type: "string", default: "2000" }, leavers: { type: "string", default: "60" } },
});

const verdict = await runSubscriberCampaign({
  main: join(import.meta.dirname, "../src/main.js"),
  subscribers: Number(values.subscribers),
  leavers: Number(values.leavers),
  readingMs: 15_000,
});
const { doubled, lost, writtenAfterStop, tooMany, slowestStatusMs } = verdict;
for (const [name, value] of Object.entries(verdict)) process.stdout.write(`${name} ${Math.round(value)}\n`);
if (doubled + lost + writtenAfterStop + tooMany > 0 || slowestStatusMs > 2000) process.exitCode = 1;
