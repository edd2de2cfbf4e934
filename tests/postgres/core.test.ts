/** Everything that runs on files runs on PostgreSQL: the core itself, opened by two processes on one database. */
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCore } from "../../src/composition/core.ts";
import type { Core } from "../../src/composition/core-order.ts";
import { readConfig } from "../../src/config.ts";
import { everybodyAnswers } from "../cli/peyk-command.ts";
import { askOnce } from "../support/postgres/ask-once.ts";
import { createDatabase } from "../support/postgres/test-database.ts";
import { middayZone } from "../support/midday.ts";

let dataDir = "";
let url = "";

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "peyk-core-"));
  const value = { ...everybodyAnswers, latencyMs: { min: 1, max: 1 }, accounts: [{ name: "one" }] };
  await writeFile(join(dataDir, "simulator.json"), JSON.stringify({ version: 1, value }));
  url = await createDatabase({ isBare: true });
});
afterAll(() => rm(dataDir, { recursive: true }));

interface Opening {
  readonly isAtRest?: boolean;
  /** Over which way the database is reached. */
  readonly over?: string;
  readonly onProblem?: (problem: unknown) => void;
}

async function open({ isAtRest = false, over = url, onProblem = fail }: Opening = {}): Promise<Core> {
  const env = { DATA_DIR: dataDir, TIME_ZONE: middayZone(), STORE: "postgres", DATABASE_URL: over };
  const read = readConfig(env);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return openCore({ ...read.config, isAtRest }, { error: onProblem });
}

const fail = (problem: unknown): never => expect.fail(String(problem));

test("a campaign is sent in a database that was empty, and another process sees how it ended", async () => {
  const core = await open();
  await core.recover();
  await start(core, "spring", ["ali_1", "sara_2"]);
  while ((await core.app.view("spring"))?.campaign.status !== "finished") await pause(5);
  const beside = await open({ isAtRest: true });
  expect((await beside.app.view("spring"))?.counts).toMatchObject({ sent: 2 });
  await beside.close();
  expect(await core.close()).toEqual({ isUnfinished: false });
});

/** Has everybody of a list written to. */
async function start({ app }: Core, campaignId: string, names: readonly string[]): Promise<void> {
  const report = await app.importList({ source: { kind: "text", text: names.join("\n") }, campaignId });
  if (report.kind !== "report") throw new Error("no list");
  const { listId, origin } = report;
  const draft = { campaignId, listId, origin, message: "Hi", channel: "simulator" };
  const accounts = [{ name: "one", caps: {} }];
  await app.start({ ...draft, accounts }, { statement: "they asked", by: "1001", operatorId: 1001 });
}

test("a database that lets nobody in for a while is waited for, and told of once: nothing stops for good", async () => {
  const said: unknown[] = [];
  const core = await open({ onProblem: (problem) => said.push(problem) });
  await core.recover();
  const heard: string[] = [];
  const unwatch = core.app.watch((event) => {
    if (event.kind === "settled" && event.state === "sent") heard.push(event.username);
  });
  const names = Array.from({ length: 120 }, (_, index) => `person_${index}`);
  await start(core, "shut", names);
  while (((await core.app.view("shut"))?.counts.sent ?? 0) < 20) await pause(1);
  const name = new URL(url).pathname.slice(1);
  const beside = Object.assign(new URL(url), { pathname: "/postgres" }).href;
  await askOnce(beside, `alter database ${name} allow_connections false`, []);
  await askOnce(beside, "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
  while (said.length === 0) await pause(5);
  await pause(1500); // it has asked again in vain
  await askOnce(beside, `alter database ${name} allow_connections true`, []);
  const view = () => core.app.view("shut").catch(() => undefined);
  while ((await view())?.campaign.status !== "finished") await pause(20);
  expect((await view())?.counts).toMatchObject({ sent: names.length, uncertain: 0 });
  await unwatch();
  expect(new Set(heard)).toEqual(new Set(names));
  expect(heard).toHaveLength(names.length);
  await core.close();
  expect(said.map(String)).toEqual([
    expect.stringContaining("Nothing is sent until it is back"),
    expect.stringContaining("is back"),
  ]);
});

test("whoever is told to stop while the database is away comes to the end, and calls nothing finished", async () => {
  const { hostname, port } = new URL(url);
  const lines = new Set<Socket>();
  const way = createServer((guest) => {
    const line = connect(Number(port), hostname);
    for (const one of [guest, line]) lines.add(one.on("error", () => undefined));
    guest.pipe(line).pipe(guest);
  });
  await once(way.listen(0, "127.0.0.1"), "listening");
  const address = way.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  const over = new URL(url);
  over.port = String(address.port);
  const core = await open({ over: String(over), onProblem: () => undefined });
  await core.recover();
  way.close();
  for (const line of lines) line.destroy();
  expect(await core.close()).toEqual({ isUnfinished: true });
});
