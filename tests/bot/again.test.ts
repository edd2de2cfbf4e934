/** A new campaign from an old one, in both languages: whom it is for is chosen, text and settings are there, consent is not. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables, Words } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived, labelsOf, textOf } from "./chat.ts";

describe.each(["en", "fa"] as const)("again in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  let words: Words;
  const label = (id: string, variables: Record<string, string | number> = {}): string =>
    words.plain(id, variables);
  const said = (id: string, variables: SentenceVariables = {}): string => arrived(words.say(id, variables));

  beforeEach(async () => {
    bench = await openBench({ locale });
    ({ words } = bench);
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("those who failed get a new campaign with the old text, and their consent is asked for", async () => {
    const old = {
      status: "finished",
      message: "Hello again",
      accounts: [{ name: "sim-2", caps: { perDay: 9 } }],
    } as const;
    bench.app.put("spring", { sent: 5, failed: 2, uncertain: 1 }, old);
    const card = await chat.say("/report spring", said("card-finished", { id: "spring" }));
    await chat.pressOn(card, label("button-again"));
    const asked = await chat.sees(said("again-ask", { id: "spring" }));
    expect(textOf(asked)).toContain(said("again-uncertain", { count: 1 }));
    expect(labelsOf(asked)).toEqual([
      label("button-again-everyone", { count: 8 }),
      label("button-again-failed", { count: 2 }),
      label("button-again-uncertain", { count: 1 }),
    ]);
    await chat.pressFor(label("button-again-failed", { count: 2 }), said("ask-name").split("\n")[0] ?? "");
    await chat.say("autumn", "failed_one");
    await chat.pressFor(label("button-continue"), said("message-kept"));
    await chat.pressFor(label("button-keep"), said("plan-title", { id: "autumn" }));
    const row = (value: string): string => `${label("topic-excludes")}: ${value}`;
    const offers = async (wanted: string): Promise<void> => {
      await expect.poll(() => chat.fromBot.flatMap(labelsOf).join("\n")).toContain(wanted);
    };
    await chat.press(label("button-more-options"));
    await offers(row(label("topic-excludes-off")));
    await chat.press(row(label("topic-excludes-off")));
    await offers(label("button-excludes-all", { count: 1 }));
    await chat.press(label("button-excludes-all", { count: 1 }));
    await offers("✅ spring");
    await chat.press(label("button-back"));
    // On its button, or above where a phone would cut it.
    const excluded = row(label("topic-excludes-value", { count: 1 }));
    await expect
      .poll(() => chat.fromBot.flatMap((one) => [textOf(one), ...labelsOf(one)]).join("\n"))
      .toContain(excluded);
    await chat.press(label("button-back"));
    await offers(label("button-continue"));
    await chat.pressFor(label("button-continue"), "Hello again");
    await chat.pressFor(label("button-continue"), said("ask-consent").split("\n")[0] ?? "");
    await chat.press(label("button-consent-simulated"));
    await chat.sees("autumn");
    await chat.press(label("button-start"));
    await expect.poll(() => bench.app.started.length).toBe(1);
    const [started] = bench.app.started;
    expect(started?.draft).toMatchObject({
      campaignId: "autumn",
      origin: "campaign:spring",
      message: "Hello again",
      accounts: [{ name: "sim-2", caps: { perDay: 9 } }],
      excludes: ["spring"],
      terms: { kind: "new" },
    });
  });
});
