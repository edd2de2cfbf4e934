/** What people answer, from the message in their chat to the card in the operator's, in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { channelName } from "../../src/words/channel-name.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { createMemoryAnswers } from "../support/memory-answers.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, SECOND_OPERATOR, STRANGER, arrived, labelsOf, textOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

describe.each(["en", "fa"] as const)("in %s", (locale) => {
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string => arrived(words.say(id, variables));
  const first = (id: string, variables: SentenceVariables = {}): string =>
    said(id, { moment: "", ...variables })
      .split("،")[0]
      ?.split(",")[0] ?? "";
  let bench: BotBench;
  let person: Chat;
  let operator: Chat;
  beforeEach(async () => {
    bench = await openBench({ locale });
    person = new Chat(bench, STRANGER);
    operator = new Chat(bench);
    bench.world.sendText(SECOND_OPERATOR, "/help");
    await operator.say("/help", said("help-title"));
    await person.say("/start", said("subscribed", { bot: "Peyk" }));
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const answers = async (text: string, campaign?: string): Promise<void> => {
    if (campaign !== undefined) {
      bench.app.put(campaign, { sent: 1 }, { message: "Hello <b>Nima</b>", channel: "telegram" });
      bench.app.wroteTo.set("nima_s", campaign);
    }
    bench.world.sendText(STRANGER, text);
  };

  test("an answer is a card with the campaign and the text it answers, for every operator", async () => {
    await answers("Is it open on <Friday>?", "spring");
    const card = await operator.finds("Is it open on <Friday>?");
    expect(textOf(card)).toContain(first("answer-title-to", { name: "nima_s", id: "spring" }));
    expect(textOf(card)).toContain("Hello <b>Nima</b>");
    await new Chat(bench, SECOND_OPERATOR).finds("Is it open on <Friday>?");
    await person.finds(said("answer-passed-on"));
    await operator.pressOn(card, words.plain("button-answer-who"));
    await operator.sees(said("who-title", { name: "nima_s" }));
    expect(await operator.pressOn(card, words.plain("button-who-block"))).toContain(
      words.plain("who-blocked", { count: 1 }),
    );
    expect((await bench.app.suppress.list()).map(({ username }) => username)).toEqual(["nima_s"]);
  });

  test("a reply to the card reaches the person once, also in the middle of a dialogue and after a restart", async () => {
    await answers("open?", "spring");
    const card = await operator.finds("open?");
    await operator.say("/new", "");
    const reply = (text: string) => bench.world.sendText(OPERATOR, text, { replyTo: card.message_id });
    reply("Yes, from nine.");
    await operator.sees(said("reply-sent", { name: "nima_s" }));
    expect(bench.app.repliedTo).toMatchObject([
      { account: "bot", username: "nima_s", text: "Yes, from nine." },
    ]);
    bench.app.limits.isUsedUp = true;
    reply("And on Saturday.");
    await operator.sees(said("reply-waits", { name: "nima_s" }));
    await bench.stop();
    bench.app.limits.isUsedUp = false;
    await bench.app.replier.start();
    await bench.start();
    await expect
      .poll(() => operator.texts.filter((text) => text === said("reply-sent", { name: "nima_s" })).length)
      .toBe(2);
    await bench.app.replier.stop();
    expect(bench.app.repliedTo).toHaveLength(2);
    const list = await operator.say("/answers spring", "open?");
    await operator.pressOn(list, words.plain("button-answer", { number: 1 }));
    await operator.sees("And on Saturday.");
  });

  test("the second operator who replies hears of the first before theirs goes out, and whoever edits a reply that it changes nothing", async () => {
    await answers("open?", "spring");
    const other = new Chat(bench, SECOND_OPERATOR);
    const [card, theirs] = [await operator.finds("open?"), await other.finds("open?")];
    bench.world.sendText(SECOND_OPERATOR, "Yes, from <nine>.", { replyTo: theirs.message_id });
    await expect.poll(() => bench.app.repliedTo.length).toBe(1);
    const mine = bench.world.sendText(OPERATOR, "Closed!", { replyTo: card.message_id });
    const question = await operator.finds(said("reply-another-ask"));
    expect(textOf(question)).toContain("Yes, from <nine>.");
    expect(bench.app.repliedTo).toHaveLength(1);
    await bench.restart();
    await operator.pressOn(question, words.plain("button-reply-too"));
    await operator.finds(said("reply-sent", { name: "nima_s" }));
    expect(bench.app.repliedTo.map(({ text }) => text)).toEqual(["Yes, from <nine>.", "Closed!"]);
    bench.world.editText(OPERATOR, mine.message_id, "Open!");
    await operator.sees(said("reply-edited", { name: "nima_s" }));
    expect(bench.app.repliedTo).toHaveLength(2);
  });

  test("of two who reply at once one is sent, and the other hears of it", async () => {
    await answers("open?", "spring");
    await operator.finds("open?");
    const given = { answer: 1, text: "yes" };
    const both = ["7", "8"].map((by) => bench.app.answers.replyIfAlone({ ...given, id: `${by}:1`, by }));
    expect(await Promise.all(both)).toMatchObject([
      { ok: true },
      { problem: "another", another: { by: "7" } },
    ]);
    expect(await bench.app.answers.reply({ ...given, id: "8:1", by: "8" })).toMatchObject({
      ok: true,
    });
    expect(bench.app.repliedTo).toHaveLength(2);
  });

  test("an old card means nobody where its number was given again, and what has that number is told", async () => {
    await answers("first words", "spring");
    const card = await operator.finds("first words");
    await bench.stop();
    Object.assign(bench.app.answerStore, createMemoryAnswers());
    await bench.start();
    await answers("other words");
    await operator.finds("other words");
    bench.world.sendText(OPERATOR, "for you alone", { replyTo: card.message_id });
    await operator.sees(said("reply-problem-noAnswer"));
    expect(await operator.pressOn(card, words.plain("button-who-block"))).toBe(words.plain("gone-button"));
    expect(bench.app.repliedTo).toEqual([]);
    expect(await bench.app.suppress.list()).toEqual([]);
  });

  test("a stop word is an opt-out and no answer, and so is a command none", async () => {
    await answers("/help me", "spring");
    await person.finds(said("stranger"));
    await answers(locale === "fa" ? "انصراف" : "stop");
    await person.finds(said("unsubscribed"));
    await answers("why not");
    await operator.say("/answers", said("answers-title", { count: 0 }));
    expect(await bench.app.answers.lastNumber()).toBe(0);
  });

  test("whoever makes a stop of what they had written has stopped, and any other edit is no answer", async () => {
    await answers("when?", "spring");
    await operator.finds("when?");
    const { message_id: id } = bench.world.messages(STRANGER).findLast(({ text }) => text === "when?")!;
    bench.world.editText(STRANGER, id, "when, please?");
    bench.world.editText(STRANGER, id, locale === "fa" ? "لطفاً دیگر پیام ندهید" : "Please stop.");
    await person.finds(said("unsubscribed"));
    await operator.say("/answers", said("answers-title", { count: 1 }));
    await operator.say("/new", said("ask-name"));
    const name = bench.world.sendText(OPERATOR, "spring!");
    await operator.sees(said("ask-name"));
    bench.world.editText(OPERATOR, name.message_id, "autumn");
    await operator.say("/answers", said("answers-title", { count: 1 }));
    expect(operator.texts.some((text) => text.includes("autumn"))).toBe(false);
  });

  test("what came while Peyk was away is told once, and what no text is by what it is", async () => {
    await bench.stop();
    bench.world.sendDocument(STRANGER, { name: "cv.pdf", bytes: new Uint8Array([1]) });
    await bench.start();
    const what = words.plain("answer-media-document");
    await operator.finds(what);
    await bench.restart();
    await answers("hello again");
    await operator.finds("hello again");
    expect(operator.texts.filter((text) => text.includes(what))).toHaveLength(1);
  });

  test("the list has all of them, those of a campaign, of a person, and each as its card", async () => {
    await answers("yes", "spring");
    await operator.finds("yes");
    await answers(locale === "fa" ? "تا شنبه در مرخصی هستم" : "I am out of the office");
    await operator.finds(said("answer-automatic"));
    const all = await operator.say("/answers", said("answers-title", { count: 1 }));
    expect(textOf(all)).toContain(said("answers-automatic", { count: 1 }));
    for (const asked of ["SPRING", "@nima_s", "https://t.me/nima_s"]) {
      const list = await operator.say(`/answers ${asked}`, "“yes”".slice(1, 4));
      expect(labelsOf(list)).toHaveLength(2);
    }
    await operator.pressFor(words.plain("button-answer", { number: 1 }), "Hello <b>Nima</b>");
    await operator.say(
      "/answers nobody_here",
      first("answers-title-about", { count: 0, about: "nobody_here" }),
    );
  });

  test("where reading costs the price is said first, and nothing is on before a tap", async () => {
    const channel = channelName("x", words);
    const list = await operator.say("/answers", said("answers-channel-off", { channel }));
    expect(textOf(list)).not.toContain(said("answers-channel-on", { channel }));
    const on = words.plain("button-answers-on", { channel });
    const question = await operator.pressFor(on, locale === "fa" ? "۰٫۰۱ دلار" : "$0.01");
    expect((await bench.app.answerStore.kept()).get("x")).toBeUndefined();
    await operator.pressOn(question, on);
    await operator.finds(said("answers-channel-on", { channel }));
    expect((await bench.app.answerStore.kept()).get("x")).toBe(true);
    await operator.press(words.plain("button-answers-off", { channel }));
    await expect.poll(async () => (await bench.app.answerStore.kept()).get("x")).toBe(false);
  });

  test("of very many at once the newest are cards and the others a number", async () => {
    await bench.stop();
    for (let n = 1; n <= 25; n++)
      await bench.app.answerStore.append({
        channel: "telegram",
        account: "bot",
        username: "nima_s",
        text: `answer ${n} of many`,
        at: n,
        key: `k${n}`,
      });
    await bench.start();
    await operator.finds("answer 25 of many");
    await operator.finds(said("answers-many", { count: 5 }).split("\n")[0] ?? "");
    expect(operator.texts.filter((text) => text.includes("of many")).length).toBeLessThanOrEqual(21);
  });
});

test("an operator's own messages are no answers", async () => {
  await using bench = await openBench();
  const operator = new Chat(bench, OPERATOR);
  await operator.say("hello", "");
  expect(await bench.app.answers.lastNumber()).toBe(0);
});
