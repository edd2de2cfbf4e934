/** Starts of one task id on real files: what a second one may do, and what it never does. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Draft } from "../../src/app/drafts/draft.ts";
import { readConfig } from "../../src/config.ts";
import type { Core } from "../../src/composition/core-order.ts";
import { openCore } from "../../src/composition/core.ts";
import { everybodyAnswers } from "../cli/peyk-command.ts";
import { ownStore } from "../support/own-store.ts";
import { middayZone } from "../support/midday.ts";

let dataDir: string;
let core: Core;
let own = {};

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "peyk-start-"));
  const value = { ...everybodyAnswers, latencyMs: { min: 5, max: 5 }, accounts: [{ name: "one" }] };
  await writeFile(join(dataDir, "simulator.json"), JSON.stringify({ version: 1, value }));
  own = await ownStore();
  core = await open();
});
afterEach(async () => {
  await core.close();
  await rm(dataDir, { recursive: true });
});

async function open(): Promise<Core> {
  const read = readConfig({ DATA_DIR: dataDir, TIME_ZONE: middayZone(), ...own });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const opened = await openCore({ ...read.config, concurrency: 1 }, { error: () => undefined });
  await opened.recover();
  return opened;
}

async function draftOf(names: string, changes: Partial<Draft> = {}): Promise<Draft> {
  const report = await core.app.importList({ source: { kind: "text", text: names }, campaignId: "spring" });
  if (report.kind !== "report") throw new Error("no list");
  const accounts = [{ name: "one", caps: {} }];
  const { listId, origin } = report;
  return { campaignId: "spring", listId, origin, message: "Hi", channel: "simulator", accounts, ...changes };
}

const mine = { statement: "they asked me", by: "1001", operatorId: 1001 };
const theirs = { statement: "they asked them", by: "1002", operatorId: 1002 };

async function until(status: string): Promise<void> {
  while ((await core.app.campaigns())[0]?.status !== status) await pause(5);
}

test("the same draft started twice, also after a restart, is started once", async () => {
  const draft = await draftOf("ali_1\nsara_2", { terms: { kind: "new" } });
  expect(await core.app.start(draft, mine)).toMatchObject({ ok: true, added: 2 });
  expect(await core.app.start(draft, mine)).toMatchObject({ ok: true, added: 0 });
  await core.close();
  core = await open();
  expect(await core.app.start(draft, mine)).toMatchObject({ ok: true, added: 0 });
  expect((await core.app.campaigns())[0]?.lists).toHaveLength(1);
});

test("of two who start one id at the same moment one is told of the other, and keeps the list", async () => {
  const first = await draftOf("ali_1", { message: "First", terms: { kind: "new" } });
  const second = await draftOf("sara_2", { message: "Second", terms: { kind: "new" } });
  const results = await Promise.all([core.app.start(first, mine), core.app.start(second, theirs)]);
  const [begun, other] = results[0].ok ? [first, second] : [second, first];
  const { message } = begun;
  expect(results).toContainEqual(expect.objectContaining({ ok: true }));
  expect(results.find(({ ok }) => !ok)).toMatchObject({ problem: "exists", campaign: { message, total: 1 } });
  const added = { ...other, message, terms: { kind: "goOn", changes: [], revision: 0 } } as const;
  expect(await core.app.start(added, theirs)).toMatchObject({ ok: true, added: 1 });
});

test("a start that looked at an older state of the campaign changes nothing", async () => {
  await core.app.start(await draftOf("ali_1"), mine);
  await core.app.start(await draftOf("sara_2"), theirs);
  const stale = await draftOf("reza_3", { terms: { kind: "goOn", changes: [], revision: 0 } });
  expect(await core.app.start(stale, mine)).toMatchObject({ ok: false, problem: "changed" });
  expect((await core.app.campaigns())[0]?.lists).toHaveLength(2);
});

test("another channel, text or account is refused unless it is to change, and the channel always", async () => {
  await core.app.start(await draftOf("ali_1"), mine);
  await until("finished");
  const other = await draftOf("sara_2", { message: "Other" });
  expect(await core.app.start(other, mine)).toMatchObject({ problem: "differs", differs: ["message"] });
  const account = await draftOf("sara_2", { accounts: [{ name: "one", caps: { perDay: 9 } }] });
  expect(await core.app.start(account, mine)).toMatchObject({ problem: "differs", differs: ["accounts"] });
  const terms = { kind: "goOn", changes: ["message", "accounts"] } as const;
  const channel = await draftOf("sara_2", { channel: "x", terms });
  expect(await core.app.start(channel, mine)).toMatchObject({ problem: "otherChannel" });
  expect((await core.app.campaigns())[0]).toMatchObject({ channel: "simulator", message: "Hi", lists: [{}] });
});

test("a pause holds through a start, and one that comes during it holds too", async () => {
  const many = Array.from({ length: 200 }, (_, index) => `name_${index}`).join("\n");
  await core.app.start(await draftOf(many), mine);
  await core.app.pause("spring", "1001");
  const added = await core.app.start(await draftOf("ali_1"), theirs);
  expect(added).toMatchObject({ ok: true, added: 1, pausedBy: "1001" });
  expect((await core.app.campaigns())[0]).toMatchObject({ status: "paused", consent: { by: "1002" } });
  expect((await core.app.campaigns())[0]?.earlierConsents).toMatchObject([{ by: "1001" }]);
  await core.app.resume("spring");
  const next = await draftOf("sara_2");
  const [, paused] = await Promise.all([core.app.start(next, theirs), core.app.pause("spring", "1001")]);
  // On a slow machine it may have paused by itself before, for the day's limit; then there was nothing to pause.
  if (paused.ok)
    expect((await core.app.campaigns())[0]).toMatchObject({ status: "paused", pause: { by: "1001" } });
});

/** It stays under way however slow the machine is. */
const oneADay = { accounts: [{ name: "one", caps: { perDay: 1 } }] };

