/**
 * Kills `peyk send --channel x` over and over in front of a fake X, and lets X's own record judge:
 * `npm run kill:x -- --kills 20 --names 300`. Exits with 1 when anybody was messaged twice or lost, or a window overrun.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runKilledX } from "../tests/x/kill-x-campaign.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "20" },
    names: { type: "string", default: "300" },
    "per-window": { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
  },
});

const verdict = await runKilledX({
  cli: join(import.meta.dirname, "../src/peyk-cli.js"),
  kills: Number(values.kills),
  names: Number(values.names),
  perWindow: Number(values["per-window"]),
  seed: Number(values.seed),
  onLife: (life) => process.stdout.write(`killed ${life} times\n`),
});
process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
const { doubled, lost, unwanted, misreported, overruns, kills, exitCode } = verdict;
if (doubled + lost + unwanted + misreported + overruns > 0 || exitCode !== 0 || kills < Number(values.kills))
  process.exitCode = 1;
