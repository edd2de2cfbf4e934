/** Webhooks from the chat, in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { hookTypes } from "../../src/domain/hooks/hook-event.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, arrived, textOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });
const ADDRESS = "https://shop.example/hooks/key";

describe.each(["en", "fa"] as const)("webhooks in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string => arrived(words.say(id, variables));
  const press = async (label: string): Promise<void> => {
    const card = await chat.say("/webhooks", "shop");
    await chat.pressOn(card, "shop");
    await chat.press(words.plain(label));
  };

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("one is made with a secret that is shown once, tested, given another and removed", async () => {
    await chat.say("/webhooks", said("webhooks-none"));
    await chat.say("/webhooks shop http://shop.example/", said("webhook-notHttps"));
    await chat.say("/webhooks shop https://10.0.0.1/", said("webhook-private"));
    const names = words.codes(hookTypes);
    await chat.say(
      `/webhooks shop ${ADDRESS} letter.sent`,
      said("webhook-badType", { type: "letter.sent", names }),
    );
    const shown = await chat.say(`/webhooks shop ${ADDRESS} recipient.sent`, "whsec_");
    const [secret = ""] = /whsec_[\w+/=]+/.exec(textOf(shown)) ?? [];
    expect(await bench.app.webhookStore.all()).toMatchObject([
      { name: "shop", url: ADDRESS, secrets: [secret], types: ["recipient.sent"], by: String(OPERATOR) },
    ]);
    await chat.pressOn(shown, words.plain("button-token-wipe"));
    await chat.finds(said("webhook-wiped"));
    const list = await chat.say("/webhooks", "recipient.sent");
    for (const hidden of [secret, "hooks/key"]) expect(textOf(list)).not.toContain(hidden);
    await press("button-webhook-test");
    await chat.finds(said("webhook-test-taken", { name: "shop" }));
    bench.app.post = async () => new Response("", { status: 500 });
    await press("button-webhook-test");
    await chat.finds(words.plain("webhook-answered", { status: "500" }));
    await press("button-webhook-rotate");
    await chat.finds("whsec_");
    expect((await bench.app.webhookStore.all())[0]?.secrets).toHaveLength(2);
    await press("button-webhook-remove");
    await chat.finds(said("webhook-removed", { name: "shop" }));
    await chat.press(words.plain("button-webhook-remove"));
    await chat.finds(said("webhook-unknown", { name: "shop" }));
  });

  test("a campaign through one's own gateway says so, and asks where the permission comes from", async () => {
    bench.app.channelChoices = [
      { name: "webhook", reachesPeople: true, maxMessageLength: 480, accounts: [{ name: "sms", caps: {} }] },
    ];
    const first = (id: string, variables: SentenceVariables = {}): string =>
      said(id, variables).split("\n")[0] ?? "";
    await chat.say("/new", first("ask-name"));
    await chat.say("spring-news", first("ask-recipients", { id: "spring-news" }));
    await chat.say(
      "@ali_one\nsara_two",
      said("report-counts", { read: 2, valid: 2, duplicates: 0, invalid: 0 }),
    );
    await chat.pressFor(words.plain("button-continue"), first("ask-message", { max: 480 }));
    const plan = await chat.say("Hello {{username}}", first("plan-title", { id: "spring-news" }));
    expect(textOf(plan)).toContain(words.plain("channel-webhook"));
    await chat.pressFor(words.plain("button-continue"), said("preview-title"));
    await chat.pressFor(words.plain("button-continue"), first("ask-consent"));
  });

  test("everybody is told once of one that was switched off, and it goes on by a press", async () => {
    await chat.say(`/webhooks shop ${ADDRESS}`, "whsec_");
    bench.app.post = async () => new Response("", { status: 410 });
    await bench.app.webhookRunner.start();
    bench.app.emit({ campaignId: "spring", at: 7, kind: "changed" });
    await chat.finds(said("webhook-alert-gone", { name: "shop", server: "https://shop.example" }));
    await bench.restart();
    bench.app.post = async () => new Response();
    await chat.press(words.plain("button-webhook-look"));
    await chat.press(words.plain("button-webhook-resume"));
    await chat.finds(said("webhook-resumed", { name: "shop" }));
    await expect.poll(async () => (await bench.app.webhooks.list())[0]).not.toHaveProperty("off");
    const alerts = bench.world
      .messages(OPERATOR)
      .filter(({ text = "" }) => text.includes("https://shop.example"));
    expect(
      alerts.filter(
        ({ text = "" }) =>
          text === said("webhook-alert-gone", { name: "shop", server: "https://shop.example" }),
      ),
    ).toHaveLength(1);
    await bench.app.webhookRunner[Symbol.asyncDispose]();
  });
});
