/** Everybody who may act hears that the database is away, and that it is back, each in their language. */
import { expect, test } from "vitest";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { Chat, SECOND_OPERATOR, arrived, openBench } from "./bot-bench.ts";

test.each(["en", "fa"] as const)("operators are told of a database that is away in %s", async (locale) => {
  const clock = createVirtualClock();
  await using bench = await openBench({ locale, clock });
  const chats = [new Chat(bench), new Chat(bench, SECOND_OPERATOR)];
  for (const chat of chats) await chat.say("/help", "");
  const said = [
    arrived(bench.words.say("trouble-storeAway")),
    arrived(bench.words.say("trouble-storeBack", { seconds: 20 })),
  ];
  expect(bench.app.storeListeners.size).toBe(1);
  for (const listener of bench.app.storeListeners) listener({ kind: "away" });
  for (const listener of bench.app.storeListeners) listener({ kind: "back", seconds: 20 });
  for (const chat of chats)
    for (const text of said) {
      await chat.finds(text);
      expect(chat.texts.filter((one) => one.includes(text))).toHaveLength(1);
    }
});
