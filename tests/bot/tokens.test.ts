/** Tokens of other programs from the chat, in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, arrived, textOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

describe.each(["en", "fa"] as const)("tokens in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string => arrived(words.say(id, variables));

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("one is made, shown once, wiped from the chat, told of without it, and revoked", async () => {
    await chat.say("/tokens", said("tokens-none"));
    const shown = await chat.say("/tokens shop", "peyk_");
    const [token = ""] = /peyk_[\w-]{43}/.exec(textOf(shown)) ?? [];
    expect(await bench.app.tokens.whose(token)).toBe("shop");
    expect((await bench.app.tokens.list())[0]?.by).toBe(String(OPERATOR));
    await chat.pressOn(shown, words.plain("button-token-wipe"));
    await chat.finds(said("token-wiped"));
    await chat.say("/tokens shop", said("token-taken", { name: "shop" }));
    await chat.say("/tokens 1001", said("token-badName", { name: "1001" }));
    const list = await chat.say("/tokens", said("tokens-title", { count: 1 }));
    expect(textOf(list)).not.toContain(token);
    await chat.pressOn(list, words.plain("button-token-revoke", { name: "shop" }));
    await chat.finds(said("token-revoked", { name: "shop" }));
    expect(await bench.app.tokens.whose(token)).toBeUndefined();
    await chat.pressOn(list, words.plain("button-token-revoke", { name: "shop" }));
    await chat.finds(said("token-unknown", { name: "shop" }));
  });
});
