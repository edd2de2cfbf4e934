/** Names that join a campaign by command, on real files. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CampaignSender } from "../../src/library.ts";
import { createPlace, everybodyAnswers, summaryOf } from "./peyk-command.ts";

const send = ["send", "--channel", "simulator", "--task-id", "spring", "--list", "people.txt", "--json"];

/** One message a day goes out, so that the campaign is not over. */
const people = { ...everybodyAnswers, accounts: [{ name: "one" }] };

test("says who joins, takes a word on where the permission comes from, and the results tell when each joined", async () => {
  await using place = await createPlace({ path: "" }, people);
  await place.list(3);
  await place.peyk(...send, "--message", "Hi {{username}}", "--max-per-account", "1", "--consent", "In May.");
  await place.peyk("suppress", "add", "new_out");
  await place.write("more.txt", "@Name_1\n@new_one\n@new_out\n");
  const looked = await place.peyk("add-names", "Spring", "--list", "more.txt", "--dry-run");
  expect(looked.out).toContain("2 are new.\n1 is in the campaign already");
  expect(looked.out).toContain("1 is on the do-not-send list and gets nothing");
  const added = await place.peyk(
    "add-names",
    "spring",
    "--list",
    "more.txt",
    "--consent",
    "In June.",
    "--json",
  );
  expect([added.code, summaryOf(added)]).toMatchObject([
    0,
    { taskId: "spring", added: 2, known: 1, left: 4 },
  ]);
  const again = await place.peyk("add-names", "spring", "--list", "more.txt", "--consent", "In June.");
  expect([again.code, again.err]).toEqual([1, expect.stringContaining("Everybody on this list is in")]);

  const sender = new CampaignSender({
    accounts: ["one"],
    usernames: ["name_0"],
    message: "Hi {{username}}",
    taskId: "spring",
    dataDir: place.dataDir,
  });
  expect(await sender.addNames(["@new_two", "name_2", "no name"], { consent: "In July." })).toEqual({
    taskId: "spring",
    added: 1,
    known: 1,
    left: 5,
    invalid: [{ text: "no name", reason: "spaces" }],
  });
  expect(await place.stored("spring")).toMatchObject({
    consent: { statement: "In July.", by: "library" },
    earlierConsents: [{ statement: "In May." }, { statement: "In June.", by: "command line" }],
    lists: [{ count: 3 }, { count: 2, origin: "more.txt" }, { count: 1, origin: "program" }],
  });

  await place.peyk(...send, "--max-per-account", "50");
  expect((await place.delivered()).toSorted()).toEqual(["name_0", "name_1", "name_2", "new_one", "new_two"]);
  await place.peyk("export", "spring", "--format", "json", "--out", "results.json");
  const rows: readonly { username: string; addedAt: string }[] = JSON.parse(
    await readFile(join(place.folder, "results.json"), "utf8"),
  );
  const moments = new Map(rows.map(({ username, addedAt }) => [username, Date.parse(addedAt)]));
  expect(moments.get("new_one")).toBeGreaterThan(moments.get("name_1") ?? Infinity);
  expect(moments.get("new_two")).toBeGreaterThan(moments.get("new_one") ?? Infinity);
  const over = await place.peyk("add-names", "spring", "--list", "people.txt");
  expect([over.code, over.err]).toEqual([1, expect.stringContaining("has ended")]);
});
