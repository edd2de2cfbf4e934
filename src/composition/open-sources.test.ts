import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openFakeX } from "../../tests/support/fake-x/fake-x.ts";
import { systemClock as clock } from "../lib/clock.ts";
import type { SourceSettings } from "./open-sources.ts";
import { openSources } from "./open-sources.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-sources-"));
});
afterEach(() => rm(folder, { recursive: true }));

const never = new AbortController().signal;

test("offers only made-up people where nothing is set up", async () => {
  await using opened = await openSources({ settings: {}, clock });
  expect([...opened.sources.keys()]).toEqual(["simulator"]);
});

test("offers each source under its own name", async () => {
  await using x = await openFakeX({
    accounts: [{ name: "first" }, { name: "second" }],
    people: [{ name: "star", followers: ["ana"] }],
  });
  const xAccountsFile = join(folder, "x.json");
  await writeFile(xAccountsFile, JSON.stringify(x.accountKeys), { mode: 0o600 });
  const settings: SourceSettings = {
    xAccountsFile,
    xApiBaseUrl: x.address,
    tiktok: { provider: "sociavault", key: "k" },
    blueskyApiBaseUrl: "http://127.0.0.1:1",
  };
  await using opened = await openSources({ settings, clock });
  const { sources } = opened;
  expect([...sources.keys()]).toEqual([
    "x-followers",
    "x-repliers",
    "tiktok",
    "bluesky-followers",
    "bluesky-likers",
    "bluesky-repliers",
    "simulator",
  ]);
  expect([...sources].every(([name, source]) => source.manifest.name === name)).toBe(true);
  expect(await sources.get("x-followers")?.page({ query: "star" }, never)).toMatchObject({
    leads: [{ username: "ana" }],
  });
  expect(new Set(x.calls.map(({ account }) => account))).toEqual(new Set(["first"]));
});

test("refuses a file of keys that others can read", async () => {
  const xAccountsFile = join(folder, "x.json");
  await writeFile(xAccountsFile, "[]", { mode: 0o644 });
  await expect(openSources({ settings: { xAccountsFile }, clock })).rejects.toThrow("X_ACCOUNTS_FILE");
});
