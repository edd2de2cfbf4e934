/** The switch inside the running program: what it copies, and that an opt-out in the database binds a running campaign. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import type { Core } from "../../src/composition/core-order.ts";
import { openCore } from "../../src/composition/core.ts";
import { everybodyAnswers } from "../cli/peyk-command.ts";
import type { TestPostgres } from "../support/postgres/postgres.ts";
import { startPostgres } from "../support/postgres/postgres.ts";
import { compareWith } from "./sync-bench.ts";

let server: TestPostgres;
let dataDir: string;

beforeAll(async () => {
  server = await startPostgres({ isDurable: true });
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  await server.query("drop schema if exists peyk_copy cascade");
  dataDir = await mkdtemp(join(tmpdir(), "peyk-sync-"));
  const people = { ...everybodyAnswers, latencyMs: { min: 20, max: 20 } };
  await writeFile(join(dataDir, "simulator.json"), JSON.stringify({ version: 1, value: people }));
});
afterEach(() => rm(dataDir, { recursive: true }));

async function openProgram(): Promise<Core> {
  const read = readConfig({ DATA_DIR: dataDir, DATABASE_URL: server.url, RETRY_DELAYS: "0.05" });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const silent = { error: () => undefined };
  const core = await openCore({ ...read.config, concurrency: 1 }, silent);
  await core.recover();
  return core;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(50);
}

async function start({ app }: Core, names: number): Promise<void> {
  const text = Array.from({ length: names }, (_, index) => `name_${index}`).join("\n");
  const report = await app.importList({ source: { kind: "text", text }, campaignId: "spring" });
  if (report.kind !== "report") throw new Error("no list");
  const accounts = (await app.channels())[0]?.accounts.map(({ name }) => ({ name, caps: {} })) ?? [];
  const draft = {
    campaignId: "spring",
    listId: report.listId,
    origin: "pasted",
    message: "Hi",
    channel: "simulator",
  };
  await app.start({ ...draft, accounts }, { statement: "they asked", by: "test" });
}

test("an opt-out made in the database binds a campaign that is running", async () => {
  const core = await openProgram();
  await start(core, 300);
  expect(await core.app.sync.start(1)).toMatchObject({ ok: true, remark: "realTime" });
  await until(
    async () =>
      (await server.query("select to_regclass('peyk_copy.opt_outs') as is_there"))[0]?.["is_there"] !== null,
  );
  await server.query("insert into peyk_copy.opt_outs (username) values ('name_299')");
  await until(async () => (await core.app.campaigns())[0]?.status === "finished");
  const results = (await core.app.results("spring")) ?? [];
  let last: unknown;
  for await (const row of results) last = row;
  expect(last).toMatchObject({ username: "name_299", state: "skipped", skipReason: "optedOut" });
  await until(async () => (await compareWith({ dataDir, url: server.url })).isEqual);
  expect(core.app.sync.status()).toMatchObject({
    kind: "on",
    intervalS: 1,
    loop: { optOuts: 1, failures: 0 },
  });
  await core.close();
}, 60_000);

test("a campaign and a collection at the same time stay equal through kills of the database", async () => {
  const core = await openProgram();
  await core.app.sync.start(1);
  await start(core, 200);
  const targets = [{ source: "simulator", text: "coffee" }];
  expect(await core.app.leads.collect({ list: "coffee", targets, count: 300 })).toMatchObject({ ok: true });
  for (let kill = 0; kill < 3; kill++) {
    await pause(1300);
    await server.restart();
  }
  await until(async () => (await core.app.campaigns())[0]?.status === "finished");
  await core.app.leads.settled("coffee", { longestWaitMs: 60_000, signal: AbortSignal.timeout(60_000) });
  let compared = await compareWith({ dataDir, url: server.url });
  await until(async () => (compared = await compareWith({ dataDir, url: server.url })).isEqual);
  expect(compared).toMatchObject({ campaigns: 1, recipients: 200, differences: 0, behind: 0 });
  expect(compared.leads).toBeGreaterThanOrEqual(300);
  const status = core.app.sync.status();
  expect(status).toMatchObject({ kind: "on", loop: { breaker: "closed" } });
  await core.close();
}, 90_000);

test("the switch is remembered over a restart, and off is off", async () => {
  const first = await openProgram();
  await first.app.sync.start(1);
  await first.close();
  const second = await openProgram();
  expect(second.app.sync.status()).toMatchObject({ kind: "on", intervalS: 1 });
  await second.app.sync.stop();
  expect(second.app.sync.status()).toEqual({ kind: "off" });
  await second.close();
  const third = await openProgram();
  expect(third.app.sync.status()).toEqual({ kind: "off" });
  await third.close();
});