async function listOf(names: string): Promise<string> {
  return (await draftOf(names)).listId;
}

test("names join a campaign that is paused or runs, once for each, and it goes on as it was", async () => {
  const many = Array.from({ length: 100 }, (_, index) => `name_${index}`).join("\n");
  const { app } = core;
  await app.start(await draftOf(many, { accounts: [{ name: "one", caps: { perDay: 1000 } }] }), mine);
  await app.pause("spring", "1001");
  const before = (await app.campaigns())[0];
  const more = { names: { listId: await listOf("name_1\nzahra_1\nomid_2") }, origin: "more.txt", by: "1002" };
  const counts = async () => (await app.view("spring"))?.counts;
  while ((await counts())?.claimed !== 0) await pause(5); // what was in flight is over, or was called off
  const { planned = 0 } = (await counts()) ?? {};
  const joined = await app.addNames("SPRING", more);
  expect(joined).toEqual({ ok: true, added: 2, known: 1, left: planned + 2 });
  expect(await app.addNames("spring", more)).toMatchObject({ ok: true, added: 0 });
  const after = (await app.campaigns())[0];
  expect(after).toMatchObject({ status: "paused", pause: { by: "1001" }, message: "Hi", accounts: [{}] });
  expect(after?.lists).toMatchObject([before?.lists[0], { count: 2, origin: "more.txt" }]);
  expect(after?.revisions).toMatchObject([{ by: "1002", what: ["names"], number: 0 }]);
  expect(await app.view("spring")).toMatchObject({ imported: 102, campaign: { lists: [{}, { count: 2 }] } });
  await app.resume("spring");
  const names = { columns: ["city"], rows: [["omid_2", "Tabriz"], ["reza_3"]] } as const;
  expect(await app.addNames("spring", { ...more, names })).toMatchObject({ ok: true, added: 1, known: 1 });
  await until("finished");
  expect((await app.view("spring"))?.counts).toMatchObject({ planned: 0, claimed: 0 });
  expect(await app.view("spring")).toMatchObject({ imported: 103 });
  expect(await app.addNames("spring", { ...more, names })).toEqual({ ok: false, problem: "over" });
});

test("no names join for whom the message lacks a value, and none to a campaign that is not there", async () => {
  const draft = await draftOf("ali_1\nsara_2", { ...oneADay, message: "Hi {{name}} in {{city|town}}" });
  await core.app.start(draft, mine);
  await core.app.pause("spring", "1001");
  const more = { names: { listId: await listOf("zahra_1") }, origin: "more.txt", by: "1002" };
  expect(await core.app.addNames("spring", more)).toEqual({
    ok: false,
    problem: "columns",
    missing: ["name"],
  });
  expect(await core.app.addNames("autumn", more)).toEqual({ ok: false, problem: "unknownCampaign" });
  await core.app.discardList(more.names.listId);
  expect(await core.app.addNames("spring", more)).toEqual({ ok: false, problem: "noList" });
  expect(await core.app.view("spring")).toMatchObject({ imported: 2 });
});

test("a start of the same id and names that join at the same moment both come about, whichever is first", async () => {
  await core.app.start(await draftOf("ali_1\nsara_2\nnima_3", oneADay), mine);
  const names = { listId: await listOf("zahra_1\nomid_2") };
  const [added, started] = await Promise.all([
    core.app.addNames("spring", { names, origin: "more.txt", by: "1002" }),
    core.app.start(await draftOf("omid_2\nreza_3", oneADay), theirs),
  ]);
  expect([added.ok, started.ok]).toEqual([true, true]);
  expect(await core.app.view("spring")).toMatchObject({ imported: 6 });
  await core.close();
  core = await open();
  expect(await core.app.view("spring")).toMatchObject({ imported: 6 });
});
