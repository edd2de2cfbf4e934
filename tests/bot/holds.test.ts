/** What the card says and offers while a campaign waits for a person's word, in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived, labelsOf, textOf } from "./chat.ts";

describe.each(["en", "fa"] as const)("a campaign that waits for a word, in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const label = (id: string, variables: Record<string, string | number> = {}): string =>
    bench.words.plain(id, variables);
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(bench.words.say(id, variables));

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const paused = async (campaign: Partial<Campaign>) => {
    const counts = { sent: 20, refused: 3, planned: 77 };
    bench.app.put("spring-news", counts, { status: "paused", ...campaign });
    return chat.say("/status", said("card-paused", { id: "spring-news" }));
  };

  test("after the first few it shows how they fared, and goes on with everybody or as many again", async () => {
    const held = { tryFirst: { count: 20, upTo: 20 }, pause: { kind: "triedFirst", upTo: 20 } } as const;
    const card = await paused(held);
    expect(textOf(card)).toContain(said("pause-tried-first", { count: 20 }));
    expect(textOf(card)).toContain(said("card-refused", { count: 3 }));
    expect(labelsOf(card)).toContain(label("button-go-on-all"));
    expect(await chat.press(label("button-more-first", { count: 20 }))).toBe(label("did-more"));
    await paused(held);
    await chat.press(label("button-go-on-all"));
    expect(bench.app.waysOn).toEqual(["more", "all"]);
  });

  test("of two that share accounts one goes first at a press, and the other says for whom it waits", async () => {
    const running = { status: "running" } as const;
    bench.app.put("spring-news", { planned: 7, sent: 3 }, running);
    bench.app.extend("spring-news", { behind: ["urgent"], canGoFirst: true });
    const card = await chat.say("/status", said("card-running", { id: "spring-news" }));
    expect(textOf(card)).toContain(said("card-behind", { ids: bench.words.codes(["urgent"]) }));
    expect(await chat.press(label("button-first"))).toBe(label("did-first"));
    expect(bench.app.waysOn).toEqual(["first"]);
  });

  test("a setting is changed from the card by the step that a new campaign has for it", async () => {
    bench.app.put("spring-news", { planned: 70, sent: 30 }, { status: "running" });
    await chat.say("/status", said("card-running", { id: "spring-news" }));
    await chat.press(label("button-change"));
    await chat.finds(said("change-title", { id: "spring-news", left: 70, had: 30 }));
    await chat.press(label("change-tryFirst", { value: label("topic-try-first-off") }));
    await chat.finds(arrived(bench.words.say("ask-try-first")).split("\n")[0] ?? "");
    await chat.press(label("topic-try-first-count", { count: 20 }));
    await chat.finds(said("change-done", { id: "spring-news", revision: 1, left: 70 }));
    const [changed] = await bench.app.campaigns();
    expect(changed).toMatchObject({ tryFirst: { count: 20, upTo: 50 } });
  });

  test("a guard rail names its rule, its numbers and the newest names", async () => {
    const rail = { rule: "declined", count: 31, of: 60, share: 30, names: ["ali_one", "sara_two"] } as const;
    const card = await paused({ guardRails: { declined: 30 }, pause: { kind: "guardRail", ...rail } });
    expect(textOf(card)).toContain(said("pause-rail-declined", { count: 31, of: 60, share: 30 }));
    expect(textOf(card)).toContain("ali_one");
    await chat.press(label("button-resume"));
    expect(bench.app.waysOn).toEqual(["all"]);
  });

  test("a spend cap says what was spent, and offers to allow as much again", async () => {
    const card = await paused({ spendCap: 5, pause: { kind: "spendCap", spent: 4.985, cap: 5 } });
    expect(textOf(card)).toContain(said("pause-spend-cap", { spent: 4.985, cap: 5 }));
    expect(labelsOf(card)).not.toContain(label("button-resume"));
    await chat.press(label("button-more-spend", { cap: 10 }));
    expect(bench.app.waysOn).toEqual(["more"]);
  });

  test("another amount than twice is typed to the cent, and then it is resumed as far as that", async () => {
    bench.app.extend("spring-news", { spent: { dollars: 4.985, asOf: "2026-08-22" } });
    await paused({ spendCap: 5, pause: { kind: "spendCap", spent: 4.985, cap: 5 } });
    await chat.press(label("button-other-spend"));
    await chat.finds(said("ask-spend-cap").split("\n")[0] ?? "");
    await chat.say("12.505", said("dollars-wrong", { most: 1_000_000 }).slice(0, 25));
    const typed = locale === "fa" ? "۷٫۵۰ دلار" : "$7.50";
    await chat.say(typed, said("change-done", { id: "spring-news", revision: 1, left: 77 }));
    expect((await bench.app.campaigns())[0]?.spendCap).toBe(7.5);
    const card = await chat.say("/status", said("card-paused", { id: "spring-news" }));
    expect(labelsOf(card)).not.toContain(label("button-more-spend", { cap: 15 }));
    await chat.press(label("button-resume"));
    expect(bench.app.waysOn).toEqual(["all"]);
  });
});
