/** `peyk send` in real processes on real files: once each, whatever stops it. */
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { createPlace, everybodyAnswers, objectsOf, summaryOf } from "./peyk-command.ts";

let compiled: Compiled;

beforeAll(async () => {
  compiled = await compile("peyk-cli.ts");
});

const slowly = { ...everybodyAnswers, latencyMs: { min: 20, max: 40 } };

function words(list: string, ...more: string[]): string[] {
  return ["send", "--list", list, "--message", "Hi {{username}}", "--channel", "simulator", ...more];
}

const hundred = ["--task-id", "hundred", "--max-per-account", "100", "--concurrency", "4", "--json"];

test("says what was read and what became of everybody, and ends with 0", async () => {
  await using place = await createPlace(compiled);
  await place.write("people.txt", "@Ali_1\nsara_2\nALI_1\nbad name\n");
  const ended = await place.peyk(...words("people.txt", "--task-id", "small", "--verbose"));
  expect(ended).toMatchObject({ code: 0, err: "" });
  expect(ended.out).toContain("people.txt: 2 names. 4 lines read: 1 repeated, 1 unusable.");
  expect(ended.out).toContain('Line 4 "bad name": a username has no spaces.');
  expect(ended.out).toContain("No checkpoint: starting fresh.");
  expect(ended.out).toContain("ali_1: marked as sent through sim-1.");
  expect(ended.out).toContain("Checkpoint saved with 2 names.");
  expect(ended.out).toContain("small is finished: 2 sent of 2.");
});

test("50 sent, killed, the same 100 names again: exactly the other 50", async () => {
  await using place = await createPlace(compiled, slowly);
  const list = await place.list(100);
  const first = place.start(...words(list, ...hundred));
  await first.line('"state":"sent"', 50);
  first.child.kill("SIGKILL");
  expect(await first.ended).toMatchObject({ code: null });
  const before = (await place.delivered()).length;
  const second = await place.peyk(...words(list, ...hundred));
  expect(second).toMatchObject({ code: 0, err: "" });
  expect(summaryOf(second)).toMatchObject({
    imported: 100,
    status: "finished",
    counts: { sent: 100, uncertain: 0 },
  });
  const delivered = await place.delivered();
  expect(before).toBeGreaterThanOrEqual(50);
  expect(delivered).toHaveLength(100);
  expect(new Set(delivered).size).toBe(100);
});

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "%s lets what is in flight settle and ends with 3",
  async (signal) => {
    await using place = await createPlace(compiled, slowly);
    const list = await place.list(100);
    const sending = place.start(...words(list, ...hundred));
    await sending.line('"state":"sent"', 10);
    sending.child.kill(signal);
    const ended = await sending.ended;
    expect(ended).toMatchObject({ code: 3, err: "" });
    const summary = summaryOf(ended);
    expect(summary).toMatchObject({ kind: "summary", ok: false, end: "interrupted", status: "paused" });
    const { sent, planned } = z.object({ sent: z.number(), planned: z.number() }).parse(summary["counts"]);
    expect(sent + planned).toBe(100);
    expect(await place.delivered()).toHaveLength(sent);
    const second = await place.peyk(...words(list, ...hundred));
    expect(second.code).toBe(0);
    expect(new Set(await place.delivered()).size).toBe(100);
  },
);

test("a terminal that is closed, which says so twice and reads no more, cuts nothing off", async () => {
  await using place = await createPlace(compiled, slowly);
  const list = await place.list(100);
  const sending = place.start(...words(list, ...hundred));
  await sending.line('"state":"sent"', 10);
  for (const stream of [sending.child.stdout, sending.child.stderr]) stream?.destroy();
  for (const signal of ["SIGHUP", "SIGHUP", "SIGHUP"] as const) sending.child.kill(signal);
  expect(await sending.ended).toMatchObject({ code: 3 });
  const second = await place.peyk(...words(list, ...hundred));
  expect(summaryOf(second)).toMatchObject({ counts: { sent: 100, uncertain: 0 } });
  expect(new Set(await place.delivered()).size).toBe(100);
});

test("a second Ctrl+C ends it at once, and nobody gets two messages for it", async () => {
  await using place = await createPlace(compiled, { ...slowly, latencyMs: { min: 3000, max: 3000 } });
  const list = await place.list(8);
  const sending = place.start(...words(list, ...hundred));
  await sending.line('"state":"sent"', 1);
  sending.child.kill("SIGHUP");
  await sending.line('"status":"paused"');
  sending.child.kill("SIGINT");
  expect(await sending.ended).toMatchObject({ code: null });
  await place.peyk(...words(list, ...hundred));
  const delivered = await place.delivered();
  expect(new Set(delivered).size).toBe(delivered.length);
});

test("goes on although whoever read its output has gone", async () => {
  await using place = await createPlace(compiled, slowly);
  const sending = place.start(...words(await place.list(20), ...hundred));
  await sending.line('"kind":"list"');
  sending.child.stdout?.destroy();
  expect(await sending.ended).toMatchObject({ code: 0, err: "" });
  expect(await place.delivered()).toHaveLength(20);
});

