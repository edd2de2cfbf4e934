/** The pages of the program as it runs: where they are, and that the key is nowhere but in the printed address. */
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { isOnPostgres, ownStore } from "../support/own-store.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { startProgram } from "../support/running-program.ts";
import type { Settings } from "../support/stored.ts";

const DEFAULT_PORT = 8787;

let program: Compiled;
let data: string;
let own: Settings;

beforeAll(async () => {
  program = await compile("main.ts");
});
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "peyk-pages-"));
  own = await ownStore();
});
afterEach(() => rm(data, { recursive: true, force: true }));

/** Has a port until the test is over; another program may have it already, which is as good. */
async function occupy(port: number): Promise<void> {
  const server = createServer();
  server.listen(port, "127.0.0.1");
  const isOurs = await once(server, "listening").then(
    () => true,
    () => false,
  );
  if (isOurs) onTestFinished(() => void server.close());
}

test("a taken port is passed over when none was asked for, and the one that serves is printed", async () => {
  await occupy(DEFAULT_PORT);
  const running = await startProgram(program, { ...own, DATA_DIR: data, WEB_PORT: "" });
  try {
    const { origin, port } = new URL(running.pageUrl);
    expect(Number(port)).not.toBe(DEFAULT_PORT);
    expect((await fetch(running.pageUrl)).status).toBe(200);
    expect((await fetch(`${origin}/health`)).status).toBe(200);
  } finally {
    expect(await running.stop()).toBe(0);
  }
});

test("a taken port that was asked for stops the start with a line that says so", async () => {
  await occupy(DEFAULT_PORT);
  const settings = { ...own, DATA_DIR: data, WEB_PORT: String(DEFAULT_PORT) };
  await expect(startProgram(program, settings)).rejects.toThrow(
    `WEB_PORT: ${DEFAULT_PORT} is in use by another program`,
  );
});

test("the printed key opens the pages after a restart too, and stands in no file but its own", async () => {
  const settings = { ...own, DATA_DIR: data, WEB_PORT: "0", LOG_LEVEL: "trace" };
  const first = await startProgram(program, settings);
  const key = new URL(first.pageUrl).searchParams.get("key") ?? "";
  expect(key).toMatch(/^[\w-]{43}$/);
  expect((await fetch(first.pageUrl)).status).toBe(200);
  await first.kill();
  const second = await startProgram(program, settings);
  const { origin } = new URL(second.pageUrl);
  expect((await fetch(`${origin}/monitor.json`)).status).toBe(401);
  expect((await fetch(`${origin}/monitor.json?key=${key}`)).status).toBe(200);
  await second.stop();
  const entries = await readdir(data, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const holding = await Promise.all(files.map(async (path) => (await readFile(path)).includes(key)));
  expect(files.filter((_path, index) => holding[index])).toEqual(
    isOnPostgres() ? [] : [join(data, "page-key")],
  );
});
