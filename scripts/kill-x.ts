/**
 * Kills `peyk send --channel x` over and over in front of a fake X, and lets X's own record judge:
 * `npm run kill:x -- --kills 20 --names 300`. Then sends three campaigns in a row to people of whom some write stop before,
 * during and between them. Exits with 1 when anybody was messaged twice, lost, or written to by a run that began after
 * their stop, or a window overrun.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runKilledX } from "../tests/x/kill-x-campaign.ts";
import { runStops } from "../tests/x/stops-campaign.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "20" },
    names: { type: "string", default: "300" },
    "per-window": { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    "delay-ms": { type: "string", default: "200" },
  },
});

const cli = join(import.meta.dirname, "../src/peyk-cli.js");
const verdict = await runKilledX({
  cli,
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

const stops = await runStops({
  cli,
  kills: Math.ceil(Number(values.kills) / 4),
  names: Math.ceil(Number(values.names) / 2),
  delayMs: Number(values["delay-ms"]),
});
process.stdout.write(`${JSON.stringify(stops, null, 2)}\n`);
const isUnwell = stops.unheeded + stops.doubled + stops.lost > 0;
if (isUnwell || stops.exitCodes.some((code) => code !== 0)) process.exitCode = 1;
