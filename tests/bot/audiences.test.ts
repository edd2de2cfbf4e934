/** Audiences and tags in the chat, in both languages: kept from a list, offered, renamed, removed; put on people and taken. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/lib/clock.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, STRANGER, arrived, labelsOf, textOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

const firstLine = (text: string): string => text.split("\n")[0] ?? "";

describe.each(["en", "fa"] as const)("in %s", (locale) => {
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string => arrived(words.say(id, variables));
  const shop = locale === "fa" ? "مشتری‌ها" : "customers";
  const report = said("report-counts", { read: 2, valid: 2, duplicates: 0, invalid: 0 });
  let bench: BotBench;
  let chat: Chat;
  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  /** Keeps a list in the dialogue of a campaign, which goes on with it. */
  async function keep(name: string, id = "spring", offered = words.plain("button-back")): Promise<void> {
    const question = await chat.say(`/new ${id}`, firstLine(said("ask-recipients", { id })));
    expect(labelsOf(question)).toContain(offered);
    await chat.say("ali_one\nsara_two", report);
    await chat.pressFor(words.plain("button-list-keep"), said("audience-ask-name"));
    await chat.say(name, said("audience-kept", { name, count: 2 }));
    await chat.sees(report);
  }

  test("a list is kept under a name, and the campaign goes on with it", async () => {
    await chat.say("/audiences", said("audiences-none"));
    await chat.say("/new spring", firstLine(said("ask-recipients", { id: "spring" })));
    await chat.say("ali_one\nsara_two", report);
    await chat.pressFor(words.plain("button-list-keep"), said("audience-ask-name"));
    await chat.say("!", said("audience-badName", { name: "!" }));
    await chat.say(shop, said("audience-kept", { name: shop, count: 2 }));
    await chat.pressFor(words.plain("button-continue"), firstLine(said("ask-message", { max: 1000 })));
    await chat.say("/audiences", said("audiences-title"));
    const card = await chat.pressFor(
      shop,
      said("audience-among", { names: words.codes(["ali_one", "sara_two"]) }),
    );
    expect(textOf(card)).toContain(words.plain("list-pasted"));
    await chat.pressFor(words.plain("button-audience-use"), said("dialogue-busy-new-campaign"));
    await chat.pressFor(words.plain("button-start-over-campaign"), said("ask-name"));
    expect(textOf(await chat.say("tea", report))).toContain("ali_one");
  });

  test("the next campaign offers it, and another list does not take its name", async () => {
    await keep(shop);
    await chat.press(words.plain("button-another-list"));
    const mine = words.plain("button-audience", { name: shop, count: 2 });
    await chat.say("reza_three", said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }));
    await chat.pressFor(words.plain("button-list-keep"), said("audience-ask-name"));
    await chat.say(shop, said("audience-taken", { name: shop }));
    await chat.say("/cancel", said("dialogue-cancelled"));
    await keep("other", "tea", mine);
  });

  test("it gets another name, and goes after asking", async () => {
    await keep(shop);
    await chat.say("/cancel", said("dialogue-cancelled"));
    await chat.say(`/audiences ${shop} = club`, said("audience-renamed", { name: "club" }));
    await chat.say(`/audiences ${shop} = other`, said("audience-gone", { name: shop }));
    await chat.say("/audiences", said("audiences-title"));
    const names = words.codes(["ali_one", "sara_two"]);
    const card = await chat.pressFor("club", said("audience-among", { names }));
    const remove = words.plain("button-audience-remove");
    await chat.pressFor(remove, said("audience-remove-ask", { name: "club" }));
    await chat.press(words.plain("button-audience-remove-yes"));
    await chat.finds(said("audience-removed", { name: "club" }));
    expect(await chat.pressOn(card, remove)).toBe(words.plain("gone-button"));
    expect(await bench.app.audiences.all()).toEqual([]);
  });

  test("tags are put on names and on an audience, listed, shown of a person, and taken by a tap", async () => {
    await chat.say("/tag", said("tags-none"));
    await chat.say("/tag vip ali_one, @Nima_S", said("tag-added", { tag: "vip", count: 2 }));
    await chat.say("/tag ! ali_one", said("tag-badTag"));
    await chat.say("/tag vip = nothing", said("tag-noAudience"));
    await keep(shop);
    await chat.say("/cancel", said("dialogue-cancelled"));
    const both = await chat.say(`/tag vip = ${shop}`, said("tag-added", { tag: "vip", count: 1 }));
    expect(textOf(both)).toContain(said("tag-added-before", { tag: "vip", count: 1 }));
    await chat.say("/tag", said("tags-line", { tag: "vip", count: 3 }));
    await chat.say("/untag vip sara_two", said("tag-taken", { tag: "vip", count: 1 }));
    await chat.say("/who ali_one", said("who-tags", { names: words.codes(["vip"]) }));
    await chat.pressFor(
      words.plain("button-who-tags"),
      firstLine(said("tag-person", { name: "ali_one", command: "/tag … ali_one" })),
    );
    await chat.press(words.plain("button-tag-on", { tag: "vip" }));
    await chat.press(words.plain("button-tag-off", { tag: "vip" }));
    await chat.press(words.plain("button-tag-on", { tag: "vip" }));
    await expect.poll(async () => (await bench.app.audiences.tags())[0]?.count).toBe(1);
  });

  test("a subscriber is tagged as a person, whatever they are called later", async () => {
    const person = new Chat(bench, STRANGER);
    await chat.say("/tag early nima_s", said("tag-added", { tag: "early", count: 1 }));
    await person.say("/start", said("subscribed", { bot: "Peyk" }));
    await chat.say("/tag vip nima_s", said("tag-added", { tag: "vip", count: 1 }));
    bench.world.rename(STRANGER, "Nima_New");
    await person.say("Hello", said("answer-passed-on"));
    await chat.say("/tag vip nima_new", said("tag-added-before", { tag: "vip", count: 1 }));
    expect((await bench.app.audiences.meeting({ tags: ["vip"] })).names).toEqual(["nima_new"]);
    await chat.say("/untag early nima_s", said("tag-taken", { tag: "early", count: 1 }));
    expect(OPERATOR).not.toBe(STRANGER);
  });

  test("subscribers are chosen by what is known of them, counted at each step, and offered by the next campaign", async () => {
    bench.app.channelChoices.push({ ...bench.app.channelChoices[0]!, name: "telegram", reachesPeople: true });
    await new Chat(bench, STRANGER).say("/start poster", said("subscribed", { bot: "Peyk" }));
    await chat.say("/subscribe", said("subscribed", { bot: "Peyk" }));
    await chat.say("/tag vip sara_op", said("tag-added", { tag: "vip", count: 1 }));
    await chat.say("/audiences", said("audiences-none"));
    const ask = (count: number): string => said("audience-ask", { count });
    await chat.pressFor(words.plain("button-audience-new"), ask(2));
    await chat.pressFor(words.plain("button-condition-joinedSince"), said("audience-ask-since"));
    await chat.say("soon", words.plain("past-problem-notUnderstood", { text: "soon" }));
    // A day by its name, not "yesterday": which that is differs between time zones for hours each night.
    const day = words.date(Date.UTC(2026, 10, 1));
    const since = await chat.say(day, ask(2));
    expect(textOf(since)).toContain(arrived(words.say("condition-joinedSince", { moment: day })));
    await chat.pressFor(words.plain("button-condition-sources"), said("audience-ask-values"));
    await chat.press(words.plain("button-condition-value", { name: "poster", count: 1 }));
    await chat.finds(said("audience-ask-values"));
    await chat.press(words.plain("button-condition-chosen", { name: "poster", count: 1 }));
    await chat.press(words.plain("button-condition-value", { name: "poster", count: 1 }));
    const one = await chat.pressFor(words.plain("button-condition-done"), ask(1));
    expect(textOf(one)).toContain(said("audience-among", { names: words.codes(["nima_s"]) }));
    await chat.pressFor(words.plain("button-condition-withoutTags"), said("audience-ask-values"));
    await chat.press(words.plain("button-condition-value", { name: "vip", count: 1 }));
    await chat.pressFor(words.plain("button-condition-done"), ask(1));
    await chat.pressFor(words.plain("button-conditions-keep"), said("audience-ask-name-new"));
    await chat.say("posters", said("audience-defined", { name: "posters" }));
    const question = await chat.say("/new spring", firstLine(said("ask-recipients", { id: "spring" })));
    const mine = words.plain("button-audience", { name: "posters", count: 1 });
    expect(labelsOf(question)).toContain(mine);
    const counts = said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 });
    expect(textOf(await chat.pressFor(mine, counts))).toContain("nima_s");
  });

  test("an audience that can't be read keeps nobody from choosing others", async () => {
    await keep(shop);
    await chat.say("/cancel", said("dialogue-cancelled"));
    const kept = { ...bench.app.audiences };
    await bench.app.audiences.define({ name: "broken", conditions: {}, ask: "1" });
    Object.assign(bench.app.audiences, {
      look: (name: string) => (name === "broken" ? Promise.reject(new Error("line 8")) : kept.look(name)),
    });
    bench.app.channelChoices.push({ ...bench.app.channelChoices[0]!, name: "telegram", reachesPeople: true });
    const question = await chat.say("/new tea", firstLine(said("ask-recipients", { id: "tea" })));
    expect(labelsOf(question)).toContain(words.plain("button-audience", { name: shop, count: 2 }));
  });
});
