/** What an operator does about answers in a terminal, on a data folder of its own. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Place } from "./peyk-command.ts";
import { createPlace, objectsOf, summaryOf } from "./peyk-command.ts";

const documentSchema = z.looseObject({ value: z.record(z.string(), z.unknown()) });

/** A campaign that was sent to `name_0` and `name_1`, as one with more of its fields. */
async function sentWith(place: Place, more: object): Promise<() => Promise<Record<string, unknown>>> {
  const list = await place.list(2);
  const words = ["--list", list, "--message", "Hi", "--channel", "simulator", "--task-id", "spring"];
  await place.peyk("send", ...words, "--max-per-account", "100");
  const path = join(place.dataDir, "campaigns/spring/campaign.json");
  const document = documentSchema.parse(JSON.parse(await readFile(path, "utf8")));
  await writeFile(path, JSON.stringify({ ...document, value: { ...document.value, ...more } }));
  return async () => documentSchema.parse(JSON.parse(await readFile(path, "utf8"))).value;
}

test("follow-ups are ended for good, by whoever has the terminal, and once there are none it says so", async () => {
  await using place = await createPlace({ path: "" });
  const campaign = await sentWith(place, { followUps: [{ afterDays: 3, message: "Still there?" }] });
  expect(await place.peyk("end-follow-ups", "SPRING")).toEqual({
    code: 0,
    out: "The follow-ups of SPRING are ended. Nobody else gets one; what was sent stays.\n",
    err: "",
  });
  expect(await campaign()).toMatchObject({ followUpsCancelled: { by: "command line" } });
  expect(await place.peyk("end-follow-ups", "spring")).toMatchObject({
    code: 1,
    err: expect.stringContaining("spring has no follow-ups to end"),
  });
  const unknown = await place.peyk("end-follow-ups", "winter", "--json");
  expect(summaryOf(unknown)).toMatchObject({ ok: false, problem: expect.stringContaining("winter") });
  const history = objectsOf(await place.peyk("history", "spring", "--json"));
  const ended = history.filter(({ deed }) => deed === "cancelFollowUps").map(({ end }) => end);
  expect(new Set(ended)).toEqual(new Set(["done", "refused"]));
});
