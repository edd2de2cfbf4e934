/** A journal that can't be read is an answer, given once: it costs no healthy campaign anything, and hides no message. */
import { appendFile, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Campaign } from "../../src/domain/campaign.ts";
import { UnreadableRecordError } from "../../src/domain/errors.ts";
import { startProcess } from "../support/engine-bench.ts";
import { openFileStores, putListFile } from "../support/file-stores.ts";
import { openLogFile } from "../../src/lib/log/log-file.ts";
import { createScriptedChannel } from "../support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 5, 1, 12);

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-unreadable-"));
});
afterEach(() => rm(folder, { recursive: true }));

const journalOf = (id: string): string => join(folder, "campaigns", id, "journal.jsonl");

/** Puts a campaign with that many names and a day's limit of 4 on the disk. */
async function put(id: string, names: number, rest: Partial<Campaign> = {}): Promise<Campaign> {
  const accounts = [{ name: "one", caps: { perDay: 4 } }];
  return { ...(await putListFile(folder, names, id)), accounts, createdAt: NOW, ...rest };
}

async function begin() {
  const disk = { beforeWrite: () => undefined, openFile: openLogFile };
  const clock = createVirtualClock(NOW);
  const stores = await openFileStores(folder, disk, clock);
  const channel = createScriptedChannel();
  const { engine, events } = startProcess({ channel, clock, stores });
  return { ...stores, channel, clock, engine, events };
}

/** Real files answer in real turns of the event loop, whatever the clock says. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await turn();
}

/** A campaign that has sent to two people and whose journal is damaged in its last line but one. */
async function damage(id: string, changedAt: number): Promise<void> {
  const lines = [
    { t: "claim", r: 0, a: "one", n: 1, at: NOW - 1000 },
    { t: "sent", r: 0, id: "m", at: NOW - 1000 },
  ].map((entry) => JSON.stringify(entry));
  const last = JSON.stringify({ t: "claim", r: 1, a: "one", n: 1, at: NOW - 500 });
  await writeFile(journalOf(id), [...lines, "{]", last, ""].join("\n"));
  await utimes(journalOf(id), changedAt / 1000, changedAt / 1000);
}

test("is charged to nobody, however often somebody looks", async () => {
  const broken = await put("broken", 2);
  const { campaigns, ledgers, engine } = await begin();
  await campaigns.create(broken);
  await damage("broken", NOW);
  for (let look = 0; look < 20; look += 1)
    await expect(engine.find("broken")).rejects.toBeInstanceOf(UnreadableRecordError);
  expect(await ledgers.usedToday("scripted", "one")).toBe(0);
  const lines = (await readFile(journalOf("broken"), "utf8")).split("\n");
  await writeFile(journalOf("broken"), lines.filter((line) => line !== "{]").join("\n"));
  await engine.find("broken");
  await engine.find("broken");
  expect(await ledgers.usedToday("scripted", "one")).toBe(2);
  await engine.stop(0);
});

test("is the same answer until its file changes", async () => {
  const broken = await put("broken", 2);
  const { campaigns, engine } = await begin();
  await campaigns.create(broken);
  await damage("broken", NOW);
  const answer = (): Promise<unknown> => engine.find("broken").catch((error: unknown) => error);
  const first = await answer();
  expect(first).toMatchObject({ campaignId: "broken", message: expect.stringContaining("line 3") });
  expect(await answer()).toBe(first);
  await appendFile(journalOf("broken"), "more\n");
  expect(await answer()).not.toBe(first);
  await engine.stop(0);
});

test("lets the accounts it went through rest until nothing in it would count any more", async () => {
  const [broken, healthy] = [await put("broken", 2), await put("healthy", 3)];
  const { campaigns, engine, channel, clock } = await begin();
  for (const campaign of [broken, healthy]) await campaigns.create(campaign);
  await damage("broken", NOW - HOUR_MS);
  await engine.recover();
  await until(async () => (await campaigns.get("healthy"))?.pause?.kind === "noAccount");
  expect(channel.calls).toEqual([]);
  expect((await engine.pool("scripted")).health("one")).toMatchObject({
    kind: "resting",
    until: NOW + 25 * HOUR_MS,
  });
  await clock.runUntil(until(async () => (await campaigns.get("healthy"))?.status === "finished"));
  expect(clock.now()).toBeGreaterThanOrEqual(NOW + 25 * HOUR_MS);
  expect(channel.calls).toHaveLength(3);
  await engine.stop(0);
});

test("lets the accounts go on as soon as it can be read again", async () => {
  const [broken, healthy] = [await put("broken", 2, { status: "paused" }), await put("healthy", 3)];
  const { campaigns, engine, channel, clock } = await begin();
  for (const campaign of [broken, healthy]) await campaigns.create(campaign);
  await damage("broken", NOW);
  await engine.recover();
  await until(async () => (await campaigns.get("healthy"))?.pause?.kind === "noAccount");
  await writeFile(journalOf("broken"), "");
  await engine.find("broken");
  await until(async () => (await campaigns.get("healthy"))?.status === "finished");
  expect(channel.calls).toHaveLength(3);
  expect(clock.now()).toBe(NOW);
  await engine.stop(0);
});

test("holds nobody up when it was last written long ago", async () => {
  const [broken, healthy] = [await put("broken", 2), await put("healthy", 3)];
  const { campaigns, engine, channel, clock } = await begin();
  for (const campaign of [broken, healthy]) await campaigns.create(campaign);
  await damage("broken", NOW - 30 * HOUR_MS);
  await engine.recover();
  await until(async () => (await campaigns.get("healthy"))?.status === "finished");
  expect(channel.calls).toHaveLength(3);
  expect(clock.now()).toBe(NOW);
  await engine.stop(0);
});
