/** What Peyk keeps is its own user's alone, whatever the umask, and an older folder is closed before it is used. */
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openPrivateFolder } from "../../src/lib/files/private-files.ts";
import { ownNames } from "../../src/storage/files/folder/own-names.ts";
import { compile } from "../support/runner/compiled.ts";
import { prepareData, startProgram } from "../support/running-program.ts";
import { ChatOperator } from "./chat-operator.ts";
import type { Place } from "./peyk-command.ts";
import { createPlace, everybodyAnswers } from "./peyk-command.ts";

const NOBODY = 65_534;

let place: Place;
let umask: number;

beforeEach(async () => {
  place = await createPlace(await compile("peyk-cli.ts"));
  umask = process.umask(0);
});
afterEach(async () => {
  process.umask(umask);
  await place[Symbol.asyncDispose]();
});

/** What others may do something with. */
function openToOthers(folder: string): readonly string[] {
  return [folder, ...readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)))]
    .filter((path) => !lstatSync(path).isSymbolicLink() && (statSync(path).mode & 0o077) !== 0)
    .map((path) => path.slice(place.folder.length + 1));
}

test("every file and folder of commands is private with a umask that forbids nothing", async () => {
  const list = await place.list(3);
  const sent = ["--message", "Hello", "--channel", "simulator", "--task-id", "first"];
  expect((await place.peyk("send", "--list", list, ...sent)).code).toBe(0);
  for (const format of ["csv", "json", "xlsx"])
    expect((await place.peyk("export", "first", "--format", format)).code).toBe(0);
  await place.peyk("export", "first", "--out", "results.csv");
  await place.peyk("suppress", "add", "sara");
  await place.peyk("collect", "simulator", "coffee", "--count", "20");
  await place.peyk("leads", "export", "simulator-coffee", "--out", "leads.csv");
  expect(openToOthers(place.dataDir)).toEqual([]);
  expect(["results.csv", "leads.csv"].map((name) => statSync(join(place.folder, name)).mode & 0o777)).toEqual(
    [0o600, 0o600],
  );
});

test("so is what the running program keeps, its log and the playground's files too", async () => {
  await prepareData(place.dataDir, everybodyAnswers);
  const running = await startProgram(await compile("main.ts"), { DATA_DIR: place.dataDir, WEB_PORT: "0" });
  try {
    const operator = new ChatOperator(running.pageUrl);
    await operator.write("/new chat");
    await operator.write("@ali @sara");
    await operator.press("button-continue");
  } finally {
    await running.stop();
  }
  expect(openToOthers(place.dataDir)).toEqual([]);
  expect(readdirSync(place.dataDir)).toEqual(expect.arrayContaining(["peyk.log", "page-key", "playground"]));
});

test("an older folder is closed to others at the start, links aside", async () => {
  const list = await place.list(2);
  const sent = ["--message", "Hello", "--channel", "simulator", "--task-id", "first"];
  await place.peyk("send", "--list", list, ...sent);
  writeFileSync(join(place.folder, "elsewhere"), "", { mode: 0o644 });
  symlinkSync(join(place.folder, "elsewhere"), join(place.dataDir, "linked"));
  for (const name of readdirSync(place.dataDir, { recursive: true })) {
    const path = join(place.dataDir, String(name));
    if (!lstatSync(path).isSymbolicLink()) chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o644);
  }
  chmodSync(place.dataDir, 0o755);
  expect(openToOthers(place.dataDir).length).toBeGreaterThan(5);
  expect((await place.peyk("cleanup", "first")).code).toBe(0);
  expect(openToOthers(place.dataDir)).toEqual([]);
  expect(statSync(join(place.folder, "elsewhere")).mode & 0o777).toBe(0o644);
});

test("a folder that is more than Peyk's keeps its mode and its other files", async () => {
  const before = process.cwd();
  process.chdir(place.folder);
  try {
    writeFileSync("letter.txt", "", { mode: 0o644 });
    mkdirSync("campaigns", { mode: 0o755 });
    chmodSync(".", 0o755);
    await openPrivateFolder(".", ownNames);
    expect(["letter.txt", "campaigns", "."].map((name) => statSync(name).mode & 0o777)).toEqual([
      0o644, 0o700, 0o755,
    ]);
  } finally {
    process.chdir(before);
  }
});

describe.skipIf(process.getuid?.() !== 0)("what another user put there (tried as root only)", () => {
  const foreign = ["lease.json", "accounts.json", "suppression.jsonl"];
  test.each(foreign)("%s stops the start, and whoever only looks", async (name) => {
    const path = join(place.dataDir, name);
    writeFileSync(path, "");
    chownSync(path, NOBODY, NOBODY);
    for (const words of [["status"], ["cleanup", "first"]]) {
      const { code, err } = await place.peyk(...words);
      expect([code, err]).toEqual([1, expect.stringContaining(`${name} belongs to another user`)]);
    }
  });
});

test("--out follows no link, neither in its own place nor in that of its temporary file", async () => {
  const list = await place.list(2);
  await place.peyk(
    "send",
    "--list",
    list,
    "--message",
    "Hello",
    "--channel",
    "simulator",
    "--task-id",
    "first",
  );
  await place.write("victim", "precious");
  for (const name of ["results.csv", "results.csv.tmp"])
    symlinkSync(join(place.folder, "victim"), join(place.folder, name));
  expect((await place.peyk("export", "first", "--out", "results.csv")).code).toBe(0);
  expect(readFileSync(join(place.folder, "victim"), "utf8")).toBe("precious");
  expect(lstatSync(join(place.folder, "results.csv")).isFile()).toBe(true);
  expect(readFileSync(join(place.folder, "results.csv"), "utf8")).toContain("name_0");
});
