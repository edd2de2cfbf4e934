/**
 * The running program under strain, for some two minutes: `npm run strain -- --seed 7`. Exits with 1 when a stop or a pause
 * took longer than a second, `/health` longer than 100 ms, a process more than 500 MB, or when it died, wrote to anybody
 * twice or after a stop, or said nothing about a file.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { hostileLists } from "../tests/strain/hostile-lists.ts";
import { runStrain } from "../tests/strain/strain-run.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "7" },
    subscribers: { type: "string", default: "4000" },
    newcomers: { type: "string", default: "20000" },
    largest: { type: "string", default: "19" },
  },
});

const verdict = await runStrain({
  main: join(import.meta.dirname, "../src/main.js"),
  seed: Number(values.seed),
  subscribers: Number(values.subscribers),
  leavers: 150,
  newcomers: Number(values.newcomers),
  talk: 1000,
  hostile: hostileLists(Number(values.largest)),
  answerMs: 60_000,
  downloadMs: 100_000,
  uploadMs: 50_000,
  floodS: 300,
});
for (const [name, value] of Object.entries(verdict)) process.stdout.write(`${name} ${Math.round(value)}\n`);
const { deaths, doubled, writtenAfterStop, unanswered } = verdict;
const tooSlow =
  verdict.slowestStopMs > 1000 ||
  verdict.slowestPauseMs > 1000 ||
  verdict.slowestHealthMs > 100 ||
  verdict.slowestFileMs > 10_000;
const tooMuch = Math.max(verdict.peakMb, verdict.peakHelperMb) > 500 || verdict.mostInASecond > 30;
if (deaths + doubled + writtenAfterStop + unanswered > 0 || tooSlow || tooMuch) process.exitCode = 1;
