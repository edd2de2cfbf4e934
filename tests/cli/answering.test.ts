/** What an operator does about answers in a terminal, on a data folder of its own. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Place } from "./peyk-command.ts";
import { withStores } from "../support/own-store.ts";
import { createPlace, everybodyAnswers, objectsOf, summaryOf } from "./peyk-command.ts";

/** A campaign that was sent to `name_0` and `name_1`, as one with more of its fields. */
async function sentWith(place: Place, more: object): Promise<() => Promise<Record<string, unknown>>> {
  const list = await place.list(2);
  const words = ["--list", list, "--message", "Hi", "--channel", "simulator", "--task-id", "spring"];
  await place.peyk("send", ...words, "--max-per-account", "100");
  await place.restore("spring", (from) => ({ ...from, ...more }));
  return () => place.stored("spring");
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

/** Of `name_0`, who answered first, and then once more. */
async function answered(place: Place): Promise<void> {
  const from = { channel: "simulator", account: "sim-1", campaignId: "spring" };
  await withStores(place.settings, async ({ answerStore }) => {
    for (const [at, text] of ["Hello?", "Is it open on Friday?"].entries())
      await answerStore.append({ ...from, username: "name_0", text, at: at + 1, key: `k${at}` });
  });
}

async function people(place: Place, more: object): Promise<void> {
  const value = { ...everybodyAnswers, timeoutMs: 0, readsBack: false, ...more };
  await writeFile(join(place.dataDir, "simulator.json"), JSON.stringify({ version: 1, value }));
}

test("a reply is sent once to the newest answer, and what became of it is said and kept", async () => {
  await using place = await createPlace({ path: "" });
  await sentWith(place, {});
  await answered(place);
  await place.write("back.txt", "Yes, from nine.\n");
  const before = (await place.delivered()).length;
  // What the campaign sent counts.
  await people(place, { publishedLimits: [{ kind: "sliding", count: 1, windowMs: 86_400_000 }] });
  const waits = await place.peyk("reply", "spring", "name_0", "--message", "A moment.");
  expect(waits).toMatchObject({ code: 3, out: expect.stringContaining("once it may and Peyk runs") });
  await people(place, {});
  const sent = await place.peyk("reply", "spring", "@Name_0", "--message-file", "back.txt");
  expect(sent).toEqual({ code: 0, out: "name_0 has your reply, from sim-1.\n", err: "" });
  expect((await place.delivered()).slice(before)).toEqual(["name_0"]);
  await people(place, { shares: { ...everybodyAnswers.shares, timeoutDelivered: 1 } });
  const lost = await place.peyk("reply", "spring", "name_0", "--message", "Or from ten.", "--json");
  expect(summaryOf(lost)).toMatchObject({ exitCode: 3, answer: 2, username: "name_0", state: "uncertain" });
  await place.peyk("suppress", "add", "name_0");
  const declined = await place.peyk("reply", "spring", "name_0", "--message", "Or at one.");
  expect(declined).toMatchObject({ code: 1, err: expect.stringContaining("name_0 did not get your reply") });
  const [newest, older] = objectsOf(await place.peyk("answers", "spring", "--json"));
  expect(newest).toMatchObject({
    number: 2,
    replies: [
      { state: "planned", text: "A moment." },
      { state: "sent", text: "Yes, from nine." },
      { state: "uncertain" },
      { state: "failed", why: "this name is on the do-not-send list" },
    ],
  });
  expect(older).not.toHaveProperty("replies");
  expect((await place.delivered()).length).toBe(before + 2);
});

test.each([
  ["who did not answer", ["spring", "name_1", "--message", "Hi"], "No answer of name_1 to spring is kept"],
  ["in no campaign", ["winter", "name_0", "--message", "Hi"], "winter"],
  ["without words", ["spring", "name_0"], "There is no message."],
  ["with empty words", ["spring", "name_0", "--message", " "], "An empty reply is not sent."],
])("nobody is written to %s", async (_, given, problem) => {
  await using place = await createPlace({ path: "" });
  await sentWith(place, {});
  await answered(place);
  const before = await place.delivered();
  expect(await place.peyk("reply", ...given)).toMatchObject({
    code: 1,
    err: expect.stringContaining(problem),
  });
  expect(await place.delivered()).toEqual(before);
});

test("answers from X are kept once their price was said and somebody wanted it", async () => {
  const keys = ["apiKey", "apiSecret", "accessToken", "accessSecret"];
  const account = { name: "shop", ...Object.fromEntries(keys.map((key) => [key, `a-${key}`])) };
  await using place = await createPlace({ path: "" }, everybodyAnswers, {
    X_ACCOUNTS_FILE: "x-accounts.json",
  });
  await place.write("x-accounts.json", JSON.stringify([account]), 0o600);
  const isOn = async () => summaryOf(await place.peyk("keep-answers", "--json"))["on"];
  expect(await isOn()).toEqual(["telegram"]);
  const unasked = await place.peyk("keep-answers", "x", "on");
  expect(unasked).toMatchObject({ code: 1, out: expect.stringMatching(/^Reading costs \$0\.\d+ for each/) });
  expect(unasked.err).toContain("--yes switches it on without a question.");
  expect(await isOn()).toEqual(["telegram"]);
  const on = await place.peyk("keep-answers", "x", "on", "--yes");
  expect(on).toMatchObject({ code: 0, out: expect.stringContaining("X: answers are kept and come to") });
  expect(await isOn()).toEqual(["telegram", "x"]);
  expect(await place.peyk("keep-answers", "x", "off")).toMatchObject({ code: 0 });
  expect(await isOn()).toEqual(["telegram"]);
  const nowhere = await place.peyk("keep-answers", "telegram", "off");
  expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining("Telegram is not set up here") });
  const history = objectsOf(await place.peyk("history", "--json")).map(({ deed }) => deed);
  expect(history).toEqual(expect.arrayContaining(["answersOn", "answersOff"]));
});