test("ends with 3 when nobody may send any more, and says why", async () => {
  const people = {
    ...everybodyAnswers,
    accounts: [{ name: "only" }],
    accountTroubles: [{ account: "only", afterSends: 3, trouble: "locked" }],
  };
  await using place = await createPlace(compiled, people);
  const ended = await place.peyk(
    ...words(await place.list(10), "--task-id", "locked", "--max-per-account", "9", "--concurrency", "1"),
  );
  expect(ended.code).toBe(3);
  expect(ended.out).toContain("locked is paused: 7 planned, 3 sent of 10.");
  expect(ended.out).toMatch(/No account may send any more: .+ Mend one, then send again\./);
  expect(await place.delivered()).toHaveLength(3);
});

test("the limit of a day holds over a second command for another campaign", async () => {
  const people = { ...everybodyAnswers, accounts: [{ name: "one" }, { name: "two" }] };
  await using place = await createPlace(compiled, people);
  const list = await place.list(10);
  const first = await place.peyk(...words(list, "--task-id", "first", "--max-per-account", "3"));
  const other = await place.peyk(...words(list, "--task-id", "other", "--max-per-account", "4"));
  expect([first.code, other.code]).toEqual([3, 3]);
  expect(first.out).toContain("All 2 accounts have reached their limit until");
  expect(other.out).toContain("other is paused: 8 planned, 2 sent of 10.");
  expect(await place.delivered()).toHaveLength(8);
});

test("sends for the campaign it names and for no other that is unfinished", async () => {
  await using place = await createPlace(compiled, slowly);
  const killed = place.start(...words(await place.list(100), ...hundred));
  await killed.line('"state":"sent"', 5);
  killed.child.kill("SIGKILL");
  await killed.ended;
  const before = (await place.delivered()).length;
  await place.write("few.txt", "few_1\nfew_2\n");
  expect((await place.peyk(...words("few.txt", "--task-id", "few", "--max-per-account", "100"))).code).toBe(
    0,
  );
  expect((await place.peyk("status", "hundred")).code).toBe(0);
  const delivered = await place.delivered();
  expect(delivered.slice(before)).toEqual(expect.arrayContaining(["few_1", "few_2"]));
  expect(delivered).toHaveLength(before + 2);
});

test("a dry run shows the messages and sends nothing", async () => {
  await using place = await createPlace(compiled);
  await place.write("people.csv", "username,name\nali_1,Ali\nsara_2,\n");
  await place.write("hello.txt", "Hello {{name|friend}}\n");
  const file = ["--list", "people.csv", "--message-file", "hello.txt", "--channel", "simulator"];
  const ended = await place.peyk("send", ...file, "--dry-run");
  expect(ended).toMatchObject({ code: 0, err: "" });
  expect(ended.out).toContain("For ali_1:\nHello Ali\n");
  expect(ended.out).toContain("For sara_2:\nHello friend\n");
  expect(await place.delivered()).toEqual([]);
  expect((await place.peyk("status")).out).toContain("There are no campaigns yet.");
});

test("prints only JSON with --json, the summary last", async () => {
  await using place = await createPlace(compiled);
  const ended = await place.peyk(...words(await place.list(2), "--task-id", "small", "--json"));
  const kinds = objectsOf(ended).map(({ kind }) => kind);
  expect(kinds[0]).toBe("list");
  expect(kinds.filter((kind) => kind === "settled")).toHaveLength(2);
  expect(kinds.at(-1)).toBe("summary");
  const failed = await place.peyk(...words("nowhere.txt", "--json"));
  expect(failed).toMatchObject({ code: 1, err: "--list nowhere.txt: there is no such file.\n" });
  expect(summaryOf(failed)).toMatchObject({ kind: "summary", ok: false, exitCode: 1 });
});

test("keeps the consent that was given", async () => {
  await using place = await createPlace(compiled);
  await place.peyk(...words(await place.list(1), "--task-id", "asked", "--consent", "They asked for it."));
  expect(await place.stored("asked")).toMatchObject({
    consent: { statement: "They asked for it.", by: "command line" },
  });
});

test.each([
  [["send"], "required option '--list <file>' not specified"],
  [words("people.txt", "--task-id", "../up"), '--task-id "../up" is no task id'],
  [words("people.txt", "--max-per-account", "0"), "Type a whole number from 1 to 9,999,999."],
  [words("people.txt", "--message-file", "a.txt"), "Both --message and --message-file are given"],
  [words(".", "--task-id", "a"), "--list . is not a file."],
  [words("empty.txt"), "empty.txt is empty."],
  [["send", "--list", "people.txt", "--channel", "simulator"], "There is no message."],
  [
    ["send", "--list", "people.txt", "--message", "Hi {{nam}}", "--channel", "simulator"],
    "{{nam}}, which no column",
  ],
  [
    ["send", "--list", "people.txt", "--message", "Hi", "--channel", "pigeon"],
    "--channel pigeon is not set up here",
  ],
  [["sned"], "unknown command 'sned'"],
])("refuses %j with 1 and says what is wrong", async (command, sentence) => {
  await using place = await createPlace(compiled);
  await place.list(1);
  await place.write("empty.txt", "");
  const ended = await place.peyk(...command);
  expect(ended.code).toBe(1);
  expect(ended.err).toContain(sentence);
  expect(await place.delivered()).toEqual([]);
});

test("a wrong setting is said, one line each", async () => {
  await using place = await createPlace(compiled, everybodyAnswers, {
    MAX_PER_ACCOUNT: "lots",
    WEB_PORT: "-1",
  });
  const ended = await place.peyk(...words(await place.list(1)));
  expect(ended.code).toBe(1);
  expect(ended.err.trim().split("\n")).toHaveLength(2);
});
