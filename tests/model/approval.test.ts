/** A second pair of eyes on real files: nobody is written to before it, whatever is stopped and started again. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import type { Core } from "../../src/composition/core-order.ts";
import { openCore } from "../../src/composition/core.ts";
import { everybodyAnswers } from "../cli/peyk-command.ts";
import { ownStore } from "../support/own-store.ts";
import { middayZone } from "../support/midday.ts";

let dataDir: string;
let core: Core;
let where = {};

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "peyk-approval-"));
  const value = { ...everybodyAnswers, latencyMs: { min: 1, max: 1 }, accounts: [{ name: "one" }] };
  await writeFile(join(dataDir, "simulator.json"), JSON.stringify({ version: 1, value }));
  where = await ownStore();
  core = await open();
});
afterEach(async () => {
  await core.close();
  await rm(dataDir, { recursive: true });
});

async function open(): Promise<Core> {
  const read = readConfig({ DATA_DIR: dataDir, TIME_ZONE: middayZone(), ...where });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const settings = { ...read.config, operatorIds: [1001, 1002] };
  const opened = await openCore(settings, { error: () => undefined });
  await opened.recover();
  return opened;
}

const as = <T>(id: number, work: () => Promise<T>): Promise<T> => core.app.as({ kind: "operator", id }, work);

async function start(id: string, by: number, names: string): Promise<unknown> {
  const list = await core.app.importList({ source: { kind: "text", text: names }, campaignId: id });
  if (list.kind !== "report") throw new Error("no list");
  const accounts = [{ name: "one", caps: {} }];
  const { listId, origin } = list;
  const draft = { campaignId: id, listId, origin, message: "Hi", channel: "simulator", accounts };
  return as(by, () => core.app.start(draft, { statement: "asked", by: String(by), operatorId: by }));
}

async function until(id: string, what: string): Promise<void> {
  for (;;) {
    const campaign = (await core.app.campaigns()).find((one) => one.id === id);
    if (campaign?.status === what || campaign?.pause?.kind === what) return;
    await pause(5);
  }
}

const sent = async (id: string): Promise<number> => (await core.app.view(id))?.counts.sent ?? -1;

test("waits for somebody else, over restarts and resumes, and again after every change", async () => {
  await as(1001, () => core.app.team.requireApproval(true));
  expect(await start("spring", 1001, "ali_1\nsara_2")).toMatchObject({ ok: true });
  await until("spring", "approval");
  expect(await core.app.resume("spring", "1001")).toMatchObject({ ok: false, problem: "notNow" });
  await core.close();
  core = await open();
  const { seen = "", isOwn } = (await core.app.toApprove("spring", "1001")) ?? {};
  expect(isOwn).toBe(true);
  const own = await as(1001, () => core.app.approve("spring", "1001", seen));
  expect(own).toEqual({ ok: false, problem: "own" });
  expect(await sent("spring")).toBe(0);
  expect(await as(1002, () => core.app.approve("spring", "1002", seen))).toEqual({ ok: true });
  await until("spring", "finished");
  expect(await sent("spring")).toBe(2);
  // Begun again with one more name by the one who approved: another one must look at it.
  expect(await start("spring", 1002, "reza_3")).toMatchObject({ ok: true, added: 1 });
  await until("spring", "approval");
  expect(await sent("spring")).toBe(2);
  const again = (await core.app.toApprove("spring", "1002"))?.seen ?? "";
  expect(await core.app.approve("spring", "1002", again)).toMatchObject({ problem: "own" });
  await as(1001, () => core.app.team.requireApproval(false));
  await until("spring", "operator");
  await core.app.resume("spring", "1001");
  await until("spring", "finished");
  expect(await sent("spring")).toBe(3);
});
