/** `peyk suppress` and `peyk import-checkpoint`, in real processes: who is not to be written to is not. */
import { beforeAll, expect, test } from "vitest";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { createPlace, objectsOf, summaryOf } from "./peyk-command.ts";

let compiled: Compiled;

beforeAll(async () => {
  compiled = await compile("peyk-cli.ts");
});

const send = [
  "send",
  "--list",
  "people.txt",
  "--message",
  "Hi",
  "--channel",
  "simulator",
  "--task-id",
  "spring",
];

test("whoever is on the do-not-send list gets nothing, until taken off it", async () => {
  await using place = await createPlace(compiled);
  await place.list(3);
  const added = await place.peyk(
    "suppress",
    "add",
    "@Name_0",
    "no name",
    "--reason",
    "complaint",
    "--note",
    "by post",
  );
  expect(added).toMatchObject({ code: 1, out: "1 put on the list.\n" });
  expect(added.err).toContain('"no name" is no username: a username has no spaces.');
  await place.write("unsubscribed.csv", "username\nname_1\nname_1\n");
  const imported = await place.peyk(
    "suppress",
    "import",
    "unsubscribed.csv",
    "--reason",
    "optedOut",
    "--json",
  );
  expect(summaryOf(imported)).toMatchObject({ ok: true, changed: 1 });
  const names = objectsOf(await place.peyk("suppress", "list", "--json")).filter(
    ({ kind }) => kind === "suppressed",
  );
  expect(names).toEqual([
    expect.objectContaining({ username: "name_1", reason: "optedOut" }),
    expect.objectContaining({ username: "name_0", reason: "complaint", note: "by post" }),
  ]);
  const sent = await place.peyk(...send);
  expect(sent.code).toBe(0);
  expect(sent.out).toContain("(skipped: 2 on the do-not-send list)");
  expect(await place.delivered()).toEqual(["name_2"]);
  expect((await place.peyk("suppress", "remove", "name_0")).out).toBe("1 taken off the list.\n");
  expect((await place.peyk("suppress", "list")).out).toMatch(/^name_1: opted out, .+\n$/);
});

test("a checkpoint of an older tool is honoured by the campaign of its task id", async () => {
  await using place = await createPlace(compiled);
  await place.list(3);
  const checkpoint = {
    task_id: "spring",
    sent_usernames: ["@NAME_0", "name_2"],
    total_sent: 2,
    total_failed: 0,
  };
  await place.write("old.json", JSON.stringify(checkpoint));
  const imported = await place.peyk("import-checkpoint", "old.json");
  expect(imported).toMatchObject({ code: 0, err: "" });
  expect(imported.out).toContain("spring: 2 names in the checkpoint, 2 of them new.");
  expect((await place.peyk(...send)).code).toBe(0);
  expect(await place.delivered()).toEqual(["name_1"]);
});

test.each([
  [["import-checkpoint", "nowhere.json"], "nowhere.json can't be read: there is no such file."],
  [["import-checkpoint", "people.txt"], "people.txt is not a checkpoint."],
  [["suppress", "import", "nowhere.csv"], "nowhere.csv: there is no such file."],
  [["suppress", "add", "ali_1", "--reason", "boring"], "'boring' is invalid"],
  [["suppress"], "Usage: peyk suppress"],
])("refuses %j with 1", async (words, sentence) => {
  await using place = await createPlace(compiled);
  await place.list(1);
  const ended = await place.peyk(...words);
  expect(ended.code).toBe(1);
  expect(ended.err).toContain(sentence);
});
