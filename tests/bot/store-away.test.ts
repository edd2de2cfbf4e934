/** Everybody who may act hears that the database is away, and that it is back, each in their language. */
import { expect, test } from "vitest";
import { createLexicon } from "../../src/words/words.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, SECOND_OPERATOR, arrived } from "./chat.ts";

test.each(["en", "fa"] as const)("operators are told of a database that is away in %s", async (locale) => {
  const clock = createVirtualClock();
  await using bench = await openBench({ locale, clock });
  const chats = [new Chat(bench), new Chat(bench, SECOND_OPERATOR)];
  for (const chat of chats) await chat.say("/help", "");
  const lexicon = createLexicon({ clock, timeZone: "Asia/Tehran" });
  // The second operator's Telegram is Persian whatever the first one's is.
  const languages = [locale, "fa"] as const;
  expect(bench.app.storeListeners.size).toBe(1);
  for (const listener of bench.app.storeListeners) listener({ kind: "away" });
  for (const listener of bench.app.storeListeners) listener({ kind: "back", seconds: 20 });
  for (const [place, chat] of chats.entries()) {
    const words = lexicon[languages[place] ?? locale];
    for (const said of [words.say("trouble-storeAway"), words.say("trouble-storeBack", { seconds: 20 })]) {
      const text = arrived(said);
      await chat.finds(text);
      expect(chat.texts.filter((one) => one.includes(text))).toHaveLength(1);
    }
  }
});
