/** The do-not-send list from the chat, in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived, labelsOf, textOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

describe.each(["en", "fa"] as const)("the do-not-send list in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string => arrived(words.say(id, variables));

  const question = (reason: string): string =>
    said("ask-opt-outs", { reason: words.plain(`suppressed-${reason}`) });

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("takes names in any spelling, says what is none, and frees them again", async () => {
    await chat.say("/suppress", said("suppress-standing", { count: 0 }));
    await chat.say("/suppress @Ali_One, sara_two ab!", said("suppress-added", { count: 2 }));
    expect((await bench.app.suppress.list()).map(({ username, reason }) => [username, reason])).toEqual([
      ["ali_one", "blocked"],
      ["sara_two", "blocked"],
    ]);
    await chat.finds(said("suppress-invalid", { texts: lexicon[locale].codes(["ab!"]) }));
    await chat.say("/suppress", said("suppress-standing", { count: 2 }));
    await chat.say("/unsuppress ALI_ONE", said("suppress-removed", { count: 1 }));
    expect(await bench.app.suppress.count()).toBe(1);
  });

  test("shows who is on it newest first and page by page, finds a part of a name, and gives all of it as a file", async () => {
    const names = Array.from({ length: 40 }, (_, index) => `person_${index + 1}`);
    await bench.app.suppress.add(names, "optedOut", "by email");
    await bench.app.suppress.add(["Mina_K"], "complaint");
    const seen = await chat.say("/suppress", said("suppress-standing", { count: 41 }));
    await chat.pressOn(seen, words.plain("button-suppress-look"));
    const page = await chat.finds("mina_k");
    expect(textOf(page).split("\n")).toHaveLength(1 + 15);
    expect(textOf(page).split("\n")[1]).toContain(words.plain("suppressed-complaint"));
    await chat.press(words.plain("button-page-after"));
    await chat.finds("person_29");
    await chat.press(words.plain("button-page-after"));
    const last = await chat.finds("person_40");
    expect(labelsOf(last)).toEqual([
      words.plain("button-page-before"),
      words.plain("button-suppress-file"),
      words.plain("button-opt-outs"),
    ]);
    await chat.say("/suppressed @PERSON_1", said("suppress-found", { text: "person_1", count: 11 }));
    await chat.say("/suppressed nobody", said("suppress-found", { text: "nobody", count: 0 }));
    await chat.pressOn(last, words.plain("button-suppress-file"));
    expect(textOf(await chat.finds(said("suppress-file-caption")))).toBe(said("suppress-file-caption"));
  });

  test("takes a whole list, and says which lines keep nobody from being written to", async () => {
    const seen = await chat.say("/suppress", said("suppress-standing", { count: 0 }));
    await chat.pressOn(seen, words.plain("button-opt-outs"));
    await chat.sees(question("optedOut"));
    await chat.sendFile("photo.pdf", "%PDF-1.7 x", said("problem-pdf"));
    const list = "name,nick\nAli,ali_r\nSara,no name\nMina,mina_k\n";
    const asked = await chat.sendFile("stop.csv", list, "nick");
    const button = labelsOf(asked).find((one) => one.includes("nick")) ?? "";
    const report = await chat.pressFor(button, said("suppress-added", { count: 2 }));
    expect(textOf(report)).toContain(said("opt-outs-missed", { count: 1 }));
    expect(textOf(report)).toContain("no name");
    expect(textOf(report)).toContain("mina_k");
    expect([...(await bench.app.suppress.list())].map(({ username }) => username).toSorted()).toEqual([
      "ali_r",
      "mina_k",
    ]);
    expect(await bench.kept.uploaded()).toEqual([]);
  });

  test("finds words of a note in any language, and few who are found lead to all about them", async () => {
    await bench.app.suppress.add(["ali"], "complaint", "با نامهٔ ۳ خرداد");
    await bench.app.suppress.add(["sara_two"], "optedOut", "By Mail");
    const found = (text: string, count: number): string => said("suppress-found", { text, count });
    await chat.say("/suppressed نامهٔ ۳", found("نامهٔ 3", 1));
    await chat.say("/suppressed خرداد", found("خرداد", 1));
    await chat.say("/suppressed <b>", found("<b>", 0));
    const seen = await chat.say("/suppressed by mail", found("by mail", 1));
    expect(textOf(seen)).toContain("sara_two");
    const link = await chat.say("/suppressed https://x.com/Sara_Two", found("sara_two", 1));
    await chat.pressOn(link, words.plain("button-who", { name: "sara_two" }));
    await chat.finds(said("who-title", { name: "sara_two" }));
  });

  test("takes a list for the reason that is chosen", async () => {
    const seen = await chat.say("/suppressed", said("suppress-standing", { count: 0 }));
    await chat.pressOn(seen, words.plain("button-opt-outs"));
    await chat.sees(question("optedOut"));
    await chat.press(words.plain("suppressed-complaint"));
    await chat.finds(question("complaint"));
    await chat.say("ali_one", said("suppress-added", { count: 1 }));
    expect(await bench.app.suppress.list()).toMatchObject([{ username: "ali_one", reason: "complaint" }]);
  });

  test("adds nobody of a list that was not wanted after all", async () => {
    const seen = await chat.say("/suppress", said("suppress-standing", { count: 0 }));
    await chat.pressOn(seen, bench.words.plain("button-opt-outs"));
    await chat.sees(question("optedOut"));
    await chat.pressFor(bench.words.plain("button-cancel"), said("opt-outs-cancelled"));
    expect(await bench.app.suppress.count()).toBe(0);
  });
});
