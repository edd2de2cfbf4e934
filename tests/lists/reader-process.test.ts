/** Lists read by a process of their own: it may die of anything, and whoever asked gets an answer. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CleanBatch, ListReader, OpenReading } from "../../src/lists/list-reader.ts";
import type { ReaderLimits } from "../../src/lists/reader/limits.ts";
import { readerLimits } from "../../src/lists/reader/limits.ts";
import { createProcessReader } from "../../src/lists/reader/process-reader.ts";
import { compile } from "../support/runner/compiled.ts";

let folder: string;
let script: string;

beforeAll(async () => {
  script = (await compile("lists/reader/reader-child.ts")).path;
  folder = await mkdtemp(join(tmpdir(), "peyk-reader-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A reader whose process runs this instead of the real thing. */
async function readerOf(source: string, limits: Partial<ReaderLimits> = {}): Promise<ListReader> {
  const path = join(folder, `${source.length}-${Math.random().toString(36).slice(2)}.mjs`);
  const signs = `
    import { Socket } from "node:net";
    import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
    const say = (text) => new Promise((done) => frames.write(text, done));
    const tell = (cpuMs, bytes) => new Promise((done) => signs.write(cpuMs + " " + bytes + "\\n", done));
    const frames = new Socket({ fd: 3, readable: false, writable: true });
    const signs = new Socket({ fd: 4, readable: false, writable: true });
    const open = JSON.stringify({ kind: "open", columns: [], readFrom: {} }) + "\\n";
    const rows = (username) =>
      JSON.stringify({ kind: "rows", names: [{ username, values: [] }], rejected: [], duplicates: 0 }) + "\\n";`;
  await writeFile(path, signs + source);
  return createProcessReader({ script: path, limits: { ...readerLimits, ...limits } });
}

async function fileOf(content: string): Promise<{ kind: "file"; path: string; name: string }> {
  const path = join(folder, "upload");
  await writeFile(path, content);
  return { kind: "file", path, name: "list.csv" };
}

async function opened(reader: ListReader, content: string): Promise<OpenReading> {
  const reading = await reader.read(await fileOf(content));
  if (!("batches" in reading)) throw new Error(`not read: ${JSON.stringify(reading)}`);
  return reading;
}

async function namesIn(batches: AsyncIterable<CleanBatch>): Promise<string[]> {
  const names: string[] = [];
  for await (const batch of batches) names.push(...batch.names.map(({ username }) => username));
  return names;
}

/** Reads to the end of it, whatever that is. */
async function readAll(reader: ListReader): Promise<string[]> {
  const reading = await reader.read({ kind: "text", text: "@ali_1" });
  if (!("batches" in reading)) throw new Error("no rows");
  await using _ = reading;
  return await namesIn(reading.batches);
}

test("reads what the same process would read", async () => {
  await using reader = createProcessReader({ script, limits: readerLimits });
  await using reading = await opened(reader, "username,شهر\n@Ali_1,یزد\nali_1,قم\nno name,x\nsara_2,\n");
  expect(reading).toMatchObject({ columns: ["شهر"] });
  const batches: CleanBatch[] = [];
  for await (const batch of reading.batches) batches.push(batch);
  expect(batches).toMatchObject([
    {
      names: [
        { username: "ali_1", values: ["یزد"] },
        { username: "sara_2", values: [""] },
      ],
      rejected: [{ line: 4, text: "no name", reason: "spaces" }],
      duplicates: 1,
    },
  ]);
});

test("hands questions, problems and damage on", async () => {
  await using reader = createProcessReader({ script, limits: readerLimits });
  expect(await reader.read(await fileOf("first,second\nali,reza\nsara,mina\n"))).toMatchObject({
    question: { ask: "column" },
  });
  expect(await reader.read(await fileOf(""))).toEqual({ problem: "empty" });
  await expect(reader.read(await fileOf('username,name\nali,"Ali\n')).then(drained)).rejects.toMatchObject({
    name: "BrokenList",
    line: 2,
  });
});

async function drained(reading: Awaited<ReturnType<ListReader["read"]>>): Promise<void> {
  if (!("batches" in reading)) return;
  await using _ = reading;
  await namesIn(reading.batches);
}

test.each<[string, string, Partial<ReaderLimits>, string]>([
  [
    "takes all memory",
    "const all = []; for (;;) all.push({ all: [] });",
    { heapMb: 32 },
    "needsTooMuchMemory",
  ],
  [
    "holds too much outside of its heap",
    "await tell(1, 2e9); await sleep(60_000);",
    {},
    "needsTooMuchMemory",
  ],
  ["works without end", "await tell(1e6, 1); await sleep(60_000);", {}, "takesTooLong"],
  ["hangs", "await tell(1, 1); await sleep(60_000);", { idleMs: 100 }, "takesTooLong"],
  ["hangs without a sign", "for (;;);", { idleMs: 100 }, "takesTooLong"],
  ["says nothing", "", {}, "failed"],
  ["ends in the middle", "await say(open + rows('ali_1')); process.exit(0);", {}, "failed"],
  ["says garbage", "await say('<html>\\n');", {}, "failed"],
  ["says a frame of another kind", `await say('{"kind":"rm"}\\n');`, {}, "failed"],
  ["answers rows that nobody asked for", "await say(rows('ali_1'));", {}, "failed"],
  ["makes names up", "await say(open + rows('../../etc'));", {}, "failed"],
  ["never ends a line", "for (;;) { await say('x'.repeat(1 << 20)); await turn(); }", {}, "holdsTooMuch"],
  [
    "says without end",
    "await say(open); for (let at = 0; ; at++) { await say(rows('a' + at)); await turn(); await tell(1, 1); }",
    { output: 10_000 },
    "holdsTooMuch",
  ],
  [
    "rejects without end",
    `const row = { line: 1, text: "a", reason: "tooShort" };
     const many = { kind: "rows", names: [], rejected: Array(50).fill(row), duplicates: 0 };
     await say(open); for (;;) { await say(JSON.stringify(many) + "\\n"); await turn(); }`,
    { rejectedRows: 1000 },
    "holdsTooMuch",
  ],
  ["prints", "console.log('x'.repeat(1e7)); console.error(rows('ali_1'));", {}, "failed"],
  ["is killed", "process.kill(process.pid, 'SIGTERM'); await sleep(60_000);", {}, "failed"],
])("answers when its process %s", async (_, source, limits, reason) => {
  await using reader = await readerOf(source, limits);
  await expect(readAll(reader)).rejects.toMatchObject({ name: "ReadingStopped", reason });
});

