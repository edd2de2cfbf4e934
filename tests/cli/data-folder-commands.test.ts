/** What the commands say of a data folder: who has it, who decided in it, and by the doctor what is wrong with its files. */
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { RequestBox } from "../../src/storage/files/folder/request-box.ts";
import { untilClaimed } from "../support/on-record.ts";
import type { Place } from "./peyk-command.ts";
import { createPlace, everybodyAnswers, objectsOf, summaryOf } from "./peyk-command.ts";

let compiled: Compiled;

beforeAll(async () => {
  compiled = await compile("peyk-cli.ts");
});

function send(place: Place, list: string, id: string) {
  const words = ["--list", list, "--message", "Hi", "--channel", "simulator", "--max-per-account", "100"];
  return place.peyk("send", ...words, "--task-id", id);
}

/** Starts a campaign in a process of its own; resolves when it has claimed somebody who does not answer before the test is over. */
async function atWork(place: Place) {
  const endless = { ...everybodyAnswers, latencyMs: { min: 6e6, max: 6e6 } };
  await place.write("data/simulator.json", JSON.stringify({ version: 1, value: endless }));
  const words = ["--message", "Hi", "--channel", "simulator", "--task-id", "long", "--json"];
  const sending = place.start("send", "--list", await place.list(5), ...words);
  await untilClaimed(place.where, "long");
  return sending;
}

test("a second Peyk on the same folder is told who has it", async () => {
  await using place = await createPlace(compiled);
  const sending = await atWork(place);
  const second = await place.peyk("collect", "simulator", "tea", "--count", "5");
  const doctor = await place.peyk("doctor");
  sending.child.kill("SIGKILL");
  await sending.ended;
  expect(second.code).toBe(1);
  expect(second.err).toBe(`Another Peyk (process ${sending.child.pid}) is using data/. Stop it first.\n`);
  expect(doctor.code).toBe(0);
  expect(doctor.out).toContain(`lease: In use by process ${sending.child.pid} on `);
});

test("what is decided beside a running Peyk is written down by it, which says what it can't do", async () => {
  const lost = { ...everybodyAnswers.shares, timeoutDelivered: 1 };
  await using place = await createPlace(compiled, {
    ...everybodyAnswers,
    shares: lost,
    timeoutMs: 0,
    readsBack: false,
  });
  await send(place, await place.list(3), "doubts");
  const sending = await atWork(place);
  const one = await place.peyk("resolve", "doubts", "name_0", "sent");
  const again = await place.peyk("resolve", "doubts", "name_1", "again");
  const rest = await place.peyk("resolve", "doubts", "--all", "skip", "--json");
  const optOut = await place.peyk("suppress", "add", "name_3");
  sending.child.kill("SIGKILL");
  await sending.ended;
  const { pid } = sending.child;
  expect(one.out).toBe(`name_0 counts as sent now. The Peyk at work (process ${pid}) wrote it down.\n`);
  expect(again.code).toBe(1);
  expect(again.err).toContain(`The Peyk at work (process ${pid}) sends one campaign only`);
  expect(summaryOf(rest)).toMatchObject({ ok: true, decided: 2, byProcess: pid });
  expect(optOut.out).toBe(`1 put on the list. The Peyk at work (process ${pid}) wrote it down.\n`);
  expect(await readdir(join(place.dataDir, "requests"))).toEqual([]);
});

test("there is nothing to see in a folder that nobody has used, and looking does not begin to use it", async () => {
  await using place = await createPlace(compiled);
  await rm(place.dataDir, { recursive: true });
  expect(await place.peyk("status")).toMatchObject({ code: 0, err: "" });
  expect(await place.peyk("leads")).toMatchObject({ code: 0, err: "" });
  expect(await readdir(place.folder)).toEqual([]);
});

