/** What is kept of one person, as a file and erased, in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { whoChoice } from "../../src/bot/views/who/who-choice.ts";
import { whoPerson, whoRow } from "../support/one-person.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, arrived, labelsOf } from "./chat.ts";

describe.each(["en", "fa"] as const)("one person's data, in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const label = (id: string): string => bench.words.plain(id);
  const said = (id: string, variables: Record<string, string | number> = {}): string =>
    arrived(bench.words.say(id, variables));

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
    bench.app.person = { people: [whoPerson([whoRow("spring")])] };
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("comes as a file from the person's card", async () => {
    await chat.say("/who ali", "ali");
    await chat.press(label("button-who-export"));
    const file = await chat.finds(said("who-export-caption"));
    expect(file.document?.file_name).toBe("ali-person.json");
  });

  test("is erased only after its question, and the chat is to hear of the end", async () => {
    await chat.say("/who ali", "ali");
    await chat.press(label("button-who-erase"));
    const question = await chat.finds(said("who-erase-ask", { name: "ali" }).split("\n")[0] ?? "");
    expect(labelsOf(question)).toEqual([label("button-who-erase-yes"), label("button-who-keep")]);
    expect(bench.app.erased).toEqual([]);
    await chat.press(label("button-who-erase-yes"));
    await chat.finds(said("who-erasing"));
    expect([bench.app.erased, bench.app.tell]).toEqual([["ali"], [OPERATOR]]);
  });

  test("is not erased by a question of long ago", async () => {
    expect(whoChoice("erase", "ali", 0, 0)).toBe("w:erase:0:ali:0");
    await chat.say("/who ali", "ali");
    await chat.press(label("button-who-erase"));
    await chat.finds(said("who-erase-ask", { name: "ali" }).split("\n")[0] ?? "");
    await chat.press(label("button-who-keep"));
    expect(bench.app.erased).toEqual([]);
  });
});
