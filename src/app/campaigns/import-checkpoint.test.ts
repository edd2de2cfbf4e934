import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { putCampaign, startProcess } from "../../../tests/support/engine-bench.ts";
import { createMemoryDisk, createMemoryStores } from "../../../tests/support/memory-stores.ts";
import { createScriptedChannel } from "../../../tests/support/scripted/scripted-channel.ts";
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import type { CheckpointImport } from "./import-checkpoint.ts";
import { honourCheckpoint, readCheckpoint } from "./import-checkpoint.ts";

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "peyk-checkpoint-"))));
afterEach(() => rm(folder, { recursive: true }));

async function importCheckpoint(parts: Parameters<typeof honourCheckpoint>[0], path: string) {
  const read = await readCheckpoint(path);
  return "problem" in read ? ({ kind: "problem", ...read } as const) : honourCheckpoint(parts, read);
}

async function importFile(content: string | Buffer, name = "task_checkpoint_spring.json") {
  const disk = createMemoryDisk();
  const { engine, clock } = startProcess({ channel: createScriptedChannel(), disk });
  const events: CampaignEvent[] = [];
  const hub = { emit: (event: CampaignEvent) => void events.push(event), watch: () => async () => undefined };
  await writeFile(join(folder, name), content);
  const answer: CheckpointImport = await importCheckpoint(
    { engine, clock, events: hub, ...createMemoryStores(disk, undefined, { clock }) },
    join(folder, name),
  );
  return { answer, events, names: (id: string) => [...(disk.checkpoints.get(id) ?? [])] };
}

test("takes in names as people and older tools write them", async () => {
  const sent = ["@Ali_1", "https://t.me/SARA", " ALI_1 ", "nima"];
  const { answer, events, names } = await importFile(
    `\uFEFF${JSON.stringify({ task_id: "spring", sent_usernames: sent })}`,
  );
  expect(answer).toMatchObject({ kind: "imported", campaignId: "spring", names: 3 });
  expect(names("spring")).toEqual(["ali_1", "sara", "nima"]);
  expect(events).toMatchObject([{ kind: "checkpointLoaded", campaignId: "spring", names: 3 }]);
});

test("takes the task id from the file's name when the file has none", async () => {
  const { answer } = await importFile('{"sent_usernames":["ali"]}', "task_checkpoint_my_campaign.001.json");
  expect(answer).toMatchObject({ kind: "imported", campaignId: "my_campaign.001" });
});

test("believes the file more than its name", async () => {
  const { answer } = await importFile('{"task_id":"autumn","sent_usernames":[]}');
  expect(answer).toMatchObject({ kind: "imported", campaignId: "autumn", names: 0 });
});

test.each([
  ["no JSON", "{", "task_checkpoint_spring.json", "broken"],
  ["no names", '{"task_id":"spring"}', "task_checkpoint_spring.json", "broken"],
  ["names that are none", '{"sent_usernames":[{"a":1}]}', "task_checkpoint_spring.json", "broken"],
  ["no task id anywhere", '{"sent_usernames":["ali"]}', "old.json", "noTaskId"],
  ["a task id that leads out", '{"task_id":"../x","sent_usernames":["ali"]}', "old.json", "badTaskId"],
])("says what is wrong with a file that has %s", async (_, content, name, problem) => {
  const { answer, events } = await importFile(content, name);
  expect(answer).toEqual({ kind: "problem", problem });
  expect(events).toEqual([]);
});

test("a campaign that is under way writes to none of the names", async () => {
  const disk = createMemoryDisk();
  const campaign = putCampaign(disk, { names: 2, accounts: [{ name: "one", caps: { perDay: 1 } }] });
  const channel = createScriptedChannel();
  const { engine, clock, events } = startProcess({ channel, disk });
  const stores = createMemoryStores(disk, undefined, { clock });
  void engine.start(campaign);
  await clock.advance(1000);
  expect([...channel.inbox.keys()]).toEqual(["p0"]);
  const path = join(folder, "task_checkpoint_spring.json");
  await writeFile(path, '{"sent_usernames":["P1"]}');
  const hub = { emit: () => undefined, watch: () => async () => undefined };
  await importCheckpoint({ engine, clock, events: hub, ...stores }, path);
  await clock.runUntilIdle();
  expect([...channel.inbox.keys()]).toEqual(["p0"]);
  expect(events).toContainEqual(
    expect.objectContaining({ kind: "skipped", username: "p1", reason: "earlierCheckpoint" }),
  );
});
