/** The do-not-send list from the chat, in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { BotBench } from "./bot-bench.ts";
import { Chat, arrived, openBench } from "./bot-bench.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

describe.each(["en", "fa"] as const)("the do-not-send list in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(lexicon[locale].say(id, variables));

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("takes names in any spelling, says what is none, and frees them again", async () => {
    await chat.say("/suppress", said("suppress-standing", { count: 0 }));
    await chat.say("/suppress @Ali_One, sara_two ab!", said("suppress-added", { count: 2 }));
    expect(bench.app.suppress.list().map(({ username, reason }) => [username, reason])).toEqual([
      ["ali_one", "blocked"],
      ["sara_two", "blocked"],
    ]);
    await chat.finds(said("suppress-invalid", { texts: lexicon[locale].codes(["ab!"]) }));
    await chat.say("/suppress", said("suppress-standing", { count: 2 }));
    await chat.say("/unsuppress ALI_ONE", said("suppress-removed", { count: 1 }));
    expect(bench.app.suppress.count()).toBe(1);
  });
});
