/** Formatted messages, photos and link buttons: kept as the operator wrote them, where they can be sent. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChannelChoice } from "../../src/app/drafts/draft.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, arrived, labelsOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

const telegram: ChannelChoice = {
  name: "telegram",
  reachesPeople: true,
  maxMessageLength: 4096,
  maxCaptionLength: 1024,
  takes: { formatting: true, attachments: true, buttons: true },
  accounts: [{ name: "bot", caps: {} }],
};

/** The smallest PNG there is: one pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe.each(["en", "fa"] as const)("in %s", (locale) => {
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(words.say(id, variables)).split("\n")[0] ?? "";
  const label = (id: string): string => words.plain(id);
  let bench: BotBench;
  let chat: Chat;
  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
    bench.app.channelChoices.splice(0, Infinity, telegram);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  async function toMessage(): Promise<void> {
    await chat.say("/new spring", said("ask-recipients", { id: "spring" }));
    await chat.say("ali_one", said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }));
    await chat.pressFor(label("button-continue"), said("ask-message", { max: 4096 }));
  }

  async function startFromPlan(): Promise<void> {
    await chat.finds(said("plan-title", { id: "spring" }));
    await chat.pressFor(label("button-continue"), said("preview-ask"));
    await chat.pressFor(label("button-continue"), said("ask-consent"));
    await chat.say(
      "They pressed Start on the bot.",
      said("confirm-start", { id: "spring", count: 1, channel: "", consent: "" }),
    );
    await chat.pressFor(label("button-start"), said("started", { id: "spring" }));
  }

  test("what is written bold and linked is previewed and sent so", async () => {
    await toMessage();
    bench.world.sendFormatted(
      OPERATOR,
      'Hi <b>{{username}}</b> & <a href="https://example.com/a">friends</a>',
    );
    await startFromPlan();
    const shown = await chat.finds("Hi ali_one & friends");
    expect(shown.entities?.map(({ type }) => type)).toEqual(["bold", "text_link"]);
    expect(bench.app.started[0]?.draft).toMatchObject({
      message: 'Hi <b>{{username}}</b> &amp; <a href="https://example.com/a">friends</a>',
      extras: { format: "html" },
    });
  });

  test("a photo with a caption is the message, and its file goes once the campaign has its own", async () => {
    await toMessage();
    bench.world.sendPhoto(OPERATOR, PIXEL, "Spring is here");
    await startFromPlan();
    const shown = chat.fromBot.find(({ photo }) => photo !== undefined);
    expect(shown?.caption).toBe("Spring is here");
    const { message, extras } = bench.app.started[0]?.draft ?? {};
    expect(message).toBe("Spring is here");
    expect(extras).toEqual({ attachment: { kind: "photo", name: "photo.jpg", path: expect.any(String) } });
    await expect.poll(() => bench.kept.uploaded()).toEqual([]);
  });

  test("a document is the message under its own name, also without a caption", async () => {
    await toMessage();
    bench.world.sendDocument(OPERATOR, { name: "prices.pdf", bytes: PIXEL });
    await startFromPlan();
    expect(bench.app.started[0]?.draft.extras?.attachment).toMatchObject({
      kind: "document",
      name: "prices.pdf",
    });
  });

  test("link buttons are added on the preview, shown there, and corrected line by line", async () => {
    await toMessage();
    await chat.say("Hello", said("plan-title", { id: "spring" }));
    await chat.pressFor(label("button-continue"), said("preview-title"));
    await chat.pressFor(label("button-links"), said("ask-links", { most: 10 }));
    await chat.say("Shop https://example.com", said("links-wrong", { text: "Shop https://example.com" }));
    await chat.say("Shop | https://example.com\nNews|https://example.com/news", said("preview-ask"));
    const real = chat.fromBot.findLast(({ text }) => text === "Hello");
    expect(labelsOf(real!)).toEqual(["Shop", "News"]);
    await chat.pressFor(label("button-links-change"), said("ask-links", { most: 10 }));
    await chat.pressFor(label("button-no-links"), said("preview-title"));
    await chat.pressFor(label("button-continue"), said("ask-consent"));
  });

  test("a caption has its own greatest length", async () => {
    await toMessage();
    bench.world.sendPhoto(OPERATOR, PIXEL, "x".repeat(1025));
    await chat.finds(said("message-too-long", { length: 1025, max: 1024 }));
  });

  test("where only plain text goes out, a photo is refused in words and formatting left out", async () => {
    bench.app.channelChoices.splice(0, Infinity, { ...telegram, name: "x", takes: undefined! });
    await toMessage();
    bench.world.sendPhoto(OPERATOR, PIXEL, "Spring");
    await chat.finds(said("message-not-taken-attachments"));
    bench.world.sendFormatted(OPERATOR, "Hi <b>there</b>");
    await chat.finds(said("plan-title", { id: "spring" }));
    await chat.pressFor(label("button-continue"), said("preview-title"));
    expect(labelsOf(chat.fromBot.at(-1)!)).not.toContain(label("button-links"));
    expect(await bench.kept.uploaded()).toEqual([]);
  });

  test("a way that takes plain text only asks for the message anew and says why", async () => {
    const { takes: _takes, ...plain } = telegram;
    bench.app.channelChoices.push({ ...plain, name: "x" });
    await bench.app.subscribers.subscribe({ id: 1, firstName: "A" });
    await toMessage();
    bench.world.sendFormatted(OPERATOR, "Hi <b>there</b>");
    await chat.finds(said("ask-channel"));
    await chat.pressFor(label("channel-x"), said("message-not-taken-formatting"));
    await chat.say("Hi there", said("ask-channel"));
    await chat.pressFor(label("channel-x"), said("plan-title", { id: "spring" }));
  });
});
