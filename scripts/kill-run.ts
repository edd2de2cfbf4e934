/**
 * Kills a campaign over and over and lets the simulated people's record judge: `npm run kill -- --kills 200 --names 2000`.
 * Exits with 1 when anybody was messaged twice, lost or misreported, or an account overdrew its cap.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isGood, runKilledCampaign } from "../tests/crash/kill-campaign.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    names: { type: "string", default: "2000" },
    accounts: { type: "string", default: "5" },
    "per-minute": { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
  },
});

const verdict = await runKilledCampaign({
  library: join(import.meta.dirname, "../src/library.js"),
  kills: Number(values.kills),
  names: Number(values.names),
  accounts: Number(values.accounts),
  perMinute: Number(values["per-minute"]),
  seed: Number(values.seed),
  onLife: (life) => {
    if (life % 20 === 0) process.stdout.write(`killed ${life} times\n`);
  },
});
const { kills, killedWhileSending, names, delivered, accounts, accountsAtCap } = verdict;
const { doubled, lost, capsOvershot, misreported, untold, end } = verdict;
process.stdout.write(
  `deaths ${kills}, in a life that had sent ${killedWhileSending}
names ${names}, messages arrived at ${delivered}: doubled ${doubled}, lost ${lost}, told wrongly ${misreported}, untold to those outside ${untold}
accounts ${accounts}, at their cap ${accountsAtCap}, caps overshot ${capsOvershot}
the campaign is ${end}\n`,
);
if (!isGood(verdict) || kills < Number(values.kills) || accountsAtCap < accounts) process.exitCode = 1;
