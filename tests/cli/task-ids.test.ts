/** One task id, however it is spelled: on the command line, in checkpoints of other tools and in the folders on disk. */
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import type { Place } from "./peyk-command.ts";
import { isOnPostgres } from "../support/own-store.ts";
import { createPlace, objectsOf, summaryOf } from "./peyk-command.ts";

let compiled: Compiled;

beforeAll(async () => {
  compiled = await compile("peyk-cli.ts");
});

async function openPlace(): Promise<Place> {
  const place = await createPlace(compiled);
  await place.write("people.txt", "person_1\nperson_2\nperson_3\nperson_4\n");
  return place;
}

const sending = (id: string): string[] => [
  ..."send --list people.txt --message Hi --channel simulator --max-per-account 100 --json".split(" "),
  "--task-id",
  id,
];

test("a checkpoint's names are skipped whatever the case of its id", async () => {
  await using place = await openPlace();
  const checkpoint = { task_id: "Spring", sent_usernames: ["person_1", "person_2", "person_3"] };
  await place.write("checkpoint.json", JSON.stringify(checkpoint));
  expect(await place.peyk("import-checkpoint", "checkpoint.json")).toMatchObject({ code: 0 });
  const ended = await place.peyk(...sending("spring"));
  expect(summaryOf(ended)).toMatchObject({ taskId: "Spring", counts: { sent: 1, skipped: 3 } });
  expect(await place.delivered()).toEqual(["person_4"]);
});

test.skipIf(isOnPostgres())(
  "a checkpoint that lies in the campaign's folder is honoured in any case too",
  async () => {
    await using place = await openPlace();
    await place.write("people.txt", "person_1\n");
    await place.peyk(...sending("spring"));
    const folder = "data/campaigns/spring";
    await place.write(
      join(folder, "task_checkpoint_SPRING.json"),
      JSON.stringify({ sent_usernames: ["person_2"] }),
    );
    await place.write("people.txt", "person_1\nperson_2\nperson_3\n");
    expect(summaryOf(await place.peyk(...sending("spring")))).toMatchObject({
      counts: { sent: 2, skipped: 1 },
    });
    expect(await place.delivered()).toEqual(["person_1", "person_3"]);
  },
);

test("another case is the same campaign, for every command", async () => {
  await using place = await openPlace();
  await place.peyk(...sending("spring"));
  expect(summaryOf(await place.peyk(...sending("SPRING")))).toMatchObject({
    taskId: "spring",
    counts: { sent: 4 },
  });
  expect(await place.delivered()).toHaveLength(4);
  expect(summaryOf(await place.peyk("status", "Spring", "--json"))).toMatchObject({ taskId: "spring" });
  expect((await place.peyk("export", "sPring", "--format", "json", "--out", "r.json")).code).toBe(0);
  expect((await place.peyk("cleanup", "SPRING")).code).toBe(0);
  const all = objectsOf(await place.peyk("status", "--json"));
  expect(all.map(({ taskId }) => taskId)).toEqual(["spring", undefined]);
});

test.skipIf(isOnPostgres())(
  "where campaigns of both spellings are there already, nobody guesses",
  async () => {
    await using place = await openPlace();
    await place.peyk(...sending("spring"));
    const folder = join(place.dataDir, "campaigns");
    await mkdir(join(folder, "Spring"));
    await cp(join(folder, "spring", "journal.jsonl"), join(folder, "Spring", "journal.jsonl"));
    const ended = await place.peyk(...sending("spring"));
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.err).toContain("Spring and spring differ only in upper and lower case");
    expect(await place.delivered()).toHaveLength(4);
  },
);

test.each(["CON", "nul.txt", "spring."])("refuses %s as a new campaign's id", async (id) => {
  await using place = await openPlace();
  const ended = await place.peyk(...sending(id));
  expect(ended).toMatchObject({ code: 1 });
  expect(ended.err).toContain(`--task-id "${id}"`);
  expect(await place.delivered()).toEqual([]);
});
