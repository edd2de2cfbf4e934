/** Whatever data/README.md says may not go: gone, the doctor says so. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFileArchive } from "../archive/archive.ts";
import { openHistoryStore } from "../history/history-store.ts";
import { emptiedGuards, goneGuards, guards, openGuards } from "./guards.ts";
import { readIdentity } from "./identity.ts";
import { ownNames } from "./own-names.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-guards-"));
});
afterEach(() => rm(folder, { recursive: true }));

const never = (): void => undefined;

/** What of a folder's top the page says may not go. */
async function mustStay(): Promise<readonly string[]> {
  const page = await readFile("data/README.md", "utf8");
  const rows = page.slice(page.indexOf("may it go?")).matchAll(/^\| `([^`]+)` \|.*\| no\b[^|]*\|$/gm);
  return [...new Set([...rows].map(([, path = ""]) => path.split("/")[0] ?? ""))];
}

/** A folder with all of Peyk's own files in it. */
async function fill(): Promise<void> {
  await readIdentity(folder);
  for (const name of ownNames) {
    const path = join(folder, name);
    if (name === "identity.json" || name.startsWith("history")) continue;
    if (name.includes(".") || name.includes("-")) await writeFile(path, "");
    else await mkdir(join(path, "one"), { recursive: true });
  }
  await using history = await openHistoryStore(folder, { beforeWrite: never });
  await history.append({ t: "begun", by: { kind: "peyk" }, deed: "suppress", about: { people: ["ali"] } }, 1);
  await using _ = await openGuards(folder, never);
}

/** What of the doctor's findings speaks of a path, or of the history. */
async function isNoticed(name: string): Promise<boolean> {
  const archive = createFileArchive(folder);
  if ((await archive.history()).kind !== "whole") return true;
  for await (const { path, problem } of archive.files())
    if (path === join(folder, name) && problem !== undefined) return true;
  return false;
}

test("every file that may not go is seen to be gone", async () => {
  // Lists may be taken off one by one; that there were any stands in the document that names them. What a move is still
  // making is begun anew when it is gone.
  const files = (await mustStay()).filter((name) => name !== "audiences" && name !== ".moving");
  expect(files).toEqual(expect.arrayContaining(guards.map((path) => path.split("/")[0])));
  await fill();
  expect(await goneGuards(folder)).toEqual([]);
  for (const name of [...files, "history/key", "history/names.json", "history/entries.jsonl"]) {
    await rm(folder, { recursive: true });
    await mkdir(folder);
    await fill();
    await rm(join(folder, name), { recursive: true });
    expect([name, await isNoticed(name)]).toEqual([name, true]);
  }
});

test("what never was there is not missed, and what is made later is noted when it is closed", async () => {
  await readIdentity(folder);
  const opened = await openGuards(folder, never);
  expect(await goneGuards(folder)).toEqual([]);
  await writeFile(join(folder, "team.json"), "");
  await opened[Symbol.asyncDispose]();
  await rm(join(folder, "team.json"));
  expect(await goneGuards(folder)).toEqual(["team.json"]);
});

test("a file of lines that lost all of them is seen to have, and one that never had any is not", async () => {
  await readIdentity(folder);
  await writeFile(join(folder, "suppression.jsonl"), "{}\n");
  await writeFile(join(folder, "tags.jsonl"), "");
  await (await openGuards(folder, never))[Symbol.asyncDispose]();
  expect(await emptiedGuards(folder)).toEqual([]);
  await writeFile(join(folder, "suppression.jsonl"), "");
  expect(await emptiedGuards(folder)).toEqual(["suppression.jsonl"]);
  expect(await isNoticed("suppression.jsonl")).toBe(true);
  await writeFile(join(folder, "erased.json"), "");
  expect(await emptiedGuards(folder)).toEqual([]);
  await rm(join(folder, "erased.json"));
  await rm(join(folder, "suppression.jsonl"));
  expect(await emptiedGuards(folder)).toEqual([]);
});
