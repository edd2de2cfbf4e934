/** `peyk who` on what was really kept: what it tells people and machines, and that looking leaves everything as it is. */
import { appendFile, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { programParts } from "../../src/composition/command-line.ts";
import { runProgram } from "../../src/cli/program.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import { openCampaignStore } from "../../src/storage/files/campaigns/campaign-store.ts";
import { everythingKept } from "../support/everything-kept.ts";
import { putListFile } from "../support/file-stores.ts";
import { moveIn } from "../support/move-in.ts";
import { isOnPostgres, ownStore } from "../support/own-store.ts";
import type { Settings } from "../support/stored.ts";

let folder: string;
let own: Settings;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-who-"));
  own = await ownStore();
});
afterEach(() => rm(folder, { recursive: true }));

const lines = (values: readonly unknown[]): string =>
  values.map((one) => `${JSON.stringify(one)}\n`).join("");
const pathIn = (id: string, file: string): string => join(folder, "campaigns", id, file);

async function put(id: string, names: readonly string[], more: Partial<Campaign> = {}): Promise<void> {
  const campaign = await putListFile(folder, names.length, id);
  await writeFile(pathIn(id, "list-001.jsonl"), lines(names.map((name) => [name])));
  await (
    await openCampaignStore(folder)
  ).create({ ...campaign, channel: "x", message: "Hi {{username}}", ...more });
}

async function typed(language: string, ...words: readonly string[]) {
  let [out, err] = ["", ""];
  const exitCode = await runProgram(
    words,
    programParts({
      env: { ...own, DATA_DIR: folder, TIME_ZONE: "UTC", PEYK_LANG: language },
      out: { write: (text) => void (out += text) },
      err: { write: (text) => void (err += text) },
      interrupted: new AbortController().signal,
    }),
  );
  return { exitCode, out, err };
}

/** When each file was last written. */
async function writtenIn(at: string): Promise<Record<string, number>> {
  const names = await readdir(at, { recursive: true });
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await stat(join(at, name))).mtimeMs] as const)),
  );
}

function objectsIn(out: string): readonly unknown[] {
  return out
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

async function renamedPerson(): Promise<void> {
  await put("spring", ["sara", "ali_old"], { createdAt: 1 });
  await writeFile(
    pathIn("spring", "journal.jsonl"),
    lines([
      { t: "claim", r: 1, a: "acme", n: 1, p: "42", at: 100 },
      { r: 1, at: 200, t: "sent", id: "m1" },
    ]),
  );
  await put("tea", ["ali"], { createdAt: 2 });
  await writeFile(
    pathIn("tea", "journal.jsonl"),
    lines([{ t: "claim", r: 0, a: "acme", n: 1, p: "42", at: 300 }]),
  );
  await writeFile(
    join(folder, "x-people.jsonl"),
    lines([
      { u: "ali_old", id: "42", at: 5 },
      { u: "ali", id: "42", at: 250 },
    ]),
  );
}

test("a renamed person is one, whatever they are asked for by", async () => {
  await renamedPerson();
  await moveIn({ dataDir: folder, own });
  const found = [];
  for (const asked of ["@Ali", "https://x.com/ali_old", "42"]) {
    const { exitCode, out } = await typed("en", "who", asked, "--json");
    expect(exitCode).toBe(0);
    found.push(objectsIn(out).slice(0, -1));
  }
  const [byName] = found;
  expect(byName).toMatchObject([
    { kind: "person", channel: "x", id: "42", name: "ali", formerly: ["ali_old"], campaigns: 2 },
    { kind: "campaign", taskId: "tea", username: "ali", state: "uncertain", text: "Hi ali" },
    {
      kind: "campaign",
      taskId: "spring",
      username: "ali_old",
      state: "sent",
      account: "acme",
      at: 200,
      revision: 1,
    },
  ]);
  expect(found).toEqual([byName, byName, byName]);
});

test("people are told the same in their language, and nothing that is kept is other than before", async () => {
  await renamedPerson();
  await appendFile(
    join(folder, "suppression.jsonl"),
    lines([{ t: "add", username: "ali_old", reason: "optedOut", note: "by mail", at: 400 }]),
  );
  await moveIn({ dataDir: folder, own });
  const before = [await writtenIn(folder), await everythingKept({ dataDir: folder, own })];
  const { exitCode, out, err } = await typed("en", "who", "ali");
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
  for (const part of [
    "On the do-not-send list: ali_old",
    "by mail",
    "ali, formerly ali_old",
    "1. tea: uncertain",
    "2. spring: sent",
  ])
    expect(out).toContain(part);
  expect((await typed("fa", "who", "ali")).out).toContain("نام‌های قبلی ali_old");
  expect([await writtenIn(folder), await everythingKept({ dataDir: folder, own })]).toEqual(before);
});

test.skipIf(isOnPostgres())(
  "what can't be read is named with its place, and the rest is told all the same",
  async () => {
    await renamedPerson();
    await appendFile(pathIn("spring", "journal.jsonl"), "garbage\n");
    await put("autumn", ["ali"]);
    await writeFile(pathIn("autumn", "campaign.json"), "{");
    const { exitCode, out, err } = await typed("en", "who", "ali", "--json");
    expect(exitCode).toBe(1);
    const objects = objectsIn(out);
    expect(objects).toContainEqual(expect.objectContaining({ kind: "campaign", taskId: "tea" }));
    expect(objects).toContainEqual(
      expect.objectContaining({ kind: "unknown", what: "campaign", name: "autumn" }),
    );
    expect(objects).toContainEqual(
      expect.objectContaining({ what: "campaign", name: "spring", problem: expect.stringMatching(/line 3/) }),
    );
    expect(err).toContain("what became of them there is not known");
    expect(await readFile(pathIn("autumn", "campaign.json"), "utf8")).toBe("{");
  },
);

test("of whom nothing is known it says so, and what is no name it refuses", async () => {
  const nobody = await typed("en", "who", "ali");
  expect(nobody).toMatchObject({ exitCode: 0, err: "" });
  expect(nobody.out).toContain("Nothing is known of ali");
  expect((await typed("en", "who", "ali reza")).exitCode).toBe(1);
});

test("the file of a person says when it was made", async () => {
  await renamedPerson();
  const before = Date.now();
  const path = join(folder, "ali.json");
  expect((await typed("en", "who", "ali", "--export", path)).exitCode).toBe(0);
  const made = /"exportedAt": "([^"]+)"/.exec(await readFile(path, "utf8"))?.[1] ?? "";
  expect(Date.parse(made)).toBeGreaterThanOrEqual(before);
});
