/** Whom other campaigns wrote to: told before the start, and left out when that is wanted, whatever is killed between. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { CampaignSender } from "../../src/library.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import type { Place } from "./peyk-command.ts";
import { createPlace, everybodyAnswers, summaryOf } from "./peyk-command.ts";

let compiled: Compiled;

beforeAll(async () => {
  compiled = await compile("peyk-cli.ts");
});

function words(id: string, ...more: string[]): string[] {
  const fixed = "send --list people.txt --message Hi --channel simulator --max-per-account 500 --json";
  return [...fixed.split(" "), "--task-id", id, ...more];
}

async function rows(place: Place, id: string): Promise<readonly Record<string, unknown>[]> {
  await place.peyk("export", id, "--format", "json", "--out", "r.json");
  return JSON.parse(await readFile(join(place.folder, "r.json"), "utf8"));
}

test("the plan says how many got another campaign's message, which and when, and how to leave them out", async () => {
  await using place = await createPlace(compiled);
  await place.list(3);
  await place.peyk(...words("winter"));
  await place.list(5);
  const plain = words("spring", "--dry-run").filter((word) => word !== "--json");
  expect((await place.peyk(...plain)).out).toMatch(
    /Other campaigns wrote to 3 of them in the last 30 days: winter to 3, the last .+ --not-within-days 30/,
  );
  const shown = summaryOf(await place.peyk(...words("spring", "--dry-run", "--not-within-days", "30")));
  expect(shown).toMatchObject({ plan: { toSend: 2, contactedLately: 3, contacted: { count: 0 } } });
  const ended = await place.peyk(...words("spring", "--not-within-days", "30"));
  expect(summaryOf(ended)).toMatchObject({ counts: { sent: 2, skipped: 3 } });
  const [first] = await rows(place, "spring");
  expect(first).toMatchObject({ skipReason: "contactedLately", skippedFor: "winter" });
});

test("the people of a campaign are left out, and the results name it", async () => {
  await using place = await createPlace(compiled);
  await place.list(3);
  await place.peyk(...words("winter"));
  await place.list(5);
  const ended = await place.peyk(...words("spring", "--exclude-campaign", "Winter"));
  expect(summaryOf(ended)).toMatchObject({ counts: { sent: 2, skipped: 3 } });
  const told = (await rows(place, "spring")).map(({ skipReason, skippedFor }) => [skipReason, skippedFor]);
  expect(told.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => ["otherCampaign", "winter"]));
  // The rule stays with the campaign, also for names that come later.
  await place.list(7);
  await place.peyk(...words("winter"));
  expect(summaryOf(await place.peyk(...words("spring")))).toMatchObject({ counts: { sent: 2, skipped: 5 } });
});

test("whom a killed campaign may have written to is left out as well", async () => {
  await using place = await createPlace(compiled, {
    ...everybodyAnswers,
    latencyMs: { min: 20, max: 40 },
    readsBack: false,
    honoursDedupKey: false,
  });
  await place.list(60);
  const killed = place.start(...words("winter", "--concurrency", "4"));
  await killed.line('"state":"sent"', 20);
  killed.child.kill("SIGKILL");
  await killed.ended;
  const before = await place.delivered();
  const ended = await place.peyk(...words("spring", "--exclude-campaign", "winter"));
  expect(ended.code).toBe(0);
  const delivered = await place.delivered();
  expect(new Set(delivered).size).toBe(delivered.length);
  expect(delivered.slice(before.length).some((name) => before.includes(name))).toBe(false);
});

test("a campaign that there is not, or the very same, is refused", async () => {
  await using place = await createPlace(compiled);
  await place.list(2);
  const unknown = await place.peyk(...words("spring", "--exclude-campaign", "winter"));
  expect([unknown.code, unknown.err]).toEqual([
    1,
    "--exclude-campaign winter: there is no such campaign. See peyk status.\n",
  ]);
  await place.peyk(...words("spring"));
  const itself = await place.peyk(...words("spring", "--exclude-campaign", "spring"));
  expect(itself.err).toContain("is the campaign itself");
});

test("a program leaves them out too", async () => {
  await using place = await createPlace(compiled, { ...everybodyAnswers, accounts: [{ name: "one" }] });
  const { dataDir } = place;
  const given = { accounts: ["one"], message: "Hi", maxPerAccount: 50, dataDir };
  await new CampaignSender({ ...given, usernames: ["name_1"], taskId: "winter" }).sendAll();
  const both = { ...given, usernames: ["name_1", "name_2"] };
  const first = new CampaignSender({ ...both, taskId: "spring", excludeCampaigns: ["winter"] });
  expect((await first.sendAll()).counts).toMatchObject({ sent: 1, skipped: 1 });
  const second = new CampaignSender({ ...both, taskId: "summer", notWithinDays: 1 });
  expect((await second.sendAll()).counts).toMatchObject({ sent: 0, skipped: 2 });
});
