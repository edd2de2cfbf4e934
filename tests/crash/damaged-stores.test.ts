/** Nothing that is stored may stop the next start: every store is damaged in its end, its middle and its version. */
import { readdirSync, readlinkSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openCore } from "../../src/composition/core.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { ownFiles } from "../../src/storage/files/folder/own-names.ts";
import { openSubscriberStore } from "../../src/storage/files/people/subscriber-store.ts";
import { openSuppressionStore } from "../../src/storage/files/people/suppression-store.ts";
import { errorText } from "../../src/words/trouble-text.ts";
import { createLexicon } from "../../src/words/words.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-damaged-"));
});
afterEach(() => rm(folder, { recursive: true }));

const english = createLexicon({ clock: systemClock, timeZone: "UTC" }).en;
const at = Date.UTC(2026, 5, 1);

/** What each log holds when all is well: three lines. */
const logs: Readonly<Record<string, readonly object[]>> = {
  "suppression.jsonl": ["ali", "sara", "nima"].map((username) => ({
    t: "add",
    username,
    reason: "optedOut",
    at,
  })),
  "subscribers.jsonl": [1, 2, 3].map((id) => ({ id, firstName: `P${id}`, state: "active", at })),
  "test-sends.jsonl": [1, 2, 3].map((n) => ({ a: "one", u: `p${n}`, c: "simulator", at })),
  "leads/finished.jsonl": [1, 2, 3].map((number) => ({
    list: "l",
    number,
    targets: [],
    count: 1,
    delivered: 1,
    calls: 1,
    end: "targetReached",
    startedAt: at,
    endedAt: at,
  })),
};

const documents = ["accounts.json", "reply-cursors.json", "sync.json"];

const spoil: Readonly<Record<string, (line: string) => string | Buffer>> = {
  "half of it": (line) => line.slice(0, line.length / 2),
  "bytes that are no text": () => Buffer.from([0xff, 0xfe, 0x00]),
  "something of another version": () => '{"v":99}',
};

async function start() {
  const problems: string[] = [];
  const settings = { dataDir: folder, timeZone: "UTC", maxPerAccount: 4 };
  const core = await openCore(settings, { error: (problem) => problems.push(String(problem)) });
  return { core, problems };
}

async function begun(): Promise<void> {
  const { core } = await start();
  await core.close();
  for (const [name, lines] of Object.entries(logs))
    await writeLines(
      name,
      lines.map((line) => JSON.stringify(line)),
    );
}

async function writeLines(name: string, lines: readonly (string | Buffer)[]): Promise<void> {
  const pieces = lines.flatMap((line) => [Buffer.from(line), Buffer.from("\n")]);
  await writeFile(join(folder, name), Buffer.concat(pieces));
}

const cases = Object.keys(logs).flatMap((name) =>
  Object.keys(spoil).flatMap((how) => [1, 2].map((index) => [name, index, how] as const)),
);

test.each(cases)("%s with line %i spoiled by %s is no reason not to start", async (name, index, how) => {
  await begun();
  const good = (logs[name] ?? []).map((line) => JSON.stringify(line));
  const bad = good.map((line, nth) => (nth === index ? (spoil[how]?.(line) ?? "") : line));
  await writeLines(name, bad);
  const before = await readFile(join(folder, name));
  const first = await start();
  await first.core.close();
  expect(first.problems.join()).toContain(`line ${index + 1}`);
  expect(await readFile(join(folder, `${name}.broken-1`))).toEqual(before);
  const second = await start();
  await second.core.close();
  expect(second.problems).toEqual([]);
});

test.each(
  documents.flatMap((name) => ["{", "[]", '{"version":99,"value":{}}'].map((text) => [name, text] as const)),
)("%s that holds %s is no reason not to start", async (name, text) => {
  await begun();
  await writeFile(join(folder, name), text);
  const { core } = await start();
  await core.close();
  expect(await readdir(folder)).toContain(`${name}.broken-1`);
  expect(await readFile(join(folder, `${name}.broken-1`), "utf8")).toBe(text);
});

test("whoever a damaged line of the do-not-send list is about stays on the list, as far as it says who", async () => {
  const path = join(folder, "suppression.jsonl");
  await writeFile(
    path,
    '{"t":"add","username":"ali","rea\n{"t":"add","username":"sara","reason":"optedOut","at":1}\n',
  );
  const problems: string[] = [];
  for (let opening = 0; opening < 2; opening += 1) {
    await using list = await openSuppressionStore(path, {
      clock: systemClock,
      onProblem: (error) => problems.push(error.message),
    });
    expect(await Promise.all(["ali", "sara", "nima"].map((name) => list.reasonFor(name)))).toEqual([
      "optedOut",
      "optedOut",
      undefined,
    ]);
  }
  expect(problems).toHaveLength(1);
});

const line = (id: number, state: string): string => JSON.stringify({ id, firstName: "P", state, at: 1 });

test("whoever a damaged line about subscribers is about gets nothing until they press Start again", async () => {
  const path = join(folder, "subscribers.jsonl");
  await writeFile(
    path,
    [line(1, "active"), line(2, "active"), '{"id":1,"firstName":"P","sta', ""].join("\n"),
  );
  for (let opening = 0; opening < 2; opening += 1) {
    await using store = await openSubscriberStore(path);
    expect([(await store.get(1))?.state, (await store.get(2))?.state]).toEqual(["stopped", "active"]);
  }
});

/** Files below the folder that this process has open. */
const openFiles = (): readonly string[] =>
  readdirSync("/proc/self/fd").flatMap((one) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${one}`);
      return path.startsWith(folder) ? [path.slice(folder.length + 1)] : [];
    } catch {
      return []; // the one that was open for reading the list
    }
  });

test("a start that fails leaves nothing open, whichever store it fails at, and says at which", async () => {
  await begun();
  const refusals = new Map<string, string>();
  for (const name of [...Object.keys(ownFiles), "leads/finished.jsonl"]) {
    const path = join(folder, name);
    const wasThere = await rename(path, `${path}.kept`).then(
      () => true,
      () => false,
    );
    await mkdir(path); // neither a file nor a folder with what belongs there
    await writeFile(join(path, "something"), "");
    const started = await start().catch((error: unknown) => errorText(error, english));
    if (typeof started === "string") refusals.set(name, started);
    else await started.core.close();
    expect([name, openFiles()]).toEqual([name, []]);
    await rm(path, { recursive: true });
    if (wasThere) await rename(`${path}.kept`, path);
  }
  expect(refusals.size).toBeGreaterThan(20);
  const unnamed = [...refusals].flatMap(([name, said]) => (said.includes(join(folder, name)) ? [] : [name]));
  expect(unnamed.filter((name) => !name.endsWith("events.jsonl"))).toEqual([]);
});
