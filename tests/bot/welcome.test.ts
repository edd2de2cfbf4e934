/** The welcome in the chat, in both languages: begun by a dialogue, shown with its counts, turned off and on. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/lib/clock.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived, textOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });
const firstLine = (text: string): string => text.split("\n")[0] ?? "";

describe.each(["en", "fa"] as const)("the welcome in %s", (locale) => {
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string => arrived(words.say(id, variables));
  const text = locale === "fa" ? "سلام {{first_name}}" : "Hello {{first_name}}";
  let bench: BotBench;
  let chat: Chat;
  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  async function begin(): Promise<void> {
    bench.app.channelChoices.push({ ...bench.app.channelChoices[0]!, name: "telegram", reachesPeople: true });
    await chat.say("/welcome", firstLine(said("welcome-none")));
    await chat.pressFor(words.plain("button-welcome-new"), firstLine(said("ask-message", { max: 1000 })));
    await chat.say(text, said("welcome-confirm"));
    await chat.pressFor(words.plain("button-welcome-start"), said("welcome-begun", { id: "welcome" }));
  }

  test("is not begun where there is no bot to send through, nor by whoever thinks better of it", async () => {
    await chat.say("/welcome", firstLine(said("welcome-none")));
    await chat.pressFor(words.plain("button-welcome-new"), said("welcome-noTelegram"));
    bench.app.channelChoices.push({ ...bench.app.channelChoices[0]!, name: "telegram", reachesPeople: true });
    await chat.press(words.plain("button-welcome-new"));
    await chat.finds(firstLine(said("ask-message", { max: 1000 })));
    await chat.say("/cancel", said("welcome-cancelled"));
    expect(await bench.app.welcome.look()).toBeUndefined();
  });

  test("is written, begun, shown with what became of those who came, and told on its card", async () => {
    await begin();
    bench.app.put("welcome", { sent: 3, planned: 1, skipped: 1 });
    const shown = await chat.say("/welcome", said("welcome-on", { id: "welcome" }));
    expect(textOf(shown)).toContain(text);
    const counts = { total: 5, sent: 3, left: 1, unknown: 0, skipped: 1 };
    expect(textOf(shown)).toContain(said("welcome-counts", counts));
    expect(textOf(await chat.say("/status welcome", "welcome"))).toContain(said("card-standing-on"));
  });

  test("is turned off and on, and a press on an old message undoes nothing that came after it", async () => {
    await begin();
    const old = await chat.say("/welcome", said("welcome-on", { id: "welcome" }));
    const off = words.plain("button-welcome-off");
    expect(await chat.pressOn(old, off)).toBe(words.plain("welcome-turned-off"));
    await chat.finds(said("welcome-off", { id: "welcome" }));
    expect(await chat.press(words.plain("button-welcome-on"))).toBe(words.plain("welcome-turned-on"));
    expect((await bench.app.welcome.look())?.isOn).toBe(true);
  });
});
