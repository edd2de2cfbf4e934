/** `peyk worker` and `peyk chat` beside one another on one database, each a process as far as one process can be two. */
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { programParts } from "../../src/composition/command-line.ts";
import { openDatabase } from "../../src/storage/postgres/database.ts";
import { holdersIn } from "../../src/storage/postgres/duties/holders.ts";
import { prepareDatabase } from "../../src/storage/postgres/own-schema.ts";
import { createDatabase } from "../support/postgres/test-database.ts";
import { freePort } from "../support/running-program.ts";
import { middayZone } from "../support/midday.ts";

let folder = "";
let url = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-serving-"));
  url = await createDatabase();
});
afterAll(() => rm(folder, { recursive: true }));

interface Begun {
  readonly printed: { readonly out: string; readonly err: string };
  /** Its exit code. */
  readonly ended: Promise<number>;
  /** Asks it to stop; answers its exit code. */
  stop(): Promise<number>;
}

function begin(words: readonly string[], env: Readonly<Record<string, string>>): Begun {
  const printed = { out: "", err: "" };
  const interrupted = new AbortController();
  const parts = programParts({
    env: { DATA_DIR: folder, WEB_PORT: "0", TIME_ZONE: middayZone(), LOG_LEVEL: "silent", ...env },
    out: { write: (text) => (printed.out += text) },
    err: { write: (text) => (printed.err += text) },
    interrupted: interrupted.signal,
  });
  const ended = runProgram(words, parts);
  return {
    printed,
    ended,
    stop: () => {
      interrupted.abort(new Error("SIGTERM"));
      return ended;
    },
  };
}

const shared = (name: string): Record<string, string> => ({
  STORE: "postgres",
  DATABASE_URL: url,
  WORKER_NAME: name,
  DATA_DIR: join(folder, name),
});

test("worker and chat share out what there is to do, and each leaves its part to the others at once", async () => {
  await using database = openDatabase({ url });
  const holders = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await holdersIn(database)).map(({ duty, worker }) => [duty, worker]));
  const chat = begin(["chat"], shared("front"));
  await expect.poll(holders).toEqual({ chat: "front" });
  await expect.poll(() => chat.printed.out).toMatch(/front.*only has the chat/); // it takes up the rest first
  expect(chat.printed.out).toMatch(/http:\S+\n.*\/monitor/s);

  const first = begin(["worker", "--json"], shared("first"));
  await expect.poll(holders).toMatchObject({ chat: "front", collecting: "first", replies: "first" });
  const lines = first.printed.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  expect(lines).toEqual([{ kind: "running", part: "worker", worker: "first" }]);

  const second = begin(["worker"], shared("second"));
  await expect.poll(async () => new Set(Object.values(await holders()))).toContain("second");
  await expect.poll(() => second.printed.out).toContain("The worker second works");
  expect(await first.stop()).toBe(0);
  await expect
    .poll(async () => new Set(Object.values(await holders())))
    .toEqual(new Set(["front", "second"]));
  expect(first.printed.out).toMatch(/"kind":"summary","command":"worker","ok":true,"exitCode":0/);
  expect(await chat.stop()).toBe(0);
  await expect.poll(async () => (await holders())["chat"]).toBeUndefined();
  expect(await second.stop()).toBe(0);
  expect(await holders()).toEqual({});
  expect([chat, first, second].map(({ printed }) => printed.err)).toEqual(["", "", ""]);
});

test("a process that is started while the database is away says so once, and begins by itself once it is there", async () => {
  const port = await freePort();
  const there = new URL(url);
  const settings = {
    ...shared("early"),
    DATABASE_URL: Object.assign(new URL(url), { port: String(port) }).href,
    PEYK_LANG: "en",
  };
  const begun = ["worker", "chat"].map((part) =>
    begin([part, "--json"], { ...settings, DATA_DIR: join(folder, `early-${part}`) }),
  );
  for (const { printed } of begun) {
    await expect.poll(() => printed.err).toContain(`ECONNREFUSED 127.0.0.1:${port}`);
    expect(printed.err.trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(printed.out)).toMatchObject({ kind: "waiting", reason: "pgUnreachable" });
  }
  const wires = createServer((from) => {
    const to = connect(Number(there.port), there.hostname);
    from.pipe(to).pipe(from);
    for (const end of [from, to]) end.on("error", () => undefined);
  });
  wires.listen(port, "127.0.0.1");
  for (const { printed } of begun) await expect.poll(() => printed.out).toContain(`"kind":"running"`);
  expect(await Promise.all(begun.map((one) => one.stop()))).toEqual([0, 0]);
  wires.close();
});

test("whoever waits for the database can be stopped, and says not that all is done", async () => {
  const begun = begin(["worker"], {
    STORE: "postgres",
    DATABASE_URL: `postgres://peyk:s3cret@127.0.0.1:${await freePort()}/peyk`,
    PEYK_LANG: "fa",
  });
  await expect.poll(() => begun.printed.err).toContain("پیک منتظر است");
  expect(begun.printed.err).not.toContain("s3cret");
  expect(await begun.stop()).toBe(3);
});

test("what waiting would not mend is refused at once", async () => {
  const nowhere = Object.assign(new URL(url), { pathname: "/nowhere" }).href;
  const begun = begin(["worker"], { STORE: "postgres", DATABASE_URL: nowhere, PEYK_LANG: "en" });
  expect(await begun.ended).toBe(1);
  expect(begun.printed.err).toContain("There is no database of the name in DATABASE_URL");
});

test("a part by itself is refused where nobody else could have the rest", async () => {
  for (const part of ["worker", "chat"]) {
    const begun = begin([part], { PEYK_LANG: "en" });
    expect(await begun.stop()).toBe(1);
    const { printed } = begun;
    expect(printed.err).toContain("set STORE=postgres and DATABASE_URL");
    expect(printed.err).toContain(`peyk ${part}`);
  }
  const begun = begin(["worker", "--json"], { STORE: "postgres" });
  expect(await begun.stop()).toBe(1);
  expect(JSON.parse(begun.printed.out)).toMatchObject({ kind: "summary", ok: false, exitCode: 1 });
});

test("an administrator whose settings are wrong is told so, and not given the tables of something else", async () => {
  const printing = begin(["sync", "--sql"], { STORE: "postgres", PEYK_LANG: "en" });
  expect(await printing.stop()).toBe(1);
  expect(printing.printed.out).toBe("");
  expect(printing.printed.err).toContain("DATABASE_URL");
});

test("an administrator is given the tables of all that shares the database", async () => {
  const bare = await createDatabase({ isBare: true });
  const printing = begin(["sync", "--sql"], { STORE: "postgres", DATABASE_URL: bare });
  expect(await printing.stop()).toBe(0);
  await using database = openDatabase({ url: bare });
  await database.query(printing.printed.out);
  const { rows } = await database.query("select from pg_tables where schemaname = 'peyk_jobs'");
  expect(rows.length).toBeGreaterThan(0);
  await prepareDatabase(bare);
});
