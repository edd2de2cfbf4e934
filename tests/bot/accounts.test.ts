/** /accounts from the chat, in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

describe.each(["en", "fa"] as const)("the accounts in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(lexicon[locale].say(id, variables));

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("tells what the platform says of each, what campaigns go by, and what is left", async () => {
    const health = { kind: "left", trouble: "locked", why: "accountLocked" } as const;
    const resetsAt = Date.UTC(2027, 0, 1);
    const limits = [{ name: "messages15Min" as const, count: 15, left: 12, resetsAt }];
    const unanswered = [{ about: "messages", why: "xRefusedQuestion", isRefused: true }] as const;
    bench.app.accountReports = [
      {
        channel: "x",
        account: "news",
        check: { kind: "well", username: "peyk_news", limits, unanswered },
        health: { kind: "active" },
        usedToday: 16,
        limit: 25,
      },
      {
        channel: "x",
        account: "shut",
        check: { kind: "unknown", why: "noAnswerInTime" },
        health,
        usedToday: 0,
      },
    ];
    await chat.say("/accounts", said("accounts-title"));
    await chat.finds(said("account-well", { username: "peyk_news" }));
    const channelName = lexicon[locale].plain("channel-x");
    await chat.finds(said("account-name-of", { account: "news", channel: channelName, used: 16, limit: 25 }));
    await chat.finds(said("account-unread", { why: lexicon[locale].reason("xRefusedQuestion") }));
    const moment = lexicon[locale].moment(resetsAt);
    const name = lexicon[locale].plain("limit-messages15Min");
    await chat.finds(said("account-limit", { name, left: 12, count: 15, moment }));
    await chat.finds(said("account-unknown", { why: lexicon[locale].reason("noAnswerInTime") }));
    await chat.finds(said("card-locked", { account: "shut" }));
  });

  test("answers other commands while a platform keeps it waiting", async () => {
    let answer: (() => void) | undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    bench.app.accounts = async () => {
      await asked;
      return [];
    };
    await chat.say("/accounts", said("accounts-asking"));
    await chat.say("/suppress", said("suppress-standing", { count: 0 }));
    answer?.();
    await chat.finds(said("accounts-none"));
    expect(bench.app.accountReports).toEqual([]);
  });
});
