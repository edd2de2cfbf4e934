/** `peyk send` for a task id that is there: what it may change, and what it never changes without a word. */
import { beforeAll, expect, test } from "vitest";
import { textHashOf } from "../../src/channels/simulator/record.ts";
import { CampaignSender } from "../../src/library.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import type { Place } from "./peyk-command.ts";
import { createPlace, everybodyAnswers, summaryOf } from "./peyk-command.ts";

let compiled: Compiled;

beforeAll(async () => {
  compiled = await compile("peyk-cli.ts");
});

/** Two messages a day go out, so that somebody is left. */
async function openPlace(): Promise<Place> {
  const place = await createPlace(compiled, { ...everybodyAnswers, accounts: [{ name: "one" }] });
  await place.list(4);
  return place;
}

function words(message: string | undefined, ...more: string[]): string[] {
  const given = message === undefined ? [] : ["--message", message];
  return [
    ..."send --list people.txt --channel simulator --task-id spring --json".split(" "),
    ...given,
    ...more,
  ];
}

async function texts(place: Place): Promise<readonly string[]> {
  return (await place.received()).map(({ textHash }) => textHash);
}

test("another message is refused with both shown, and sent on purpose only to those who have none", async () => {
  await using place = await openPlace();
  await place.peyk(...words("First text", "--max-per-account", "2"));
  const refused = await place.peyk(...words("Second text", "--max-per-account", "9"));
  expect(refused.code).toBe(1);
  for (const part of ["First text", "Second text", "--change-message", "2 who are still"])
    expect(refused.err).toContain(part);
  expect(await place.delivered()).toHaveLength(2);
  const changed = await place.peyk(...words("Second text", "--change-message", "--max-per-account", "9"));
  expect(changed.code).toBe(0);
  expect(await texts(place)).toEqual(
    ["First text", "First text", "Second text", "Second text"].map(textHashOf),
  );
  expect(await place.stored("spring")).toMatchObject({
    message: "Second text",
    earlierMessages: [{ message: "First text", by: "command line" }],
  });
});

test("without a message the campaign's own is sent, and what is not said stays", async () => {
  await using place = await openPlace();
  await place.peyk(...words("First text", "--max-per-account", "2", "--consent", "They asked."));
  const before = await place.stored("spring");
  await place.peyk(...words(undefined));
  const { accounts, consent, earlierConsents } = await place.stored("spring");
  expect(accounts).toEqual(before["accounts"]);
  expect(consent).toEqual(before["consent"]);
  expect(earlierConsents).toBeUndefined();
  expect(new Set(await texts(place))).toEqual(new Set([textHashOf("First text")]));
});

test("every word on consent is kept", async () => {
  await using place = await openPlace();
  await place.peyk(...words("Hi", "--consent", "They asked in May."));
  await place.peyk(...words("Hi", "--consent", "They asked in June."));
  expect(await place.stored("spring")).toMatchObject({
    consent: { statement: "They asked in June." },
    earlierConsents: [{ statement: "They asked in May." }],
  });
});

test("a pause that somebody made in the chat stays until --resume", async () => {
  await using place = await openPlace();
  await place.peyk(...words("Hi", "--max-per-account", "2"));
  const pause = { kind: "operator", by: "1001" };
  await place.restore("spring", (from) => ({ ...from, pause }));
  await place.list(6);
  const ended = await place.peyk(...words("Hi", "--max-per-account", "9"));
  expect(ended.code).toBe(3);
  expect(summaryOf(ended)).toMatchObject({ status: "paused", pause, imported: 6, counts: { sent: 2 } });
  const resumed = await place.peyk(...words("Hi", "--max-per-account", "9", "--resume"));
  expect(summaryOf(resumed)).toMatchObject({ status: "finished", counts: { sent: 6 } });
});

test("a program is refused another message and other accounts unless it says that they change", async () => {
  await using place = await openPlace();
  const { dataDir } = place;
  const given = {
    accounts: ["one"],
    usernames: ["name_0", "name_1"],
    message: "First",
    taskId: "spring",
    dataDir,
  };
  await new CampaignSender(given).sendAll();
  const more = { ...given, usernames: ["name_2"] };
  await expect(new CampaignSender({ ...more, message: "Other" }).sendAll()).rejects.toThrow("changeMessage");
  await expect(new CampaignSender({ ...more, accounts: ["two"] }).sendAll()).rejects.toThrow(
    "changeAccounts",
  );
  expect(await place.delivered()).toHaveLength(2);
  const changed = new CampaignSender({ ...more, message: "Other", changeMessage: true });
  expect(await changed.sendAll()).toMatchObject({ end: "finished", imported: 3 });
  expect((await texts(place)).at(-1)).toBe(textHashOf("Other"));
});
