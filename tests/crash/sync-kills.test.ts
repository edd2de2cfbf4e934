/**
 * The copy through kills of everything: a campaign runs on the simulated people while its process, the process that copies
 * and the database itself are killed at random. In the end both sides are equal, by the command.
 */
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Place } from "../cli/peyk-command.ts";
import { createPlace, everybodyAnswers, summaryOf } from "../cli/peyk-command.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import type { TestPostgres } from "../support/postgres/postgres.ts";
import { startPostgres } from "../support/postgres/postgres.ts";

/** Another seed, another run. */
const SEED = 5;

const NAMES = 300;

let compiled: Compiled;
let server: TestPostgres;

beforeAll(async () => {
  compiled = await compile("peyk-cli.ts");
  server = await startPostgres({ isDurable: true });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** Nobody is flaky: failures in a row open the breaker, whose rests of half a minute are no matter of the copy. */
const people = {
  ...everybodyAnswers,
  seed: String(SEED),
  shares: { ...everybodyAnswers.shares, notFound: 0.1, refuses: 0.1, timeoutDelivered: 0.02 },
  latencyMs: { min: 20, max: 60 },
  timeoutMs: 50,
};

/** A child that is started again whenever it is killed. */
function createKillable(place: Place, ...words: string[]) {
  let running = place.start(...words);
  return {
    async killAndRestart(): Promise<void> {
      running.child.kill("SIGKILL");
      await running.ended;
      running = place.start(...words);
    },
    async end(): Promise<void> {
      running.child.kill("SIGTERM");
      await running.ended;
    },
    ended: () => running.ended,
  };
}

/** Numbers from 0 to 1 that are the same in every run (a linear congruential generator). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

test("kills of the database, of the copying and of the sending process leave both sides equal", async () => {
  const env = { DATABASE_URL: server.url, RETRY_DELAYS: "0.1, 0.2" };
  await using place = await createPlace(compiled, people, env);
  const list = await place.list(NAMES);
  const message = ["--message", "Hi", "--channel", "simulator", "--max-per-account", "5000"];
  const send = createKillable(
    place,
    "send",
    "--list",
    list,
    "--task-id",
    "stormy",
    "--concurrency",
    "2",
    ...message,
  );
  const watch = createKillable(place, "sync", "--watch", "--interval", "1");
  const kills = [
    ...Array.from({ length: 4 }, () => () => watch.killAndRestart()),
    ...Array.from({ length: 3 }, () => () => server.restart()),
    ...Array.from({ length: 2 }, () => () => send.killAndRestart()),
  ];
  const random = createRandom(SEED);
  while (kills.length > 0) {
    await pause(300 + 900 * random());
    const [kill] = kills.splice(Math.floor(random() * kills.length), 1);
    await kill?.();
  }
  expect(await send.ended()).toMatchObject({ code: 0, err: "" });
  const { counts } = summaryOf(await place.peyk("status", "stormy", "--json"));
  const compared = await comparedUntilEqual(place);
  await watch.end();
  expect(compared).toMatchObject({
    isEqual: true,
    campaigns: 1,
    recipients: NAMES,
    behind: 0,
    differences: 0,
  });
  const rows = await server.query(
    "select state, count(*)::int as n from peyk_copy.recipients group by state",
  );
  const copied = Object.fromEntries(rows.map(({ state, n }) => [String(state), n]));
  expect(counts).toMatchObject(copied);
});

/** The watching process catches up by itself; nobody copies by hand here. */
async function comparedUntilEqual(place: Place): Promise<unknown> {
  for (let look = 1; ; look++) {
    const summary = summaryOf(await place.peyk("sync", "--check", "--json"));
    if (summary["isEqual"] === true || look === 40) return summary;
    await pause(500);
  }
}
