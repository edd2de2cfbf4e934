/** A command with as long a text behind it as Telegram lets anybody write is answered like one with a short one. */
import { expect, test } from "vitest";
import { commandNames } from "../../src/bot/commands.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived } from "./chat.ts";

const LONGEST_MESSAGE = 4096;

/** What stands before, or behind, a part of somebody's choice. */
const begun = [
  ...commandNames.map((name) => [`/${name} `, ""]),
  ["/audiences ", "=a"],
  ["/audiences a = ", ""],
  ["/tag a ", ""],
  ["/tag a = ", ""],
  ["/untag a = ", ""],
  ["/webhooks ", " https://a.example"],
  ["/webhooks a https://a.example ", ""],
  ["/roles ", " viewer"],
  ["/growth 9 ", ""],
  ["/unsuppress ", ""],
] as const;

test("no command is too long for its own answer", async () => {
  await using bench = await openBench({ locale: "fa" });
  const chat = new Chat(bench);
  for (const [before, behind] of begun) {
    const long = "<".repeat(LONGEST_MESSAGE - before.length - behind.length);
    await chat.say(`${before}${long}${behind}`, "");
  }
  await chat.say("/roles", bench.words.plain("role-owner"));
  expect(bench.logged).toEqual([]);
  expect(chat.texts.map((text) => text.slice(0, 99))).not.toContain(
    arrived(bench.words.say("went-wrong")).slice(0, 99),
  );
});