test("lets names pay for their time, so that a long list may take long", async () => {
  const source = `
    await say(open + rows("ali_1") + rows("sara_2"));
    await sleep(100);
    await tell(1500, 1);
    await sleep(100);
    await say(JSON.stringify({ kind: "end", leftOut: {
      hiddenSheets: 0, hiddenRows: 0, filteredRows: 0, hiddenColumns: 0, totalsRows: 0, repeatedHeaders: 0, otherLines: 0 } }) + "\\n");
    process.exit(0);`;
  await using slow = await readerOf(source, { cpuMs: 1000, cpuMsPerName: 500 });
  expect(await readAll(slow)).toEqual(["ali_1", "sara_2"]);
  await using strict = await readerOf(source, { cpuMs: 1000, cpuMsPerName: 0 });
  await expect(readAll(strict)).rejects.toMatchObject({ reason: "takesTooLong" });
});

test("knows nothing of this process's secrets", async () => {
  process.env["PEYK_TEST_SECRET"] = "x";
  try {
    await using reader = await readerOf(`
      const [name = "none"] = Object.keys(process.env).filter((one) => /PEYK|PATH|HOME/.test(one));
      await say(open + rows("env_" + name.toLowerCase()));`);
    const reading = await reader.read({ kind: "text", text: "" });
    if (!("batches" in reading)) throw new Error("no rows");
    await using _ = reading;
    for await (const { names } of reading.batches) {
      expect(names).toMatchObject([{ username: "env_none" }]);
      break;
    }
  } finally {
    delete process.env["PEYK_TEST_SECRET"];
  }
});

test("ends its process when it is told to, and when the program stops", async () => {
  const reader = await readerOf("await say(open); await sleep(60_000);");
  const stop = new AbortController();
  const reading = await reader.read({ kind: "text", text: "" }, { signal: stop.signal });
  if (!("batches" in reading)) throw new Error("no rows");
  const names = namesIn(reading.batches);
  stop.abort(new Error("cancelled"));
  await expect(names).rejects.toThrow("cancelled");
  await reading[Symbol.asyncDispose]();

  const other = await reader.read({ kind: "text", text: "" });
  const waiting = drained(other);
  await reader[Symbol.asyncDispose]();
  await expect(waiting).rejects.toThrow("stops");
  await expect(reader.read({ kind: "text", text: "" })).rejects.toThrow("stops");
});

test("reads two lists at a time and lets the next one wait", async () => {
  await using reader = createProcessReader({ script, limits: readerLimits });
  const texts = ["ali_1", "sara_2", "reza_3", "mina_4"];
  const reading = (text: string) => reader.read({ kind: "text", text: `@${text}` });
  const first = [await reading("ali_1"), await reading("sara_2")];
  let isThirdOpen = false;
  const third = reading("reza_3").then((open) => ((isThirdOpen = true), open));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isThirdOpen).toBe(false);
  for (const one of first) await drained(one);
  await drained(await third);
  expect(await Promise.all(texts.map(async (text) => drained(await reading(text))))).toHaveLength(4);
});

test("leaves no process behind when the program is killed", async () => {
  const child = join(folder, "endless.mjs");
  await writeFile(
    child,
    `import { Worker } from "node:worker_threads";
     new Worker(new URL(${JSON.stringify(script.replace("reader-child", "vital-signs"))}, "file:"));
     for (;;);`,
  );
  const program = join(folder, "program.mjs");
  await writeFile(
    program,
    `import { createProcessReader } from ${JSON.stringify(script.replace("reader-child", "process-reader"))};
     import { readerLimits } from ${JSON.stringify(script.replace("reader-child", "limits"))};
     const reader = createProcessReader({ script: ${JSON.stringify(child)}, limits: readerLimits });
     reader.read({ kind: "text", text: "" }).catch(() => {});
     setTimeout(() => console.log("begun"), 500);`,
  );
  const running = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
  await once(running.stdout, "data");
  const children = await childrenOf(running.pid ?? 0);
  expect(children).toHaveLength(1);
  running.kill("SIGKILL");
  await once(running, "exit");
  while (children.some(isRunning)) await new Promise((resolve) => setTimeout(resolve, 20));
});

async function childrenOf(pid: number): Promise<number[]> {
  const ps = spawn("ps", ["-o", "pid=", "--ppid", String(pid)], { stdio: ["ignore", "pipe", "ignore"] });
  let text = "";
  for await (const chunk of ps.stdout) text += String(chunk);
  return text.split("\n").filter(Boolean).map(Number);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
