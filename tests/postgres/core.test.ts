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
  const report = await core.app.importList({
    source: { kind: "text", text: "ali_1\nsara_2" },
    campaignId: "spring",
  });
  if (report.kind !== "report") throw new Error("no list");
  const { listId, origin } = report;
  const draft = { campaignId: "spring", listId, origin, message: "Hi", channel: "simulator" };
  const accounts = [{ name: "one", caps: {} }];
  await core.app.start({ ...draft, accounts }, { statement: "they asked", by: "1001", operatorId: 1001 });
  while ((await core.app.view("spring"))?.campaign.status !== "finished") await pause(5);
  const beside = await open({ isAtRest: true });
  expect((await beside.app.view("spring"))?.counts).toMatchObject({ sent: 2 });
  await beside.close();
  expect(await core.close()).toEqual({ isUnfinished: false });
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
