/** Drafts outlive whatever happens on the way to Telegram, and what it leaves twice in the chat still tells the truth. */
import type { Message } from "grammy/types";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/lib/clock.ts";
import type { Failure } from "../../src/playground/api/call-journal.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { hastyClock, openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, arrived, labelsOf, textOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe.each(["en", "fa"] as const)("in %s", (locale) => {
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(words.say(id, variables)).split("\n")[0] ?? "";
  const label = (id: string): string => words.plain(id);
  const counted = said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 });
  let bench: BotBench;
  let chat: Chat;
  beforeEach(async () => {
    // No test asserts how long a wait is; on this clock every one is over in a moment.
    bench = await openBench({ locale, botClock: hastyClock });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const toPlan = async (): Promise<Message> => {
    await chat.say("/new spring-news", said("ask-recipients", { id: "spring-news" }));
    await chat.say("ali_one", counted);
    await chat.pressFor(label("button-continue"), said("ask-message", { max: 1000 }));
    return chat.say("Hello", said("plan-title", { id: "spring-news" }));
  };

  const faults: readonly { readonly name: string; readonly failure: Failure; readonly times: number }[] = [
    { name: "a 429 of five minutes", failure: { errorCode: 429, retryAfter: 300 }, times: 1 },
    { name: "a 429 of a week", failure: { errorCode: 429, retryAfter: 604_800 }, times: 1 },
    { name: "twenty 429s in a row", failure: { errorCode: 429, retryAfter: 30 }, times: 20 },
    { name: "five bad gateways in a row", failure: { html: 502 }, times: 5 },
    { name: "nine cut connections in a row", failure: { hangUp: "before" }, times: 9 },
    { name: "a lost answer", failure: { hangUp: "after" }, times: 1 },
  ];
  test.each(faults)("$name holds a dialogue up and doesn't end it", async ({ failure, times }) => {
    await toPlan();
    bench.world.failNext("sendMessage", failure, times);
    await chat.pressFor(label("button-continue"), said("preview-title"));
    bench.world.failNext("editMessageReplyMarkup", failure, times);
    await chat.pressFor(label("button-continue"), said("ask-consent"));
    await chat.pressFor(label("button-consent-simulated"), said("confirm-start", confirmation));
    await chat.pressFor(label("button-start"), said("started", { id: "spring-news" }));
    expect(bench.app.started).toHaveLength(1);
    expect(bench.logged).toEqual([]);
  });

  test("a question that stands there twice is answered by either copy, and both lose their buttons", async () => {
    await toPlan();
    bench.world.failNext("sendMessage", { hangUp: "after" });
    await chat.pressFor(label("button-continue"), said("preview-title"));
    const copies = (): Message[] =>
      chat.fromBot.filter((one) => textOf(one).startsWith(said("preview-title")));
    await expect.poll(() => copies().length).toBe(2);
    const [orphan] = copies();
    // On a clock that hurries it may be told that it waits; that is no matter here.
    await chat.pressOn(orphan!, label("button-continue"));
    await chat.sees(said("ask-consent"));
    await expect.poll(() => copies().flatMap(labelsOf)).toEqual([]);
    await chat.say("/cancel", said("dialogue-cancelled"));
  });

  test("a live message that stands there twice does what its button says, and says that it is an old copy", async () => {
    bench.app.put("other", { planned: 3 });
    bench.world.failNext("sendMessage", { hangUp: "after" });
    bench.world.sendText(OPERATOR, "/status");
    const cards = (): Message[] =>
      chat.fromBot.filter((one) => /other/.test(textOf(one)) && one.message_id > 0);
    await expect.poll(() => cards().length).toBe(2);
    const [orphan, live] = cards();
    expect(await chat.pressOn(orphan!, label("button-pause"))).toBe(label("did-pause"));
    await expect.poll(() => textOf(cards()[0])).toContain(said("old-copy"));
    expect(textOf(cards()[0])).toContain(said("card-paused", { id: "other" }));
    expect(labelsOf(cards()[0]!)).toEqual([]);
    await expect.poll(() => labelsOf(cards()[1]!)).toContain(label("button-resume"));
    expect(await chat.pressOn(cards()[1]!, label("button-resume"))).toBe(label("did-resume"));
    expect(textOf(cards()[1])).not.toContain(said("old-copy"));
    expect(live?.message_id).toBe(cards()[1]?.message_id);
  });

  test("of several files sent together the first is taken, and the rest is said to be left", async () => {
    await chat.say("/new spring-news", said("ask-recipients", { id: "spring-news" }));
    const files = ["one", "two", "three"].map((name) => ({
      name: `${name}.txt`,
      bytes: bytes(`ali_${name}`),
    }));
    bench.world.sendAlbum(OPERATOR, files);
    await chat.finds(counted);
    await chat.finds(said("dialogue-album"));
    await chat.pressFor(label("button-continue"), said("ask-message", { max: 1000 }));
    expect(chat.texts.filter((text) => text === said("dialogue-album"))).toHaveLength(1);
    expect(bench.app.discarded).toEqual([]);
  });

  test("of lists sent at once the one that is meant is asked for, and none takes another's place unseen", async () => {
    await chat.say("/new spring-news", said("ask-recipients", { id: "spring-news" }));
    bench.world.sendDocument(OPERATOR, { name: "one.txt", bytes: bytes("ali_one") });
    bench.world.sendDocument(OPERATOR, { name: "two.txt", bytes: bytes("ali_two\nsara_two") });
    bench.world.sendText(OPERATOR, "reza_three");
    const question = await chat.finds(said("list-several"));
    await expect.poll(() => chat.texts.filter((text) => text === textOf(question))).toHaveLength(2);
    const instead = (name: string): string => words.plain("button-list-instead", { name });
    expect(labelsOf(chat.fromBot.at(-1)!)).toEqual([
      words.plain("button-list-stays", { count: 1, origin: "one.txt" }),
      instead("two.txt"),
      instead(words.plain("list-pasted")),
      label("button-back"),
      label("button-cancel"),
    ]);
    await chat.pressFor(
      instead("two.txt"),
      said("report-counts", { read: 2, valid: 2, duplicates: 0, invalid: 0 }),
    );
    await chat.say("nima_four", counted);
  });

  test("a results file that takes its time does not hold up the chat's other commands", async () => {
    bench.app.put("other", { sent: 1 }, { status: "finished" });
    const opening = new AbortController();
    const slow = new Promise((resolve) => opening.signal.addEventListener("abort", resolve));
    bench.world.failNext("sendDocument", { slow });
    bench.world.sendText(OPERATOR, "/report other");
    await expect
      .poll(() => bench.world.calls().some(({ method }) => method === "sendDocument") || chat.fromBot.length)
      .toBeTruthy();
    await chat.say("/help", said("help-title"));
    opening.abort();
    await chat.finds(said("results-caption", { id: "other" }));
  });

  test("a preview that the network keeps away is shown when it is back, and is never called a refusal", async () => {
    const telegram = {
      ...bench.app.channelChoices[0]!,
      takes: { formatting: true, attachments: true, buttons: true },
      maxCaptionLength: 1024,
    };
    bench.app.channelChoices = [telegram];
    await chat.say("/new spring-news", said("ask-recipients", { id: "spring-news" }));
    await chat.say("ali_one", counted);
    await chat.pressFor(label("button-continue"), said("ask-message", { max: 1000 }));
    bench.world.sendDocument(OPERATOR, { name: "offer.pdf", bytes: bytes("an offer"), caption: "Hello" });
    await chat.sees(said("plan-title", { id: "spring-news" }));
    bench.world.failNext("sendDocument", { html: 502 }, 5);
    await chat.pressFor(label("button-continue"), said("preview-ask"));
    expect(chat.fromBot.some((one) => one.document?.file_name === "offer.pdf")).toBe(true);
    await chat.pressFor(label("button-back"), said("plan-title", { id: "spring-news" }));
    bench.world.failNext("sendDocument", { hangUp: "before" }, 8);
    await chat.pressFor(label("button-continue"), said("preview-not-shown"));
    await chat.sees(said("preview-ask"));
    await chat.pressFor(label("button-back"), said("plan-title", { id: "spring-news" }));
    bench.world.failNext("sendDocument", { errorCode: 400, description: "Bad Request: file is empty" });
    await chat.pressFor(label("button-continue"), said("preview-refused"));
    expect(chat.texts.filter((text) => text === said("preview-refused"))).toHaveLength(1);
  });
});

const confirmation = { id: "", count: 1, channel: "", consent: "" };
