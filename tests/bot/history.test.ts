/** Who did what: recorded from the chat, and looked at there, in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deedsIn } from "../../src/domain/history/entry.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, SECOND_OPERATOR, arrived, labelsOf, textOf } from "./chat.ts";

describe.each(["en", "fa"] as const)("/history in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(bench.words.say(id, variables));

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
    bench.app.put("spring", { planned: 5, sent: 2 }, { status: "running" });
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("says who did what and how it ended, the newest first, and gives all of it as a file", async () => {
    await chat.say("/history", said("deeds-heading", { count: 0 }));
    await chat.say("/pause spring", said("did-pause"));
    const reza = new Chat(bench, SECOND_OPERATOR);
    await reza.say("/suppress @Ali_1", "");
    await chat.say("/pause spring", "spring");
    const seen = textOf(await chat.say("/history", said("deeds-heading", { count: 3 })));
    const [, again = "", blocked = "", paused = ""] = seen.split("\n\n");
    expect(again).toContain("Sara");
    expect(again).toContain(
      said("deeds-line-refused", { moment: "", who: "", what: "" }).split("–")[1] ?? "?",
    );
    expect(blocked).toContain("Reza");
    expect(blocked).toContain("ali_1");
    expect(paused).toContain(said("deed-pause", { id: "spring" }));
    await chat.press(bench.words.plain("button-history-file"));
    const file = await chat.sees(said("deeds-file-caption"));
    expect(file.document?.file_name).toBe("history.xlsx");
  });

  test("shows a campaign's own on its card, and what was done to one person", async () => {
    await chat.say("/pause spring", said("did-pause"));
    await chat.say("/suppress ali_1", "");
    const card = await chat.say("/status", "spring");
    expect(labelsOf(card)).toContain(bench.words.plain("button-history"));
    await chat.pressFor(
      bench.words.plain("button-history"),
      said("deeds-of-campaign", { count: 1, id: "spring" }),
    );
    await chat.say("/history Spring", said("deeds-of-campaign", { count: 1, id: "spring" }));
    await chat.say("/history @ALI_1", said("deeds-of-person", { count: 1, name: "ali_1" }));
    await chat.say("/history nothing", said("no-such-campaign", { id: "nothing" }));
  });

  test("says above all where it is not whole, and what is missing", async () => {
    bench.history.state = async () => ({ kind: "headAnew", count: 5 });
    const seen = textOf(
      await chat.say("/history", arrived(bench.words.plain("cli-doctor-history-headAnew", { count: 5 }))),
    );
    expect(seen).toContain(locale === "en" ? "not whole" : "کامل نیست");
  });

  test("turns its pages in place", async () => {
    for (let n = 0; n < 12; n++)
      await bench.history.append(
        { t: "begun", deed: "pause", by: { kind: "terminal", name: "root" }, about: { campaign: `c${n}` } },
        n,
      );
    await chat.say("/history", said("deeds-heading", { count: 12 }));
    const before = chat.texts.length;
    await chat.press(bench.words.plain("button-page-after"));
    expect(textOf(await chat.finds("c0"))).toContain("root");
    expect(chat.texts).toHaveLength(before);
  });

  test("a press on a button is recorded as whose it was", async () => {
    await chat.say("/status", "spring");
    await chat.press(bench.words.plain("button-pause"));
    const [deed] = deedsIn(await bench.history.entries());
    expect(deed).toMatchObject({
      deed: "pause",
      by: { kind: "operator", id: OPERATOR, name: "Sara" },
      ended: { end: "done" },
    });
  });
});
