/** Follow-ups in the chat, in both languages: planned with the campaign, told on its card, ended by a tap. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables } from "../../src/words/words.ts";
import { optionLabel } from "../../src/bot/views/drafts/options.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, arrived, labelsOf, textOf } from "./chat.ts";

describe.each(["en", "fa"] as const)("in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const id = "task_20260101_000000";
  const label = (name: string, variables: Record<string, string | number> = {}): string =>
    bench.words.plain(name, variables);
  const said = (name: string, variables: SentenceVariables = {}): string =>
    arrived(bench.words.say(name, variables)).split("\n")[0] ?? "";

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const toOptions = async (accounts: number, hearsAnswers = true): Promise<void> => {
    bench.app.channelChoices = [
      {
        name: "simulator",
        reachesPeople: false,
        maxMessageLength: 1000,
        ...(hearsAnswers ? { hearsAnswers } : {}),
        accounts: ["one", "two"].slice(0, accounts).map((name) => ({ name, caps: {} })),
      },
    ];
    await chat.say("/new", said("ask-name"));
    await chat.pressFor(label("button-generate"), id);
    await chat.say(
      "ali_one\nsara_two",
      said("report-counts", { read: 2, valid: 2, duplicates: 0, invalid: 0 }),
    );
    await chat.pressFor(label("button-continue"), said("ask-message", { max: 1000 }));
    await chat.say("Hello", said("plan-title", { id }));
    await chat.press(label("button-more-options"));
    await chat.finds(said("options-title", { id }));
  };
  const topic = (value: string): string => optionLabel(label("topic-follow-up"), value);

  test("two are planned, with their days, shown before the start, and no third", async () => {
    await toOptions(2);
    await chat.press(topic(label("topic-follow-up-off")));
    await chat.finds(said("ask-follow-up", { most: 2 }));
    bench.world.sendDocument(OPERATOR, { name: "cv.pdf", bytes: new Uint8Array([1]) });
    await chat.finds(said("follow-up-not-text"));
    await chat.say("Hi {{city}}", said("message-unknown-variables", { unknown: "", known: "" }).slice(0, 8));
    await chat.say("Still there?", said("ask-follow-up-days"));
    await chat.press(label("follow-up-days", { count: 3 }));
    await chat.finds(said("follow-up-line", { count: 3 }));
    await chat.say("Last word", said("ask-follow-up-days"));
    await chat.say("31", said("number-wrong", { most: 30 }));
    await chat.say(locale === "fa" ? "۵ روز" : "5 days", said("follow-up-line", { count: 3 }));
    await chat.finds(said("follow-up-full", { most: 2 }));
    await chat.press(label("button-back"));
    await chat.finds(said("options-title", { id }));
    await chat.press(label("button-back"));
    await chat.finds(label("follow-up-days", { count: 5 }));
    await chat.pressFor(label("button-continue"), said("preview-title"));
    await chat.pressFor(label("button-continue"), said("ask-consent"));
    await chat.pressFor(label("button-consent-simulated"), label("follow-up-days", { count: 5 }));
    await chat.pressFor(label("button-start"), said("started", { id }));
    expect(bench.app.started[0]?.draft.followUps).toEqual([
      { afterDays: 3, message: "Still there?" },
      { afterDays: 5, message: "Last word" },
    ]);
  });

  test("where nobody is heard it is not offered", async () => {
    await toOptions(1, false);
    expect(labelsOf(await chat.finds(said("options-title", { id })))).not.toContain(
      topic(label("topic-follow-up-off")),
    );
  });

  test("the card says what is to come, and a tap ends it after asking", async () => {
    const followUps = [{ afterDays: 3, message: "Still there?" }];
    bench.app.put("spring", { sent: 2 }, { status: "finished", followUps });
    await chat.say("/status spring", said("card-follow-up", { count: 3 }));
    await chat.pressFor(label("button-end-follow"), said("confirm-endFollow", { id: "spring" }));
    await chat.press(label("button-confirm-endFollow"));
    await chat.finds(label("did-endFollow"));
    const card = await chat.say("/status spring", said("card-follow-up-cancelled"));
    expect(textOf(card)).not.toContain(said("card-follow-up", { count: 3 }));
    expect(labelsOf(card)).not.toContain(label("button-end-follow"));
  });
});
