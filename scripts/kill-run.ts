/**
 * Kills a campaign over and over and lets the simulated people's record judge: `npm run kill -- --kills 200 --names 2000`.
 * Exits with 1 when anybody was messaged twice, lost or misreported, or an account overdrew its cap.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runKilledCampaign } from "../tests/crash/kill-campaign.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    names: { type: "string", default: "2000" },
    accounts: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
  },
});

const verdict = await runKilledCampaign({
  library: join(import.meta.dirname, "../src/library.js"),
  kills: Number(values.kills),
  names: Number(values.names),
  accounts: Number(values.accounts),
  seed: Number(values.seed),
  onLife: (life) => {
    if (life % 20 === 0) process.stdout.write(`killed ${life} times\n`);
  },
});
process.stdout.write(`${JSON.stringify(verdict)}\n`);
const { doubled, lost, capsOvershot, misreported, end, kills } = verdict;
const wrong = doubled + lost + capsOvershot + misreported;
if (wrong > 0 || end !== "finished" || kills < Number(values.kills)) process.exitCode = 1;
