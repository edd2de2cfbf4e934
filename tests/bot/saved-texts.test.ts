/** A message is saved under a name and used again, by every operator, over a restart. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { optionLabel } from "../../src/bot/views/drafts/options.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived, labelsOf, textOf } from "./chat.ts";

describe.each(["en", "fa"] as const)("a saved text in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const label = (id: string, variables: Record<string, string> = {}): string =>
    bench.words.plain(id, variables);
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(bench.words.say(id, variables)).split("\n")[0] ?? "";
  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const toMessage = async (id: string) => {
    await chat.say(`/new ${id}`, said("ask-recipients", { id }));
    await chat.say("ali_one", said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }));
    return chat.pressFor(label("button-continue"), said("ask-message", { max: 1000 }));
  };
  const toName = async (id: string) => {
    await chat.press(label("button-more-options"));
    await chat.finds(said("options-title", { id }));
    await chat.press(optionLabel(label("topic-saved-text"), label("topic-saved-text-off")));
    await chat.finds(said("ask-text-name"));
  };

  test("is offered for the next message, and replaced only by who says so", async () => {
    expect(labelsOf(await toMessage("one")).join()).not.toContain("📑");
    await chat.say("Hello", said("plan-title", { id: "one" }));
    await toName("one");
    await chat.say("!", said("text-name-wrong"));
    await chat.say("سلام Nowruz", said("options-title", { id: "one" }));
    await chat.say("/cancel", said("draft-kept"));
    await bench.restart();

    await chat.say("/new", said("draft-list", { file: "pasted", count: 1 }));
    await chat.pressFor(label("button-begin-anew"), said("ask-name"));
    await chat.say("/cancel", said("dialogue-cancelled"));
    await toMessage("two");
    const name = "سلام Nowruz";
    await chat.pressFor(label("button-saved-text", { name }), said("plan-title", { id: "two" }));
    await toName("two");
    await chat.say("سلام nowruz", said("text-taken", { name: "سلام nowruz" }));
    await chat.press(label("button-text-replace"));
    await expect
      .poll(() => bench.documents.texts.get().map((one) => [one.name, one.message]))
      .toEqual([["سلام nowruz", "Hello"]]);
  });

  test("gets another name, but not one that another text has, and comes to the same when it is asked twice", async () => {
    const text = { message: "Hello", extras: {}, by: "Sara", at: 1 };
    await bench.documents.texts.update(() => [
      { ...text, name: "Greeting" },
      { ...text, name: "Reminder" },
    ]);
    await chat.say("/texts greeting = reminder", said("text-rename-taken", { name: "reminder" }));
    for (const _ of ["once", "twice"])
      await chat.say("/texts greeting = نوروز ۱۴۰۶", said("text-rename-renamed", { name: "نوروز ۱۴۰۶" }));
    await chat.say("/texts gone = New", said("text-gone"));
    await chat.say("/texts Reminder = !", said("text-name-wrong"));
    expect(bench.documents.texts.get().map(({ name }) => name)).toEqual(["نوروز ۱۴۰۶", "Reminder"]);
  });

  test("is looked at and deleted with /texts", async () => {
    await chat.say("/texts", said("texts-none"));
    await bench.documents.texts.update(() => [
      { name: "Greeting", message: "Hello <all>", extras: {}, by: "Sara", at: 1 },
    ]);
    await chat.say("/texts", said("texts-title", { count: 1 }));
    expect(textOf(await chat.pressFor("Greeting", "Sara"))).toContain("Hello <all>");
    await chat.pressFor(label("button-text-delete"), said("text-deleted", { name: "Greeting" }));
    expect(bench.documents.texts.get()).toEqual([]);
  });
});
