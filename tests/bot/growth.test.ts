/** Growth in the chat, in both languages: a picture read from the right way, with its figures in words. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/lib/clock.ts";
import { createLexicon } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { Chat, STRANGER, arrived, openBench } from "./bot-bench.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

describe.each(["en", "fa"] as const)("growth in %s", (locale) => {
  const words = lexicon[locale];
  let bench: BotBench;
  let chat: Chat;
  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("is drawn with who joined, left and blocked, by link, and told in words", async () => {
    const person = new Chat(bench, STRANGER);
    const subscribed = arrived(words.say("subscribed", { bot: "Peyk" }));
    await person.say("/start poster", subscribed);
    await person.say("/stop", arrived(words.say("unsubscribed")));
    await person.say("/start", subscribed);
    bench.world.block(STRANGER, true);
    await expect.poll(() => bench.app.subscribers.isSubscribed(STRANGER)).toBe(false);
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
    await chat.say("/growth 0", arrived(words.say("growth-days-wrong")));
    await chat.say("/subscribers", arrived(words.say("subscribers-count", { count: 1 })));
    await chat.pressFor(words.plain("button-growth"), standing);
  });
});
