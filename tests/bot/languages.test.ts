/** A text in each language: written among the options, checked by itself, seen in the preview, changed later. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChannelChoice } from "../../src/app/drafts/draft.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { languageWord } from "../../src/words/language-word.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, arrived, textOf } from "./chat.ts";
import { optionLabel } from "../../src/bot/views/drafts/options.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

const telegram: ChannelChoice = {
  name: "telegram",
  reachesPeople: true,
  maxMessageLength: 4096,
  maxCaptionLength: 1024,
  takes: { formatting: true, attachments: true, buttons: true, copies: true },
  hearsAnswers: true,
  accounts: [{ name: "bot", caps: {} }],
};

describe.each(["en", "fa"] as const)("in %s", (locale) => {
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(words.say(id, variables)).split("\n")[0] ?? "";
  const label = (id: string, variables: Readonly<Record<string, string>> = {}): string =>
    words.plain(id, variables);
  const [persian, german] = [languageWord("fa", words), languageWord("de", words)];
  let bench: BotBench;
  let chat: Chat;
  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
    bench.app.channelChoices.splice(0, Infinity, telegram);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("each text is written for its language, checked, counted in the plan and started with", async () => {
    await chat.say("/new spring", said("ask-recipients", { id: "spring" }));
    await chat.say("ali_one", said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }));
    await chat.pressFor(label("button-continue"), said("ask-message", { max: 4096 }));
    bench.app.languages = [{ language: "fa", count: 3 }, { count: 2 }];
    await chat.say("Hello", said("plan-title", { id: "spring" }));
    await chat.press(label("button-more-options"));
    await chat.finds(said("options-title", { id: "spring" }));
    await chat.press(`${label("topic-languages")}: ${label("topic-languages-off")}`);
    await chat.finds(said("ask-languages"));
    await chat.pressFor(persian, said("ask-language-text", { language: persian }));
    const problem = said("message-problem-in", {
      language: persian,
      problem: { html: said("message-unknown-variables", { unknown: "{{city}}", known: "{{username}}" }) },
    });
    await chat.say("Salam {{city}}", problem.slice(0, 20));
    await chat.say(
      "Salam {{username}}",
      said("languages-text", { language: persian, text: "Salam {{username}}" }),
    );
    await chat.say(german, said("ask-language-text", { language: german }));
    bench.world.sendSample(OPERATOR, "voice");
    await chat.finds(said("languages-text", { language: german, text: label("content-voice") }));
    await chat.press(label("button-back"));
    await chat.finds(said("options-title", { id: "spring" }));
    await chat.press(optionLabel(label("topic-follow-up"), label("topic-follow-up-off")));
    await chat.finds(said("follow-up-one-language"));
    await chat.say("Still there?", said("ask-follow-up-days"));
    await chat.press(words.plain("follow-up-days", { count: 3 }));
    await chat.press(label("button-back"));
    await chat.finds(said("options-title", { id: "spring" }));
    await chat.press(label("button-back"));
    const counted = words.plain("plan-language", { language: persian, count: 3 });
    await chat.finds(said("plan-languages", { counted, count: 2 }));
    const preview = await chat.pressFor(label("button-continue"), said("preview-ask"));
    expect(textOf(preview)).toContain(said("follow-up-one-language"));
    await chat.pressFor(label("button-continue"), said("ask-consent"));
    const confirm = said("confirm-start", { id: "spring", count: 1, channel: "", consent: "" });
    await chat.say("They pressed Start on the bot.", confirm);
    await chat.pressFor(label("button-start"), said("started", { id: "spring" }));
    expect(bench.app.started[0]?.draft).toMatchObject({
      message: "Hello",
      extras: {
        translations: [
          { language: "fa", message: "Salam {{username}}" },
          { language: "de", message: "", extras: { copy: { kind: "voice" } } },
        ],
      },
    });
  });

  test("a language is added to a campaign that runs, and taken away from it", async () => {
    const extras = { translations: [{ language: "fa", message: "Salam" }] };
    bench.app.put("spring-news", { sent: 40, planned: 60 }, { channel: "telegram", extras });
    await chat.say("/status", said("card-running", { id: "spring-news" }));
    await chat.press(label("button-change"));
    await chat.pressFor(label("change-languages", { value: persian }), said("ask-languages"));
    await chat.pressFor(
      label("button-language-text", { language: persian }),
      said("ask-language-text", { language: persian }),
    );
    await chat.press(label("button-language-none"));
    await expect.poll(() => chat.texts.at(-1)).not.toContain("Salam");
    await chat.press(label("button-back"));
    await chat.finds(said("change-text-ask", { id: "spring-news", left: 60, had: 40 }));
    await chat.press(label("button-change-apply"));
    await chat.finds(said("change-done", { id: "spring-news", revision: 2, left: 60 }));
    expect((await bench.app.campaigns())[0]?.extras).toBeUndefined();
  });
});
