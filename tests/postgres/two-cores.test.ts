/** Two processes on one database, as far as one process can be two: each opened whole, with a pool of its own. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCore } from "../../src/composition/core.ts";
import type { Core } from "../../src/composition/core-order.ts";
import { readConfig } from "../../src/config.ts";
import type { CampaignEvent } from "../../src/domain/campaign-event.ts";
import { everybodyAnswers } from "../cli/peyk-command.ts";
import { createDatabase } from "../support/postgres/test-database.ts";
import { openDatabase } from "../../src/storage/postgres/database.ts";
import { middayZone } from "../support/midday.ts";

let dataDir = "";
let url = "";
const names = Array.from({ length: 40 }, (_, index) => `person_${index}`);
const accounts = ["one", "two", "three"].map((name) => ({ name, caps: {} }));

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "peyk-cores-"));
  const value = { ...everybodyAnswers, latencyMs: { min: 40, max: 60 }, accounts };
  await writeFile(join(dataDir, "simulator.json"), JSON.stringify({ version: 1, value }));
  url = await createDatabase({ isBare: true });
});
afterAll(() => rm(dataDir, { recursive: true }));

async function open(): Promise<Core> {
  const env = { DATA_DIR: dataDir, TIME_ZONE: middayZone(), STORE: "postgres", DATABASE_URL: url };
  const read = readConfig(env);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const core = await openCore(
    { ...read.config, concurrency: 3 },
    { error: (problem) => expect.fail(String(problem)) },
  );
  await core.recover();
  return core;
}

async function start(core: Core, id: string, perDay?: number): Promise<void> {
  const report = await core.app.importList({
    source: { kind: "text", text: names.map((name) => `${id}_${name}`).join("\n") },
    campaignId: id,
  });
  if (report.kind !== "report") throw new Error("no list");
  const { listId, origin } = report;
  const through = accounts.map(({ name }) => ({ name, caps: perDay === undefined ? {} : { perDay } }));
  const draft = { campaignId: id, listId, origin, message: "Hi", channel: "simulator", accounts: through };
  await core.app.start(draft, { statement: "they asked", by: "1001", operatorId: 1001 });
}

async function sentBy(core: Core): Promise<number> {
  return (await core.app.view("spring"))?.counts.sent ?? 0;
}

/** Names by the account of the simulated people, once for each message. */
async function delivered(): Promise<readonly string[]> {
  await using database = openDatabase({ url });
  const { rows } = await database.query<{ username: string }>(
    "select username from peyk.simulated where entry = 'delivered'",
  );
  return rows.map(({ username }) => username);
}

test("two processes send a campaign together, heed a pause of either, and one finishes what the other leaves", async () => {
  const [first, second] = [await open(), await open()];
  const told: CampaignEvent[] = [];
  const unwatch = second.app.watch((event) => told.push(event));
  await start(first, "spring");
  while ((await sentBy(first)) < 10) await pause(20);
  const workers = await second.app.workers();
  const held = (workers ?? []).flatMap((one) => one.accounts.map(({ account }) => account));
  expect([workers?.length, held.toSorted()]).toEqual([2, ["one", "three", "two"]]);
  expect((await first.app.accountHealth()).every(({ worker }) => worker !== undefined)).toBe(true);
  await second.app.pause("spring", "1001");
  await pause(300);
  const paused = await sentBy(first);
  expect(paused).toBeLessThan(40);
  await pause(300);
  expect(await sentBy(first)).toBe(paused);
  await first.app.resume("spring", "1001");
  while ((await sentBy(second)) < paused + 10) await pause(20);
  await first.close();
  while ((await second.app.view("spring"))?.campaign.status !== "finished") await pause(20);
  await unwatch();
  expect((await second.app.view("spring"))?.counts).toMatchObject({ sent: 40, uncertain: 0, failed: 0 });
  await second.close();
  expect((await delivered()).toSorted()).toEqual(names.map((name) => `spring_${name}`).toSorted());
  const statuses = told.flatMap((event) => (event.kind === "status" ? [event.status] : []));
  expect(statuses).toEqual(["running", "paused", "running", "finished"]);
}, 60_000);

test("each of them says of every account until when its limit keeps it, whoever sends through it", async () => {
  const cores = [await open(), await open()];
  const [first] = cores;
  if (!first) throw new Error("none is open");
  while ((await first.app.workers())?.length !== 2) await pause(20);
  await start(first, "autumn", 12);
  const capped = accounts.map(({ name }) => ({
    account: name,
    trouble: "capped",
    until: expect.any(Number),
  }));
  for (const core of cores)
    await expect
      .poll(() => core.app.view("autumn"))
      .toMatchObject({
        campaign: { status: "paused", pause: { kind: "noAccount" } },
        resting: capped,
      });
  for (const core of cores) await core.close();
}, 60_000);
