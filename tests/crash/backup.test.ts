/**
 * Backup and restore: what is made while Peyk sends is whole and agrees with itself, what is put back sends to nobody by
 * itself, and a stop at any step of putting back leaves nothing that could be taken for data.
 */
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openCore } from "../../src/composition/core.ts";
import { readDeliveries } from "../../src/channels/simulator/record.ts";
import { examine } from "../../src/app/health/doctor.ts";
import { createDayOf } from "../../src/domain/accounts/calendar-day.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { writeMade } from "../../src/lib/files/made-file.ts";
import { createFileArchive } from "../../src/storage/files/archive/archive.ts";
import { makeBackup } from "../../src/storage/files/backup/make-backup.ts";
import { restoreBackup } from "../../src/storage/files/backup/restore-backup.ts";
import { withUnpacked } from "../../src/storage/files/backup/unpacked-backup.ts";
import { checkDataFolder } from "../../src/storage/files/folder/data-folder.ts";
import { ownFiles } from "../../src/storage/files/folder/own-names.ts";
import { everybodyAnswers, runHere } from "../cli/peyk-command.ts";
import { middayZone } from "../support/midday.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-backups-"));
  await mkdir(join(folder, "data"), { mode: 0o700 });
  await people({ min: 0, max: 0 });
  const names = Array.from({ length: 60 }, (_, index) => `name_${index}`);
  await writeFile(join(folder, "people.txt"), names.join("\n"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const people = (latencyMs: { readonly min: number; readonly max: number }): Promise<void> =>
  writeFile(
    join(folder, "data/simulator.json"),
    JSON.stringify({ version: 1, value: { ...everybodyAnswers, latencyMs } }),
  );
const peyk = (line: string, dataDir = "data") =>
  runHere(line.split(" "), folder, { DATA_DIR: dataDir, TIME_ZONE: middayZone() });
const send = "send --list people.txt --message Hi --channel simulator --task-id";

const said = (): string => "";

/** What a look at a folder of data finds wrong with it. */
async function wrongWith(dataDir: string): Promise<readonly string[]> {
  const dayOf = createDayOf("UTC");
  const parts = { archive: createFileArchive(dataDir), clock: systemClock, dayOf, configProblems: [] };
  const names = { say: (id: string) => id, names: (all: readonly string[]) => all.join(" ") };
  const words = {
    ...names,
    reason: said,
    limit: said,
    moment: said,
    clauses: said,
    error: String,
    trouble: said,
  };
  const { findings } = await examine({ ...parts, words });
  return findings.filter(({ level }) => level === "wrong").map(({ text }) => text);
}

test("each that is made while a campaign runs is whole, agrees with itself and opens no door", async () => {
  await people({ min: 100, max: 200 });
  const state = { isSending: true };
  const sending = peyk(`${send} spring --max-per-account 20 --json`).finally(() => (state.isSending = false));
  const journals: string[] = [];
  const paths: string[] = [];
  // They are looked at afterwards: that takes longer than a campaign.
  while (state.isSending) {
    const path = join(folder, `backup-${paths.length}`);
    const hasBegun = await stat(join(folder, "data/campaigns/spring/journal.jsonl")).catch(() => undefined);
    const made = hasBegun && (await makeBackup(join(folder, "data"), paths.length));
    if (made && paths.length < 12) paths.push(await writeMade(made, path).then(() => path));
    else await new Promise((resolve) => void setImmediate(resolve));
  }
  for (const path of paths) {
    expect((await stat(path)).mode & 0o077).toBe(0);
    await withUnpacked(path, async (unpacked) => {
      expect(await wrongWith(unpacked.path)).toEqual([]);
      const journal = join(unpacked.path, "campaigns/spring/journal.jsonl");
      journals.push(await readFile(journal, "utf8").catch(() => ""));
      const names = await readdir(unpacked.path);
      expect(names.filter((name) => ownFiles[name]?.backup === "never")).toEqual([]);
    });
  }
  expect((await sending).err).toBe("");
  const whole = await readFile(join(folder, "data/campaigns/spring/journal.jsonl"), "utf8");
  expect(journals.filter((part) => !whole.startsWith(part))).toEqual([]);
  expect(journals.some((part) => part !== "" && part.length < whole.length)).toBe(true);
});

test("what is put back sends to nobody before its word, then to whoever is left, once", async () => {
  await peyk(`${send} spring --max-per-account 3`);
  await peyk("suppress add name_59");
  await peyk("collect simulator tea --count 3 --list tea");
  await peyk("backup --out all.tar.gz");
  expect((await peyk("restore all.tar.gz", "back")).out).toContain("1 campaign was not finished");
  const sent = async (): Promise<readonly string[]> =>
    (await readDeliveries(join(folder, "back/simulator-record.jsonl"))).map(({ username }) => username);
  const before = await sent();
  const again = await peyk(`${send} spring --max-per-account 50 --resume`, "back");
  expect([again.code, await sent()]).toEqual([3, before]);
  expect(again.out).toContain("peyk confirm-restored spring");
  // So does the first that is begun there, whoever its people are; the word on it is one for what is begun afterwards.
  const first = await peyk(`${send} summer`, "back");
  expect([first.code, await sent()]).toEqual([3, before]);
  expect(first.out).toContain("peyk confirm-restored summer");
  await peyk("confirm-restored spring", "back");
  expect((await peyk(`${send} spring --max-per-account 50`, "back")).code).toBe(0);
  const names = await sent();
  expect([names.length, new Set(names).size, names.includes("name_59")]).toEqual([59, 59, false]);
  expect(await wrongWith(join(folder, "back"))).toEqual([]);
});

test("what is put back collects, starts, welcomes and tells nobody by itself", async () => {
  const open = async (dataDir: string) => {
    const settings = { dataDir, timeZone: "UTC", maxPerAccount: 4 };
    const opened = await openCore(settings, { error: (problem) => void problems.push(String(problem)) });
    await opened.recover();
    return opened;
  };
  const problems: string[] = [];
  const core = await open(join(folder, "data"));
  const { app } = core;
  const report = await app.importList({ source: { kind: "text", text: "ali_1" }, campaignId: "later" });
  if (report.kind !== "report") throw new Error("no list");
  const startAt = { at: systemClock.now() + 3_600_000, timeZone: "UTC" };
  const through = { channel: "simulator", accounts: [{ name: "one", caps: {} }], startAt };
  const { listId, origin } = report;
  const draft = { campaignId: "later", listId, origin, message: "Hi", ...through };
  expect(await app.start(draft, { statement: "yes", by: "1" })).toMatchObject({
    ok: true,
    startsAt: startAt,
  });
  const cycle = { everyMs: 3_600_000, leads: 5 };
  const targets = [{ source: "simulator", text: "tea" }];
  expect(await app.leads.collect({ list: "tea", targets, count: 500, cycle })).toMatchObject({ ok: true });
  const secret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
  const hook = { name: "mine", url: "http://127.0.0.1:9/", secret, mayBeNear: true };
  expect(await app.webhooks.add(hook, "1")).toMatchObject({ ok: true });
  await core.close();
  const path = join(folder, "all.tar.gz");
  await writeMade(await makeBackup(join(folder, "data"), 5), path);
  await restoreBackup({ path, dataDir: join(folder, "back"), now: systemClock.now() });
  const back = await open(join(folder, "back"));
  const [campaign] = await back.app.campaigns();
  expect(campaign).toMatchObject({ status: "paused", pause: { kind: "restored", madeAt: 5 } });
  expect((await back.app.leads.view("tea"))?.request).toMatchObject({
    status: { kind: "paused", pause: { kind: "restored" } },
  });
  expect(await back.app.webhooks.list()).toEqual([]);
  expect(await readDeliveries(join(folder, "back/simulator-record.jsonl"))).toEqual([]);
  await back.close();
  expect(problems).toEqual([]);
});

test("a stop at any step leaves nothing that opens, and the next try puts all of it back", async () => {
  await peyk(`${send} spring --max-per-account 3`);
  await peyk("backup --out all.tar.gz");
  const dataDir = join(folder, "back");
  const request = { path: join(folder, "all.tar.gz"), dataDir, now: 5 };
  for (let k = 1; ; k++) {
    let steps = 0;
    const beforeStep = (): void => {
      if (++steps === k) throw new Error("killed");
    };
    const isThrough = await restoreBackup({ ...request, beforeStep }).then(
      () => true,
      () => false,
    );
    if (isThrough) break;
    const names = await readdir(dataDir).catch(() => []);
    if (names.length > 0) {
      await expect(checkDataFolder(dataDir)).rejects.toThrow("only half put back");
      if (k === 3) expect((await peyk("status", "back")).err).toContain("Run peyk restore again");
    }
    await restoreBackup(request);
    expect([await wrongWith(dataDir), await readdir(dataDir)]).toEqual([
      [],
      expect.arrayContaining(["campaigns"]),
    ]);
    await rm(dataDir, { recursive: true });
    expect(k).toBeLessThan(40);
  }
});

test("a folder with anything in it, and a file that is not a whole backup, are refused with the reason", async () => {
  await peyk(`${send} spring --max-per-account 3`);
  await peyk("backup --out all.tar.gz");
  const whole = await readFile(join(folder, "all.tar.gz"));
  await mkdir(join(folder, "used"));
  await writeFile(join(folder, "used/notes.txt"), "mine");
  expect((await peyk("restore all.tar.gz", "used")).err).toContain("notes.txt is in it");
  expect(await readdir(join(folder, "used"))).toEqual(["notes.txt"]);
  const damaged = Buffer.from(whole);
  damaged[whole.length - 40] = (damaged[whole.length - 40] ?? 0) ^ 0xff;
  for (const content of [whole.subarray(0, whole.length / 2), damaged, Buffer.from("hello")]) {
    await writeFile(join(folder, "bad"), content);
    expect((await peyk("restore bad", "empty")).err).toMatch(/bad is (?:cut off|damaged|no backup)/);
    expect(await readdir(join(folder, "empty"))).toEqual([]);
    expect((await peyk("doctor --backup bad")).code).toBe(1);
  }
  for (const [file, answer] of [
    ["nothing.tar.gz", "There is no nothing.tar.gz"],
    ["used", "used is no backup"],
  ]) {
    expect((await peyk(`restore ${file}`, "empty")).err).toContain(answer);
    expect(await readdir(join(folder, "empty"))).toEqual([]);
  }
  const fine = await peyk("doctor --backup all.tar.gz");
  expect([fine.code, fine.out]).toEqual([0, expect.stringContaining("is whole")]);
});
