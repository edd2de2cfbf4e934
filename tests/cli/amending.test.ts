/** Taking back and mending by command, on real files; the simulated people can do both. */
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isOnPostgres } from "../support/own-store.ts";
import { createPlace, everybodyAnswers, objectsOf, summaryOf } from "./peyk-command.ts";

const send = ["send", "--channel", "simulator", "--task-id", "spring", "--list", "people.txt"];

test("takes back and mends what was sent, after saying of whom, and only once somebody said yes", async () => {
  await using place = await createPlace({ path: "" });
  await place.list(4);
  expect((await place.peyk(...send, "--message", "Hello {{username}}")).code).toBe(0);

  const unsure = await place.peyk("mend", "spring", "--message", "Hi {{username}}");
  expect([unsure.code, unsure.err]).toEqual([1, "Nothing was begun. Add --yes to begin.\n"]);
  expect(unsure.out).toContain("4 messages of spring can be mended. No new message is sent.");
  expect(unsure.out).toContain("Hi name_0");

  const mended = await place.peyk("mend", "Spring", "--message", "Hi {{username}}", "--yes", "--json");
  expect(mended.code).toBe(0);
  expect(summaryOf(mended)).toMatchObject({
    taskId: "spring",
    what: "mend",
    end: "finished",
    done: 4,
    kept: 0,
  });
  expect(objectsOf(mended)[0]).toMatchObject({ kind: "plan", count: 4, tooOld: 0, unknown: 0 });

  const one = await place.peyk("take-back", "spring", "--name", "@NAME_2", "--yes");
  expect(one.out).toContain("spring: 1 of 1 messages taken back; 0 stay.");
  const twice = await place.peyk("take-back", "spring", "--name", "name_2", "--yes");
  expect([twice.code, twice.err]).toEqual([1, "There is no message of spring that can be taken back.\n"]);
  const status = await place.peyk("status", "spring");
  expect(status.out).toContain("3 sent, 1 taken back, or may be");
  await place.peyk("take-back", "spring", "--revision", "1", "--yes");
  expect((await place.peyk("export", "spring", "--format", "csv")).code).toBe(0);
  expect(await place.delivered()).toHaveLength(4);

  expect((await place.peyk("cleanup", "spring")).code).toBe(0);
});

test.skipIf(isOnPostgres())("the doctor finds that a message was taken back which nobody sent", async () => {
  await using place = await createPlace({ path: "" });
  await place.list(1);
  await place.peyk(...send, "--message", "Hello");
  await place.peyk("take-back", "spring", "--yes");
  const record = join(place.dataDir, "campaigns", "spring", "amendments.jsonl");
  expect((await place.peyk("doctor")).code).toBe(0);
  await appendFile(record, '{"t":"done","n":9,"r":0,"at":1}\n');
  const found = await place.peyk("doctor");
  expect([found.code, found.out + found.err]).toEqual([1, expect.stringContaining("amendments.jsonl")]);
});

test("says what is wrong before anything is asked, in Persian too", async () => {
  await using place = await createPlace({ path: "" }, undefined, {
    DEFAULT_LANGUAGE: "fa",
    LC_ALL: "fa_IR.UTF-8",
  });
  await place.list(1);
  await place.peyk(...send, "--message", "سلام");
  const both = await place.peyk("take-back", "spring", "--name", "a_b", "--revision", "1");
  expect(both.err).toContain("--revision");
  expect(both.err).toContain("نه هر دو");
  const unfit = await place.peyk("mend", "spring", "--message", "سلام {{city}}", "--yes");
  expect(unfit.code).toBe(1);
  expect(unfit.err).toContain("city");
  expect((await place.peyk("take-back", "nobody", "--yes")).code).toBe(1);
});

test("a new campaign of an old one's people in chosen states has its text, and asks for consent anew", async () => {
  const shares = { ...everybodyAnswers.shares, notFound: 1 };
  await using place = await createPlace({ path: "" }, { ...everybodyAnswers, shares });
  await place.list(3);
  await place.peyk(...send, "--message", "Hello {{username}}", "--per-hour", "500");
  await place.write("data/simulator.json", JSON.stringify({ version: 1, value: everybodyAnswers }));
  const nobody = await place.peyk("send", "--from", "spring", "--states", "failed,uncertain");
  expect([nobody.code, nobody.err]).toEqual([1, "Nobody of spring is in these states.\n"]);
  const wrong = await place.peyk("send", "--from", "spring", "--states", "moon");
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining("notFound")]);
  const itself = await place.peyk("send", "--from", "spring", "--task-id", "Spring");
  expect([itself.code, itself.err]).toEqual([1, expect.stringContaining("of its own")]);
  const again = ["send", "--from", "Spring", "--states", "failed,notFound", "--task-id", "summer"];
  const rehearsed = await place.peyk(...again, "--dry-run");
  expect(rehearsed.out).toContain("Hello name_0");
  const sent = await place.peyk(...again, "--json");
  expect(summaryOf(sent)).toMatchObject({ taskId: "summer", end: "finished", imported: 3 });
  expect(await place.stored("summer")).toMatchObject({
    message: "Hello {{username}}",
    pace: { perHour: 500 },
  });
});