test("the doctor finds what is wrong and names the file", async () => {
  await using place = await createPlace(compiled);
  await send(place, await place.list(3), "whole");
  expect(await place.peyk("doctor")).toMatchObject({ code: 0 });
  const folder = join(place.dataDir, "campaigns/whole");
  const journal = join(folder, "journal.jsonl");
  const lines = (await readFile(journal, "utf8")).split("\n");
  const sent = lines.find((line) => line.includes('"t":"sent"')) ?? "";
  await writeFile(journal, [...lines.slice(0, -1), sent, ""].join("\n"));
  await writeFile(join(folder, "task_checkpoint_whole.json"), "{");
  await writeFile(join(place.dataDir, "test-sends.jsonl"), "{}\nno json\n");
  await writeFile(join(place.dataDir, "simulator.json"), "[]");
  const ended = await place.peyk("doctor", "--json");
  expect(ended.code).toBe(1);
  const wrong = objectsOf(ended).filter(({ level }) => level === "wrong");
  const texts = wrong.map(({ text }) => String(text)).join("\n");
  expect(texts).toMatch(/name_\d has two sent records/);
  expect(texts).toContain("whole: the journal contradicts itself");
  expect(texts).toContain("task_checkpoint_whole.json is not a checkpoint");
  expect(texts).toContain("test-sends.jsonl, line 2: is not JSON");
  expect(texts).toContain("simulator.json can't be used");
  expect(summaryOf(ended)).toMatchObject({ ok: false, wrong: wrong.length });
});

test("the doctor sees that a finished campaign's list is gone, or its journal, or the end of it", async () => {
  await using place = await createPlace(compiled);
  await send(place, await place.list(3), "whole");
  const folder = join(place.dataDir, "campaigns/whole");
  const wrongWith = async (): Promise<string> =>
    (await place.peyk("doctor")).out
      .split("\n")
      .filter((line) => line.startsWith("WRONG"))
      .join("\n");
  const journal = join(folder, "journal.jsonl");
  const whole = await readFile(journal, "utf8");
  await rm(journal);
  expect(await wrongWith()).toContain("nothing tells what became of 3 names");
  await writeFile(journal, whole.slice(0, whole.lastIndexOf('{"r"')));
  expect(await wrongWith()).toContain("nothing tells what became of one name");
  await writeFile(journal, whole);
  // One that is not over says so by its checkpoint.
  const document = join(folder, "campaign.json");
  const ended = await readFile(document, "utf8");
  await writeFile(document, ended.replace('"status": "finished"', '"status": "running"'));
  expect(await wrongWith()).toBe("");
  await writeFile(journal, "");
  expect(await wrongWith()).toContain("its checkpoint says that 3 names were sent to");
  await writeFile(document, ended);
  await writeFile(journal, whole);
  await rm(join(folder, "list-001.jsonl"));
  expect(await wrongWith()).toContain("list-001.jsonl");
});

test("the doctor finds nothing wrong with a decision that waits, or with an answer that nobody came for", async () => {
  await using place = await createPlace(compiled);
  await send(place, await place.list(1), "whole");
  const box = new RequestBox(place.dataDir);
  await box.place({ campaignId: "whole", decision: "sent", claims: ["1"] }, 1);
  await box.answer("2-gone", { kind: "resolved", decided: 1, left: 0 });
  expect(await place.peyk("doctor")).toMatchObject({ code: 0 });
});

test("whatever file is damaged, the doctor looks at everything else and says how all of it is", async () => {
  await using place = await createPlace(compiled);
  await send(place, await place.list(3), "whole");
  const entries = await readdir(place.dataDir, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  expect(files.length).toBeGreaterThan(8);
  const silent: string[] = [];
  for (const file of files) {
    const whole = await readFile(file, "utf8");
    await writeFile(file, whole.replace(/[^\n]*\n/, "{\n"));
    if (!("wrong" in summaryOf(await place.peyk("doctor", "--json")))) silent.push(file);
    await writeFile(file, whole);
  }
  expect(silent).toEqual([]);
});

test("the doctor changes nothing, not even where nothing is", async () => {
  await using place = await createPlace(compiled);
  await rm(place.dataDir, { recursive: true });
  expect(await place.peyk("doctor")).toMatchObject({ code: 0, err: "" });
  await expect(readFile(join(place.dataDir, "lease.json"))).rejects.toThrow("ENOENT");
});
