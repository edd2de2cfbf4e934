/** What the role of Peyk must be allowed in the database: what docs/many-machines.md has an administrator run, and no more. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openCore } from "../../src/composition/core.ts";
import { programParts } from "../../src/composition/command-line.ts";
import { readConfig } from "../../src/config.ts";
import type { Database } from "../../src/storage/postgres/database.ts";
import { openDatabase } from "../../src/storage/postgres/database.ts";
import { everybodyAnswers } from "../cli/peyk-command.ts";
import { middayZone } from "../support/midday.ts";
import { createDatabase } from "../support/postgres/test-database.ts";

let dataDir = "";
let administrator: Database;
let settings: Readonly<Record<string, string>>;
let role = "";
/** What the page has an administrator run, for the role of this test. */
let documented: readonly string[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "peyk-rights-"));
  const value = { ...everybodyAnswers, latencyMs: { min: 1, max: 1 }, accounts: [{ name: "one" }] };
  await writeFile(join(dataDir, "simulator.json"), JSON.stringify({ version: 1, value }));
});
afterAll(() => rm(dataDir, { recursive: true }));

beforeEach(async () => {
  const url = await createDatabase({ isBare: true });
  administrator = openDatabase({ url });
  role = `plain_${crypto.randomUUID().replaceAll("-", "")}`;
  await administrator.query(`create role ${role} login`);
  const page = await readFile(join(import.meta.dirname, "../../docs/many-machines.md"), "utf8");
  documented = [...page.matchAll(/```sql\n([^]*?)```/g)].map(([, sql = ""]) =>
    sql.replaceAll(/\b(to|authorization) peyk\b/g, `$1 ${role}`),
  );
  settings = {
    DATA_DIR: dataDir,
    TIME_ZONE: middayZone(),
    STORE: "postgres",
    DATABASE_URL: Object.assign(new URL(url), { username: role }).href,
  };
});
afterEach(async () => {
  await administrator.query(`drop owned by ${role} cascade; drop role ${role}`);
  await administrator[Symbol.asyncDispose]();
});

function open() {
  const read = readConfig(settings);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return openCore(read.config, { error: (problem) => expect.fail(String(problem)) });
}

async function sendsTo(names: readonly string[]): Promise<void> {
  const core = await open();
  await core.recover();
  const source = { kind: "text", text: names.join("\n") } as const;
  const report = await core.app.importList({ source, campaignId: "spring" });
  if (report.kind !== "report") throw new Error("no list");
  const { listId, origin } = report;
  const draft = { campaignId: "spring", listId, origin, message: "Hi", channel: "simulator" };
  const accounts = [{ name: "one", caps: {} }];
  await core.app.start({ ...draft, accounts }, { statement: "they asked", by: "1001", operatorId: 1001 });
  while ((await core.app.view("spring"))?.campaign.status !== "finished") await pause(5);
  expect((await core.app.view("spring"))?.counts).toMatchObject({ sent: names.length });
  expect(await core.close()).toEqual({ isUnfinished: false });
}

/** What `peyk sync --sql` prints for whoever has these settings. */
function printed(): Promise<string> {
  const nobody = { write: () => undefined };
  const interrupted = new AbortController().signal;
  return programParts({ env: settings, out: nobody, err: nobody, interrupted }).syncSql();
}

test("without any right it is refused, with the command and the page that say what an administrator does", async () => {
  await expect(open()).rejects.toMatchObject({
    isTransient: false,
    reason: "pgNoRight",
    message: expect.stringMatching(/peyk sync --sql.*docs\/many-machines\.md/),
  });
});

test("in schemas that an administrator gave it, it makes its tables itself", async () => {
  const [schemas = ""] = documented;
  await administrator.query(schemas);
  await sendsTo(["ali_1", "sara_2"]);
});

test("with tables that an administrator made it works without the right to make any", async () => {
  const [, rights = ""] = documented;
  for (const _ of ["once", "after an update"]) {
    await administrator.query(await printed());
    await administrator.query(rights);
  }
  await sendsTo(["ali_1", "sara_2"]);
});
