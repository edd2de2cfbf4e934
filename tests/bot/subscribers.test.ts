/** The bot's public side: subscribing, leaving, and what an operator is told of it. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { LEAVE_PRESS } from "../../src/domain/people/leave-press.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, STRANGER, arrived, labelsOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });
const BOT = "Peyk";

describe.each(["en", "fa"] as const)("in %s", (locale) => {
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string => arrived(words.say(id, variables));
  let bench: BotBench;
  let person: Chat;
  beforeEach(async () => {
    bench = await openBench({ locale });
    person = new Chat(bench, STRANGER);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("anybody can subscribe, leave and come back, and is told in their language", async () => {
    const { subscribers } = bench.app;
    await person.say("/start poster", said("subscribed", { bot: BOT }));
    expect(await subscribers.bySource()).toEqual([{ source: "poster", count: 1 }]);
    await person.say("/start", said("subscribed-again"));
    await person.say("/stop", said("unsubscribed"));
    expect(await subscribers.isSubscribed(STRANGER)).toBe(false);
    await person.say("/stop", said("not-subscribed"));
    await person.say("/start", said("subscribed", { bot: BOT }));
    expect(await subscribers.isSubscribed(STRANGER)).toBe(true);
  });

  test("a stop word is as good as the command", async () => {
    await person.say("/start", said("subscribed", { bot: BOT }));
    await person.say(locale === "fa" ? "لغو" : "Stop.", said("unsubscribed"));
    expect(await bench.app.subscribers.isSubscribed(STRANGER)).toBe(false);
    await person.say("stop", said("stranger"));
  });

  test("one tap leaves, is told in their language, and once more changes nothing", async () => {
    const { message_id: id } = await person.say("/start", said("subscribed", { bot: BOT }));
    const press = (who: number) => bench.world.press(who, id, LEAVE_PRESS);
    expect(await press(STRANGER)).toMatchObject({ text: words.plain("unsubscribed") });
    expect(await bench.app.subscribers.isSubscribed(STRANGER)).toBe(false);
    expect(await press(STRANGER)).toMatchObject({ text: words.plain("not-subscribed") });
    const operator = new Chat(bench);
    const own = await operator.say("/subscribe", said("subscribed", { bot: BOT }));
    const answer = await bench.world.press(OPERATOR, own.message_id, LEAVE_PRESS);
    expect(answer).toMatchObject({ text: words.plain("operator-unsubscribed") });
    expect(await bench.app.subscribers.isSubscribed(OPERATOR)).toBe(false);
  });

  test("whose toast comes too late to be shown reads it in a message", async () => {
    const { message_id: id } = await person.say("/start", said("subscribed", { bot: BOT }));
    bench.world.failNext("answerCallbackQuery", {
      errorCode: 400,
      description: "Bad Request: query is too old",
    });
    void bench.world.press(STRANGER, id, LEAVE_PRESS);
    await person.finds(said("unsubscribed"));
  });

  test("a block is noticed as leaving, and lifting it as nothing", async () => {
    const { subscribers } = bench.app;
    await person.say("/start", said("subscribed", { bot: BOT }));
    bench.world.block(STRANGER, true);
    await expect.poll(() => subscribers.isSubscribed(STRANGER)).toBe(false);
    bench.world.block(STRANGER, false);
    await new Chat(bench).say("/help", said("help-title"));
    expect(await subscribers.isSubscribed(STRANGER)).toBe(false);
    await person.say("/start", said("subscribed", { bot: BOT }));
    expect(await subscribers.isSubscribed(STRANGER)).toBe(true);
  });

  test("an operator sees how many there are, from where, and the link that brings more", async () => {
    const chat = new Chat(bench);
    await chat.say("/subscribers", said("subscribers-count", { count: 0 }));
    await person.say("/start shop", said("subscribed", { bot: BOT }));
    const shown = await chat.say("/subscribers", said("subscribers-source", { source: "shop", count: 1 }));
    expect(shown.text).toContain("https://t.me/peyk_bot?start=poster");
  });

  test("growth is drawn with who joined, left and blocked, by link, and told in words", async () => {
    const subscribed = said("subscribed", { bot: BOT });
    await person.say("/start poster", subscribed);
    await person.say("/stop", said("unsubscribed"));
    await person.say("/start", subscribed);
    bench.world.block(STRANGER, true);
    await expect.poll(() => bench.app.subscribers.isSubscribed(STRANGER)).toBe(false);
    const chat = new Chat(bench);
    await chat.say("/subscribe", subscribed);
    const standing = words.plain("growth-standing", { count: 1 });
    const shown = await chat.say("/growth", standing);
    expect(shown.photo).toBeDefined();
    expect(shown.caption).toMatch(
      locale === "fa" ? /آمده ۳، رفته ۱، مسدود ۱/ : /joined 3, left 1, blocked 1/,
    );
    const [picture] = bench.app.grown;
    expect(picture).toMatchObject({ isRightToLeft: locale === "fa", standing });
    expect(picture?.overTime.columns).toHaveLength(30);
    expect(picture?.overTime.columns.at(-1)).toMatchObject({ joined: 3, left: 1, blocked: 1 });
    expect(picture?.sources.rows.map(({ name }) => name)).toEqual([
      "poster",
      words.plain("growth-no-source"),
    ]);
    await chat.press(words.plain("button-growth-days", { count: 7 }));
    await expect.poll(() => bench.app.grown.at(-1)?.overTime.columns.length).toBe(7);
    await chat.say("/growth 365 poster", words.plain("growth-standing", { count: 0 }));
    await chat.say("/growth 0", said("growth-days-wrong"));
    await chat.say("/subscribers", said("subscribers-count", { count: 1 }));
    await chat.pressFor(words.plain("button-growth"), standing);
  });

  test("an operator can subscribe their own chat for a test, and end it", async () => {
    const chat = new Chat(bench);
    await chat.say("/subscribe", said("subscribed", { bot: BOT }));
    expect(await bench.app.subscribers.isSubscribed(OPERATOR)).toBe(true);
    await chat.say("/stop", said("operator-unsubscribed"));
    expect(await bench.app.subscribers.isSubscribed(OPERATOR)).toBe(false);
    await chat.say("/stop", said("operator-not-subscribed"));
  });

  test("a campaign goes to all subscribers or to those of one source, through Telegram without asking", async () => {
    const chat = new Chat(bench);
    bench.app.channelChoices.push({ ...bench.app.channelChoices[0]!, name: "telegram", reachesPeople: true });
    await person.say("/start poster", said("subscribed", { bot: BOT }));
    await chat.say("/subscribe", said("subscribed", { bot: BOT }));
    const question = await chat.say(
      "/new spring",
      said("ask-recipients", { id: "spring" }).split("\n")[0] ?? "",
    );
    expect(labelsOf(question)).toContain(words.plain("button-subscribers", { count: 2 }));
    const one = words.plain("button-subscribers-from", { source: "poster", count: 1 });
    await chat.pressFor(one, said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }));
    await chat.pressFor(
      words.plain("button-another-list"),
      words.plain("list-subscribers-from", { source: "poster" }),
    );
    const all = words.plain("button-subscribers", { count: 2 });
    await chat.pressFor(all, said("report-counts", { read: 2, valid: 2, duplicates: 0, invalid: 0 }));
    await chat.pressFor(
      words.plain("button-continue"),
      said("ask-message", { max: 1000 }).split("\n")[0] ?? "",
    );
    const plan = await chat.say("Hello", said("plan-title", { id: "spring" }));
    expect(plan.text).toContain(words.plain("channel-telegram"));
  });

  test("nobody is offered where nobody subscribed", async () => {
    const chat = new Chat(bench);
    bench.app.channelChoices.push({ ...bench.app.channelChoices[0]!, name: "telegram", reachesPeople: true });
    const question = await chat.say(
      "/new spring",
      said("ask-recipients", { id: "spring" }).split("\n")[0] ?? "",
    );
    expect(labelsOf(question)).toEqual([words.plain("button-back"), words.plain("button-cancel")]);
    await chat.say("ali_one", said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }));
    await chat.pressFor(
      words.plain("button-continue"),
      said("ask-message", { max: 1000 }).split("\n")[0] ?? "",
    );
    await chat.say("Hello", said("plan-title", { id: "spring" }));
  });

  test("who wasn't found through Telegram is explained, with the link to send them", async () => {
    const chat = new Chat(bench);
    bench.app.put("spring", { sent: 1, notFound: 1 }, { channel: "telegram", createdBy: OPERATOR });
    await chat.say("/status", said("card-running", { id: "spring" }).split("\n")[0] ?? "");
    bench.app.put("spring", { sent: 1, notFound: 1 }, { status: "finished" });
    bench.app.emit({ campaignId: "spring", at: systemClock.now(), kind: "status", status: "finished" });
    const summary = await chat.finds(said("summary-never-started"));
    expect(summary.text).toContain(said("summary-start-link", { link: "https://t.me/peyk_bot" }));
  });
});

/** Has a departure take a while to be on disk. @param before Called right before it is */
function slowLeaving({ app }: BotBench, before: () => void): void {
  const people = { ...app.subscribers };
  Object.assign(app.subscribers, {
    async leave(id: number, how: "stopped" | "blocked") {
      const answer = await people.leave(id, how);
      await new Promise((resolve) => setTimeout(resolve, 30));
      before();
      return answer;
    },
  });
}

