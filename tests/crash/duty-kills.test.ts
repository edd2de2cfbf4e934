/**
 * Real processes that share their duties, one killed and one frozen: what each did for a duty is written down with the hold
 * that it did it under, by the database's time. Takes a minute that is mostly waiting, so only the long run has it; the same
 * in a test's own time is in tests/postgres/duties.test.ts.
 */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/storage/postgres/database.ts";
import { compile } from "../support/runner/compiled.ts";
import { createDatabase } from "../support/postgres/test-database.ts";
import { prepareDatabase } from "../../src/storage/postgres/own-schema.ts";

const isLong = process.env["MODE"] === "long";
const DUTIES = 6;

/** Does every duty by writing a row for it again and again, until it is told to stop. */
const child = `
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
const [, module, pgPath, url, name] = process.argv;
const { openSharedDuties } = await import(module);
const { default: pg } = await import(pgPath);
const pool = new pg.Pool({ connectionString: url, max: 4 });
const clock = {
  now: Date.now,
  sleep: (ms, signal) => pause(ms, undefined, { signal }),
};
const duties = await openSharedDuties({
  url, clock, name: { wanted: name, isNumbered: false },
  onProblem: console.error, onAway: console.error,
});
const write = (duty, hold) => pool.query("insert into deeds (duty, worker, hold) values ($1, $2, $3)", [duty, name, hold]);
for (let at = 0; at < ${DUTIES}; at++)
  duties.offer("account/x/" + at, async (held) => {
    const hold = randomUUID();
    while (!held.aborted) {
      await write("account/x/" + at, hold);
      await pause(25, undefined, { signal: held }).catch(() => undefined);
    }
  });
process.once("SIGTERM", async () => {
  await duties[Symbol.asyncDispose]();
  await pool.end();
});
`;

const TABLE = `create table deeds (nth bigserial, duty text, worker text, hold uuid, at timestamptz default clock_timestamp())`;

/** Every hold of a duty with its first and last deed, and how many it did after the next one began. */
const HOLDS = `
with holds as (
  select duty, worker, hold, min(at) as began, max(at) as ended, lead(min(at)) over (partition by duty order by min(at)) as next
  from deeds group by duty, worker, hold)
select worker, extract(epoch from next - ended) * 1000 as "gapMs",
  (select count(*)::int from deeds where deeds.hold = holds.hold and at >= next) as late
from holds where next is not null`;

const SHARES = `
select worker, count(distinct duty)::int as duties from deeds where at > clock_timestamp() - interval '0.5 s' group by worker`;

test.runIf(isLong)(
  "a killed process's duties are another's within ten seconds, and a frozen one stops when it wakes",
  async () => {
    const url = await createDatabase({ isBare: true });
    await prepareDatabase(url);
    await using database = openDatabase({ url });
    await database.query(TABLE);
    const { path } = await compile("storage/postgres/duties/shared-duties.ts");
    const start = (name: string): ChildProcess =>
      spawn(
        process.execPath,
        ["--input-type=module", "-e", child, pathToFileURL(path).href, import.meta.resolve("pg"), url, name],
        { stdio: ["ignore", "inherit", "inherit"] },
      );
    const shares = async (): Promise<Record<string, unknown>> =>
      Object.fromEntries((await database.query(SHARES)).rows.map(({ worker, duties }) => [worker, duties]));
    const evenly = async (expected: Readonly<Record<string, number>>): Promise<void> => {
      await expect.poll(shares, { timeout: 60_000, interval: 100 }).toEqual(expected);
    };

    const [a, b, c] = [start("a"), start("b"), start("c")];
    await evenly({ a: 2, b: 2, c: 2 });
    a.kill("SIGKILL");
    await evenly({ b: 3, c: 3 });
    b.kill("SIGSTOP");
    await evenly({ c: 6 });
    await wait(5000);
    b.kill("SIGCONT");
    await evenly({ b: 3, c: 3 });
    b.kill("SIGTERM");
    await evenly({ c: 6 });
    c.kill("SIGTERM");
    await Promise.all([b, c].map(async (one) => one.exitCode ?? once(one, "exit")));

    const holds = (await database.query<{ worker: string; gapMs: string; late: number }>(HOLDS)).rows;
    const gaps = holds.map(({ gapMs }) => Number(gapMs));
    process.stdout.write(`${JSON.stringify({ holds: holds.length, gaps: gaps.map(Math.round) })}\n`);
    expect(Math.max(...gaps)).toBeLessThan(10_000);
    // Whoever was frozen may have had one deed under way when it woke; a send is asked of the claim at that moment.
    for (const { worker, late } of holds) expect(late).toBeLessThanOrEqual(worker === "b" ? 1 : 0);
  },
);
