/** Dialogues that are interrupted: by commands, by presses on old buttons, by restarts and by failures on the way. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SentenceVariables, Words } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, arrived, textOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });
const { en, fa } = lexicon;
const said = (id: string, variables: SentenceVariables = {}, words: Words = en): string =>
  arrived(words.say(id, variables)).split("\n")[0] ?? "";
const label = (id: string): string => en.plain(id);

let bench: BotBench;
let chat: Chat;
beforeEach(async () => {
  bench = await openBench();
  chat = new Chat(bench);
});
afterEach(() => bench[Symbol.asyncDispose]());

async function toMessage(): Promise<void> {
  await chat.say("/new spring-news", said("ask-recipients", { id: "spring-news" }));
  await chat.say(
    "ali_one\nsara_two",
    said("report-counts", { read: 2, valid: 2, duplicates: 0, invalid: 0 }),
  );
  await chat.pressFor(label("button-continue"), said("ask-message", { max: 1000 }));
}

test("commands work while a dialogue waits, and it still waits afterwards", async () => {
  await toMessage();
  await chat.say("/status", said("status-none"));
  await chat.say("/help", said("help-title"));
  await chat.say("/campaigns", said("campaigns-none"));
  await chat.say("Hello", said("plan-title", { id: "spring-news" }));
});

test("a campaign's buttons work while a dialogue waits", async () => {
  bench.app.put("other", { planned: 3 });
  const card = await chat.say("/status", said("card-running", { id: "other" }));
  await toMessage();
  expect(await chat.pressOn(card, label("button-pause"))).toBe(label("did-pause"));
  await chat.say("Hello", said("plan-title", { id: "spring-news" }));
});

test("/new while one is being prepared asks, and goes on or begins anew", async () => {
  await toMessage();
  await chat.say("/new", said("dialogue-busy-new-campaign"));
  await chat.press(label("button-go-on"));
  await chat.finds(said("dialogue-goes-on"));
  await chat.say("Hello", said("plan-title", { id: "spring-news" }));
  await chat.say("/new", said("dialogue-busy-new-campaign"));
  await chat.pressFor(label("button-start-over-campaign"), said("ask-name"));
  await chat.say("other", said("ask-recipients", { id: "other" }));
});

test("an answered question's button is answered and does nothing", async () => {
  await chat.say("/new spring-news", said("ask-recipients", { id: "spring-news" }));
  const report = await chat.say(
    "ali_one",
    said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }),
  );
  const data = report.reply_markup?.inline_keyboard[0]?.[0];
  const press = data && "callback_data" in data ? data.callback_data : "";
  await chat.pressFor(label("button-continue"), said("ask-message", { max: 1000 }));
  const late = await bench.world.press(OPERATOR, report.message_id, press);
  expect(late.text).toBe(label("old-button"));
  await chat.say("/cancel", said("dialogue-cancelled"));
  await chat.say("/new again", said("draft-list", { file: "pasted", count: 1 }));
  await chat.pressFor(label("button-begin-anew"), said("ask-recipients", { id: "again" }));
  const foreign = await bench.world.press(OPERATOR, report.message_id, press);
  expect(foreign.text).toBe(label("old-button"));
  await chat.say("/cancel", said("dialogue-cancelled"));
  const closed = await bench.world.press(OPERATOR, report.message_id, press);
  expect(closed.text).toBe(label("gone-button"));
});

test("a language chosen in the middle binds the next question", async () => {
  await toMessage();
  await chat.say("/language", said("ask-language"));
  await chat.press(label("button-persian"));
  await chat.finds(fa.plain("language-set"));
  await chat.say("Hello", said("plan-title", { id: "spring-news" }, fa));
});

test("a dialogue goes on after a restart, without asking anything twice", async () => {
  await toMessage();
  await bench.restart();
  const before = chat.texts.length;
  await chat.say("Hello", said("plan-title", { id: "spring-news" }));
  expect(chat.texts.length).toBe(before + 1);
  await bench.restart();
  await chat.pressFor(label("button-continue"), said("preview-title"));
  await bench.restart();
  await chat.pressFor(label("button-continue"), said("ask-consent"));
  await chat.pressFor(label("button-consent-simulated"), said("confirm-start", confirmation));
  await bench.restart();
  await chat.pressFor(label("button-start"), said("started", { id: "spring-news" }));
  expect(bench.app.started).toHaveLength(1);
});

const confirmation = { id: "", count: 2, channel: "", consent: "" };

test("a message sent while the bot is down is answered when it is back", async () => {
  await toMessage();
  await bench.stop();
  bench.world.sendText(OPERATOR, "Hello");
  await bench.start();
  await chat.finds(said("plan-title", { id: "spring-news" }));
});

test("a dialogue of another version ends with a word about it", async () => {
  await toMessage();
  await bench.stop();
  await bench.documents.conversations.update((all) =>
    Object.fromEntries(Object.entries(all).map(([key, one]) => [key, { ...one, version: 0 }])),
  );
  await bench.start();
  await chat.finds(said("dialogue-lost"));
  await chat.say("Hello", said("nothing-asked"));
  expect(chat.texts.filter((text) => text.startsWith(said("dialogue-lost")))).toHaveLength(1);
});

test("a 429, a cut connection and a bad gateway don't end a dialogue", async () => {
  await toMessage();
  bench.world.failNext("sendMessage", { errorCode: 429, retryAfter: 1 });
  await chat.say("Hello", said("plan-title", { id: "spring-news" }));
  bench.world.failNext("sendMessage", { html: 502 });
  await chat.pressFor(label("button-continue"), said("preview-title"));
  bench.world.failNext("sendMessage", { hangUp: "before" });
  await chat.pressFor(label("button-continue"), said("ask-consent"));
  expect(bench.logged).toEqual([]);
});

test("a surprise is told in one calm line and logged without the message", async () => {
  await toMessage();
  bench.app.plan = () => Promise.reject(new Error("disk full"));
  await chat.say("A secret text", said("went-wrong"));
  await chat.say("hello", said("nothing-asked"));
  expect(bench.logged.join("\n")).toContain("disk full");
  expect(bench.logged.join("\n")).not.toContain("secret");
});

test("the uploads folder is empty again after a list was read", async () => {
  await chat.say("/new spring-news", said("ask-recipients", { id: "spring-news" }));
  await chat.sendFile(
    "list.txt",
    "ali_one",
    said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }),
  );
  await chat.pressFor(label("button-continue"), said("ask-message", { max: 1000 }));
  await expect.poll(() => bench.kept.uploaded()).toEqual([]);
});

test("a long preview is shown whole, message by message", async () => {
  bench.app.channelChoices = bench.app.channelChoices.map((one) => ({ ...one, maxMessageLength: 10_000 }));
  await toMessage();
  const long = "a line of the message\n".repeat(180).trim();
  await chat.say(long, said("plan-title", { id: "spring-news" }));
  await chat.pressFor(label("button-continue"), said("preview-ask"));
  expect(chat.texts.filter((text) => text === long)).toHaveLength(2);
  expect(chat.texts.some((text) => textOf(undefined) === text)).toBe(false);
});

test("with several ways to send the operator chooses, and a text too long for one is asked for again", async () => {
  const [simulator] = bench.app.channelChoices;
  if (!simulator) throw new Error("the fake has no channel");
  const x = { ...simulator, name: "x", reachesPeople: true, maxMessageLength: 10 };
  bench.app.channelChoices = [simulator, x];
  await toMessage();
  await chat.say("longer than ten", said("ask-channel"));
  await chat.pressFor(label("channel-x"), en.say("message-too-long", { length: 15, max: 10 }));
  await chat.say("short", said("ask-channel"));
  await chat.pressFor(label("channel-x"), said("plan-title", { id: "spring-news" }));
  await chat.pressFor(label("button-continue"), said("preview-title"));
  const consent = await chat.pressFor(label("button-continue"), said("ask-consent"));
  expect(JSON.stringify(consent.reply_markup)).not.toContain(label("button-consent-simulated"));
});

test("without any account there is nothing to begin", async () => {
  bench.app.channelChoices = [];
  await chat.say("/new spring-news", said("no-channel"));
  await chat.say("spring-news", said("nothing-asked"));
});

test("stops also while Telegram can't be reached", async () => {
  await chat.say("/help", said("help-title"));
  await bench.cutOff();
  await bench.stop();
  expect(bench.logged.join("\n")).toContain("Telegram was not told that the bot stops");
});
