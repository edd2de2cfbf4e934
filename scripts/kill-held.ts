/**
 * Kills a campaign with a start to come, a window that closes and opens, the first few, a speed and a spend cap, over and
 * over, in front of a fake X whose record judges: `npm run kill:held -- --kills 40 --names 300`; about seven minutes. Exits
 * with 1 when anybody was messaged twice or lost, or anything went out before its time, outside the window, before the word,
 * too fast or above the cap.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runHeldX } from "../tests/x/kill-held-campaign.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "40" },
    names: { type: "string", default: "300" },
    first: { type: "string", default: "50" },
    "per-minute": { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
  },
});

const verdict = await runHeldX({
  library: join(import.meta.dirname, "../src/library.js"),
  kills: Number(values.kills),
  names: Number(values.names),
  first: Number(values.first),
  perMinute: Number(values["per-minute"]),
  seed: Number(values.seed),
  onLife: (life, says) =>
    process.stdout.write(`${new Date().toISOString().slice(11, 19)} death ${life}: ${says}\n`),
});
process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
const { doubled, lost, beforeItsTime, outsideTheWindow, beforeTheWord, tooFast, overspent } = verdict;
const wrong = doubled + lost + beforeItsTime + outsideTheWindow + beforeTheWord + tooFast + overspent;
if (wrong > 0 || verdict.kills < Number(values.kills)) process.exitCode = 1;
