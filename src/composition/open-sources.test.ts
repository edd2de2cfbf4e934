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
  expect([...opened.sources.keys()]).toEqual(["simulator", "simulator-posts"]);
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
    "x-posts",
    "tiktok",
    "bluesky-followers",
    "bluesky-likers",
    "bluesky-repliers",
    "bluesky-posts",
    "simulator",
    "simulator-posts",
  ]);
  expect([...sources].every(([name, source]) => source.manifest.name === name)).toBe(true);
  expect(await sources.get("x-followers")?.page({ query: "star" }, never)).toMatchObject({
    leads: [{ username: "ana" }],
  });
  expect(new Set(x.calls.map(({ account }) => account))).toEqual(new Set(["first"]));
});

async function offered(settings: SourceSettings): Promise<boolean> {
  await using opened = await openSources({ settings, clock });
  return opened.sources.has("bluesky-posts");
}

test("searches Bluesky for posts only where somebody is logged in, or where another server is asked", async () => {
  const blueskyApiBaseUrl = "https://public.api.bsky.app";
  const blueskyLogin = { serviceUrl: "https://bsky.social", identifier: "a.test", appPassword: "x" };
  expect(await offered({ blueskyApiBaseUrl })).toBe(false);
  expect(await offered({ blueskyApiBaseUrl, blueskyLogin })).toBe(true);
  expect(await offered({ blueskyApiBaseUrl: "http://127.0.0.1:1" })).toBe(true);
});

test("refuses a file of keys that others can read", async () => {
  const xAccountsFile = join(folder, "x.json");
  await writeFile(xAccountsFile, "[]", { mode: 0o644 });
  await expect(openSources({ settings: { xAccountsFile }, clock })).rejects.toThrow("X_ACCOUNTS_FILE");
});