test("a stop is on disk before the person reads of it", async () => {
  await using bench = await openBench();
  const person = new Chat(bench, STRANGER);
  await person.say("/start", arrived(lexicon.en.say("subscribed", { bot: BOT })));
  const before: (readonly string[])[] = [];
  slowLeaving(bench, () => before.push(person.texts));
  await person.say("/stop", arrived(lexicon.en.say("unsubscribed")));
  expect(before).toHaveLength(1);
  expect(before.flat()).not.toContain(arrived(lexicon.en.say("unsubscribed")));
});

test("a tap to leave is on disk before its toast", async () => {
  await using bench = await openBench();
  const person = new Chat(bench, STRANGER);
  const { message_id: id } = await person.say("/start", arrived(lexicon.en.say("subscribed", { bot: BOT })));
  const answers = (): number =>
    bench.world.calls().filter(({ method }) => method === "answerCallbackQuery").length;
  const before: number[] = [];
  slowLeaving(bench, () => before.push(answers()));
  const { text } = await bench.world.press(STRANGER, id, LEAVE_PRESS);
  expect(text).toBe(lexicon.en.plain("unsubscribed"));
  expect(before).toEqual([0]);
});

test("another name is noticed with whatever the person does next", async () => {
  await using bench = await openBench();
  const person = new Chat(bench, STRANGER);
  await person.say("/start", arrived(lexicon.en.say("subscribed", { bot: BOT })));
  bench.world.rename(STRANGER, "Nima_New");
  await person.say("Hello", arrived(lexicon.en.say("answer-passed-on")));
  const source = { kind: "subscribers" } as const;
  const list = await bench.app.importList({ source, campaignId: "spring" });
  expect(list).toMatchObject({ kind: "report", origin: "subscribers", valid: 1 });
});

test.each(["en", "fa"] as const)("a person chooses the language of what they get, in %s", async (locale) => {
  await using bench = await openBench({ locale });
  const words = lexicon[locale];
  const person = new Chat(bench, STRANGER);
  const first = (id: string, variables: SentenceVariables = {}): string =>
    arrived(words.say(id, variables)).split("\n")[0] ?? "";
  await person.say("/language fa", first("language-not-subscribed"));
  await person.say("/start", first("subscribed", { bot: BOT }));
  await person.say("/language", first("language-own-ask", { fa: "", en: "" }));
  await person.say("/language_fa", arrived(lexicon.fa.say("language-own-set", { language: "فارسی" })));
  expect(await bench.app.subscribers.chosenBy(STRANGER)).toBe("fa");
  await person.say("/start", arrived(lexicon.fa.say("subscribed-again")));
  expect(await bench.app.subscribers.chosenBy(STRANGER)).toBe("fa");
});
