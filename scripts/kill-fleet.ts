/**
 * Has campaigns sent by several workers and a chat over one PostgreSQL, in front of a fake X and a fake Telegram whose records
 * judge, while they are killed, frozen and cut off at moments drawn from a seed:
 * `npm run kill:fleet -- --events 200 --names 3000 --workers 3 --seed 7`; some half an hour. Four fifths of the names get
 * theirs from accounts of X, a fifth by the bot. Exits with 1 when anybody was messaged twice, lost or told of wrongly, or
 * written to after an opt-out or in a pause, or a cap or window was overrun, an account starved, or a process ended by itself.
 * Who is uncertain on Telegram is decided on in the end, as by an operator who looked: the verdict says how many there were.
 *
 * It was seen to fail: claims of dead workers planned again in place of asked about make it say `doubled`; claims that go by
 * no limit make it say `capsOvershot` and `minutesOvershot`; a claim that takes whom another has is refused by the store, and
 * the campaign stands still.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runFleet } from "../tests/fleet/fleet-run.ts";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "200" },
    names: { type: "string", default: "3000" },
    workers: { type: "string", default: "3" },
    accounts: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
  },
});

const verdict = await runFleet({
  cli: join(import.meta.dirname, "../../../dist/peyk-cli.js"),
  events: Number(values.events),
  names: Number(values.names),
  workers: Number(values.workers),
  accounts: Number(values.accounts),
  seed: Number(values.seed),
  tell: (line) => process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`),
});
process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
if (verdict.faults.length > 0) process.exitCode = 1;
