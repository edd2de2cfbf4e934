/** One person in the chat: what is told of them, and what can be done about them, in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/lib/clock.ts";
import { whoChoice, whoInCampaign } from "../../src/bot/views/who/who-choice.ts";
import { channelName } from "../../src/words/channel-name.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { whoPerson, whoRow } from "../support/one-person.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, arrived, labelsOf, textOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

describe.each(["en", "fa"] as const)("/who in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string => arrived(words.say(id, variables));
  const title = said("who-title", { name: "ali" });

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("asks for a name where there is none, and says what is none and of whom nothing is known", async () => {
    await chat.say("/who", said("who-how"));
    await chat.say("/who ali reza", said("who-no-name", { why: words.plain("invalid-spaces") }));
    const seen = await chat.say("/who https://x.com/Ali", said("who-nothing", { name: "ali" }));
    expect(labelsOf(seen)).toEqual([
      words.plain("button-who-block"),
      words.plain("button-who-tags"),
      words.plain("button-who-write", { name: "ali" }),
      words.plain("button-who-export"),
      words.plain("button-who-erase"),
    ]);
  });

  test("tells channel by channel who it is and what became of them, and what is not known", async () => {
    const mended = { isTakenBack: "no", mended: { number: 1, isSure: true } } as const;
    bench.app.person = {
      people: [
        whoPerson(
          [
            whoRow("spring", { hasRevisions: true, revision: 1, username: "ali_old", attempts: 2 }),
            whoRow("tea", {
              amended: { ...mended, last: { number: 1, kind: "mend", state: "done", at: 1 } },
            }),
          ],
          { formerly: ["ali_old"] },
        ),
        whoPerson([whoRow("club", { state: "skipped", skipReason: "otherCampaign", skippedFor: "tea" })], {
          channel: "telegram",
          id: "7",
          subscriber: { id: 7, firstName: "Ali", username: "ali", state: "stopped", at: 5 },
        }),
      ],
      leads: [
        { list: "acme", username: "ali", id: "42", target: { source: "x-followers", query: "acme" }, at: 3 },
      ],
      unknown: [{ what: "campaign", name: "autumn", error: new Error("line 8") }],
    };
    await bench.app.suppress.add(["ali_old"], "complaint", "by mail");
    const text = textOf(await chat.say("/who @ALI", title));
    for (const line of [
      said("who-several", { count: 2 }),
      said("who-person-formerly", {
        channel: channelName("x", words),
        name: "ali",
        names: words.codes(["ali_old"]),
      }),
      said("who-id", { id: "42" }),
      said("who-row-attempts", { count: 2 }),
      words.plain("state-sent"),
      said("who-row-name", { username: "ali_old" }),
      said("who-row-text-revision", { text: "Hello Ali", revision: 2 }),
      words.plain("state-mended"),
      said("who-subscriber-stopped", { moment: words.moment(5) }),
      words.plain("skip-otherCampaign"),
      said("who-row-for", { id: "tea" }),
      said("who-lead", { list: "acme", moment: words.moment(3), target: "followers_acme" }),
      said("who-unknown-campaign", { name: "autumn", command: "peyk doctor" }),
      "by mail",
    ])
      expect(text).toContain(line);
  });

  test("has pages where there are many campaigns, and a press on a page that is gone shows the last", async () => {
    bench.app.person = {
      people: [whoPerson(Array.from({ length: 12 }, (_, index) => whoRow(`task-${index}-x`)))],
    };
    const seen = await chat.say("/who ali", title);
    expect(textOf(seen)).toContain("task-4-x");
    expect(textOf(seen)).not.toContain("task-5-x");
    await chat.press(words.plain("button-page-after"));
    await chat.finds("task-9-x");
    await bench.world.press(OPERATOR, seen.message_id, whoChoice("page", "ali", 99_999));
    expect(textOf(await chat.finds("task-11-x"))).not.toContain("task-9-x");
  });

  test("puts them on the do-not-send list and takes them off after asking, stops since then aside", async () => {
    bench.app.person = { people: [whoPerson([], { formerly: ["ali_old"] })] };
    await bench.app.suppress.add(["ali_old"], "optedOut");
    const seen = await chat.say("/who ali", title);
    expect(await chat.pressOn(seen, words.plain("button-who-block"))).toBe(
      words.plain("who-blocked", { count: 1 }),
    );
    // Whoever said stop stays on the list as somebody who did.
    expect(
      (await bench.app.suppress.list()).map(({ username, reason }) => `${username} ${reason}`).toSorted(),
    ).toEqual(["ali blocked", "ali_old optedOut"]);
    await chat.press(words.plain("button-who-allow"));
    const asked = await chat.finds(said("who-allow-stop"));
    await chat.pressOn(asked, words.plain("button-who-keep"));
    expect(await bench.app.suppress.count()).toBe(2);
    const before = whoChoice("allow", "ali", 0, systemClock.now() - 5000);
    await bench.world.press(OPERATOR, seen.message_id, before);
    expect(await bench.app.suppress.count()).toBe(2);
    await chat.say("/who ali", title);
    await chat.press(words.plain("button-who-allow"));
    await chat.press(words.plain("button-who-allow-yes"));
    await chat.finds(said("suppress-removed", { count: 2 }));
    expect(await bench.app.suppress.count()).toBe(0);
  });

  test("takes nobody off by a question that is old or was never asked", async () => {
    await bench.app.suppress.add(["ali"], "optedOut");
    const seen = await chat.say("/who ali", title);
    const old = systemClock.now() - 3_600_000;
    for (const data of [whoChoice("allow", "ali"), whoChoice("allow", "ali", 0, old)])
      expect(await bench.world.press(OPERATOR, seen.message_id, data)).toMatchObject({
        text: words.plain("question-old"),
      });
    expect(await bench.app.suppress.count()).toBe(1);
  });

  test("opens the card of a doubt while there is one", async () => {
    bench.app.put("spring", { uncertain: 1 });
    bench.app.doubts = [{ username: "ali", account: "acme", claimedAt: 1, claim: "1", canCheck: false }];
    bench.app.person = { people: [whoPerson([whoRow("spring", { state: "uncertain" })])] };
    const seen = await chat.say("/who ali", title);
    const label = words.plain("button-who-resolve", { id: "spring" });
    await chat.pressOn(seen, label);
    await chat.press(words.plain("button-count-sent"));
    await chat.finds(said("resolved-sent", { username: "ali" }));
    expect(bench.app.resolved).toEqual(["spring ali sent"]);
    expect(await chat.pressOn(seen, label)).toBe(words.plain("resolved-already"));
  });

  test("takes back the one message after asking, and no other by a forged press", async () => {
    bench.app.put("spring", { sent: 3 });
    bench.app.person = { people: [whoPerson([whoRow("spring", { canTakeBack: true })])] };
    const seen = await chat.say("/who ali", title);
    await chat.pressOn(seen, words.plain("button-who-back", { id: "spring" }));
    await chat.finds(said("who-back-ask", { id: "spring", username: "ali" }));
    await chat.press(words.plain("button-amend-takeBack", { count: 1 }));
    await chat.finds(said("amend-begun-takeBack", { id: "spring", count: 1 }));
    expect(bench.app.amendments).toEqual([
      { kind: "takeBack", scope: { kind: "name", username: "ali" }, by: String(OPERATOR) },
    ]);
    for (const data of [
      whoInCampaign("back", "spring", "ali"),
      whoInCampaign("back", "nowhere", "ali", systemClock.now()),
    ])
      await bench.world.press(OPERATOR, seen.message_id, data);
    expect(bench.app.amendments).toHaveLength(1);
  });

  test("begins a campaign for that one name", async () => {
    const seen = await chat.say("/who ali", title);
    await chat.pressOn(seen, words.plain("button-who-write", { name: "ali" }));
    await chat.sees(said("ask-name"));
    const report = await chat.say("for-ali", "ali");
    expect(textOf(report)).toContain("ali");
  });

  test("is about whom the card is about that it answers to", async () => {
    const card = { username: "sara", account: "acme", claimedAt: 1, claim: "1", canCheck: false };
    bench.app.put("spring", { uncertain: 1 });
    bench.app.doubts = [card];
    await chat.say("/status spring", "spring");
    await chat.press(words.plain("button-uncertain", { count: 1 }));
    const seen = await chat.finds(
      said("uncertain-card", { username: "sara", account: "acme", moment: words.moment(1) }),
    );
    bench.world.sendText(OPERATOR, "/who", { replyTo: seen.message_id });
    await chat.finds(said("who-nothing", { name: "sara" }));
  });
});
