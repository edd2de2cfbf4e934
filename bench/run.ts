/** `npm run bench`: measures, prints each figure beside its floor, and says which aims were met. Never fails for a figure. */
import { benchClaims } from "./claims.ts";
import { benchEventLoop } from "./event-loop.ts";
import { benchFleet } from "./fleet/fleet.ts";
import { benchLeads } from "./leads.ts";
import { benchParseList } from "./parse-list.ts";
import type { BenchRow } from "./row.ts";
import { benchSendCost } from "./send-cost.ts";
import { benchStartUp } from "./start-up.ts";
import { benchSync } from "./sync.ts";
import { benchWho } from "./who.ts";

const benches = {
  parse: benchParseList,
  claims: benchClaims,
  cost: benchSendCost,
  start: benchStartUp,
  loop: benchEventLoop,
  leads: benchLeads,
  sync: benchSync,
  who: benchWho,
  fleet: benchFleet,
};

const wanted = process.argv.slice(2);
const rows: BenchRow[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`measuring ${name} …\n`);
  rows.push(...(await bench()));
}
console.table(
  rows.map(({ name, value, unit, floor, ratio, aim, met }) => ({
    figure: name,
    value: `${value.toLocaleString("en")} ${unit}`,
    floor: floor === undefined ? "" : `${floor.toLocaleString("en")} ${unit}`,
    ratio: ratio === undefined ? "" : ratio.toFixed(2),
    aim: `${aim}: ${met ? "met" : "missed"}`,
  })),
);
