/** Nothing from outside reaches the terminal as a command to it, and no token given where a path belongs is echoed. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { compile } from "../support/runner/compiled.ts";
import type { Place } from "./peyk-command.ts";
import { createPlace } from "./peyk-command.ts";

const EVIL = "\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e\r";
const OBEYED = /(?![\n\t])[\p{Cc}\u202a-\u202e]/u;
const TOKEN = `123456789:AAHdq${"x".repeat(30)}`;
const KEY = "xvz1evFS4wEEPTGEFPHBog1AB";

let place: Place;

beforeEach(async () => {
  place = await createPlace(await compile("peyk-cli.ts"));
});
afterEach(() => place[Symbol.asyncDispose]());

test.each([
  [
    "a file that is not there",
    ["send", "--list", `no${EVIL}.csv`, "--message", "x", "--channel", "simulator"],
  ],
  ["an option that nobody knows", ["send", `--${EVIL}`]],
  ["a command that nobody knows", [EVIL]],
  ["a campaign that nobody knows", ["status", EVIL]],
  ["a name that is none", ["suppress", "add", `x${EVIL}`]],
  ["a checkpoint that is none", ["import-checkpoint", `no${EVIL}.json`]],
])("%s is named without what a terminal obeys", async (_what, words) => {
  for (const given of [words, [...words, "--json"]]) {
    const { out, err } = await place.peyk(...given);
    expect(out + err).not.toMatch(OBEYED);
    expect((out + err).length).toBeGreaterThan(10);
  }
});

test("what a list says is shown without it too", async () => {
  await place.write("evil.json", JSON.stringify([{ username: "ali", city: `Te${EVIL}hran` }]));
  const words = ["--message", "Hello {{city}}", "--channel", "simulator", "--task-id", "evil", "--dry-run"];
  const { out, err } = await place.peyk("send", "--list", "evil.json", ...words);
  expect(err).toBe("");
  expect(out).toContain("hran");
  expect(out + err).not.toMatch(OBEYED);
});

test.each([
  ["send", "--list", TOKEN, "--message", "x", "--channel", "simulator"],
  ["send", "--list", KEY, "--message", "x", "--channel", "simulator"],
  ["send", "--list", "people.txt", "--message-file", TOKEN, "--channel", "simulator"],
  ["import-checkpoint", TOKEN],
  ["suppress", "import", KEY],
  ["export", "first", "--out", `${TOKEN}/${KEY}`],
  ["send", TOKEN],
])("a token given where a path belongs is not echoed: peyk %s %s", async (...words) => {
  await place.list(1);
  for (const given of [words, [...words, "--json"]]) {
    const { out, err } = await place.peyk(...given);
    expect(out + err).not.toMatch(/AAHdq|xvz1ev/);
  }
});
