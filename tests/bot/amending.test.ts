/** Taking back and mending from a campaign's card, in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { joined } from "../../src/words/joined.ts";
import { languageWord } from "../../src/words/language-word.ts";
import type { SentenceVariables, Words } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived, labelsOf, textOf } from "./chat.ts";

const ID = "spring-news";
const revisions = [
  { revision: 1, count: 30, text: "Helo" },
  { revision: 2, count: 10, text: "Hello" },
];

describe.each(["en", "fa"] as const)("amending in %s", (locale) => {
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
    bench.app.put(ID, { sent: 47 }, { status: "finished", message: "Hello" });
    bench.app.extend(ID, { amends: { takesBack: true, takesBackWithinMs: 172_800_000, mends: true } });
    Object.assign(bench.app.amendmentPlan, { count: 40, tooOld: 6, unknown: 1, revisions });
    await chat.say(`/change ${ID}`, said("change-title-over", { id: ID, status: label("status-finished") }));
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const topic = (kind: "takeBack" | "mend"): string =>
    label(`change-${kind}`, { value: label("change-amended", { count: 0 }) });

  test("those of one revision are taken back, after it is said who stays", async () => {
    const asked = await chat.pressFor(topic("takeBack"), said("amend-ask-takeBack", { id: ID, count: 40 }));
    expect(textOf(asked)).toContain(said("amend-too-old", { count: 6 }));
    expect(textOf(asked)).toContain(said("amend-unknown", { count: 1 }));
    await chat.pressFor(
      label("button-amend-revision", { revision: 1, count: 30 }),
      said("amend-confirm-takeBack", { id: ID, count: 30 }),
    );
    await chat.pressFor(
      label("button-amend-takeBack", { count: 30 }),
      said("amend-begun-takeBack", { id: ID, count: 30 }),
    );
    const scope = { kind: "revision", revision: 0 };
    expect(bench.app.amendments).toEqual([{ kind: "takeBack", scope, by: "1001" }]);
  });

  test("a campaign that still sends is told of, because the number grows until it is confirmed", async () => {
    await chat.pressFor(topic("takeBack"), said("amend-ask-takeBack", { id: ID, count: 40 }));
    bench.app.amendmentPlan.grows = true;
    const shown = await chat.pressFor(
      label("button-amend-all", { count: 40 }),
      said("amend-confirm-takeBack", { id: ID, count: 40 }),
    );
    expect(textOf(shown)).toContain(said("amend-grows"));
  });

  test("whoever can't be given the text is said with the number, and the text they have is there to be used", async () => {
    bench.app.amendmentPlan.optedOut = 3;
    bench.app.amendmentPlan.unfit = 2;
    bench.app.amendmentPlan.now = { message: "Mended before" };
    await chat.pressFor(topic("mend"), said("amend-ask-mend", { id: ID, count: 40 }));
    const asked = await chat.pressFor(label("button-amend-all", { count: 40 }), said("message-kept"));
    expect(textOf(asked)).toContain("Mended before");
    const shown = await chat.pressFor(
      label("button-keep"),
      said("amend-confirm-mend", { id: ID, count: 40 }),
    );
    for (const [why, count] of [["opted-out", 3] as const, ["unfit", 2] as const])
      expect(textOf(shown)).toContain(said(`amend-${why}`, { count }));
  });

  test("a mend has a text for each language whose messages would stay, and says which those are", async () => {
    const languages = (list: readonly string[]): string =>
      joined(
        list.map((one) => languageWord(one, words)),
        words,
      );
    const both = [
      { language: "fa", count: 6 },
      { language: "de", count: 1 },
    ];
    Object.assign(bench.app.amendmentPlan, { otherLanguage: 7, otherLanguages: both });
    await chat.pressFor(topic("mend"), said("amend-ask-mend", { id: ID, count: 40 }));
    await chat.pressFor(label("button-amend-all", { count: 40 }), said("message-kept"));
    const shown = await chat.say("Hello again", said("amend-confirm-mend", { id: ID, count: 40 }));
    const told = { count: 7, languages: languages(["fa", "de"]) };
    expect(textOf(shown)).toContain(said("amend-other-language", told));
    const ask = said("ask-languages").split("\n")[0] ?? "";
    const persian = languageWord("fa", words);
    await chat.press(label("button-amend-languages"));
    await chat.finds(ask);
    await chat.pressFor(persian, said("ask-language-text", { language: persian }).slice(0, 20));
    await chat.say("سلام دوباره", ask);
    await chat.press(label("button-back"));
    await chat.finds(said("amend-confirm-mend", { id: ID, count: 40 }));
    await chat.press(label("button-amend-mend", { count: 40 }));
    await chat.finds(said("amend-begun-mend", { id: ID, count: 40 }));
    const extras = { translations: [{ language: "fa", message: "سلام دوباره" }] };
    const message = { text: "Hello again", extras };
    expect(bench.app.amendments).toEqual([{ kind: "mend", scope: { kind: "all" }, message, by: "1001" }]);
  });

  test("one name's message is mended with a text that is seen before", async () => {
    await chat.pressFor(topic("mend"), said("amend-ask-mend", { id: ID, count: 40 }));
    await chat.say("@Ali_1", said("message-kept"));
    const shown = await chat.say("Hello again", said("amend-confirm-mend", { id: ID, count: 1 }));
    expect(textOf(shown)).toContain("Hello again");
    await chat.pressFor(
      label("button-amend-mend", { count: 1 }),
      said("amend-begun-mend", { id: ID, count: 1 }),
    );
    const scope = { kind: "name", username: "ali_1" };
    expect(bench.app.amendments).toEqual([
      { kind: "mend", scope, message: { text: "Hello again" }, by: "1001" },
    ]);
  });

  test("the card shows how it goes and steers it, and says what can't be done where it can't", async () => {
    const amending = {
      kind: "takeBack",
      status: "running",
      count: 40,
      done: 12,
      kept: 3,
      uncertain: 0,
    } as const;
    bench.app.extend(ID, { amending, amended: { takenBack: 12, mended: 0 } });
    const card = await chat.say(
      `/report ${ID}`,
      said("card-amending-takeBack", { done: 12, count: 40, kept: 3 }),
    );
    expect(textOf(card)).toContain(said("card-takenBack", { count: 12 }));
    expect(textOf(card)).toContain(said("card-sent", { count: 35 }));
    expect(textOf(card)).toContain(said("card-total", { count: 47 }));
    expect(await chat.pressOn(card, label("button-amendPause-takeBack"))).toBe(label("amend-did-pause"));
    expect(await chat.pressOn(card, label("button-stop-takeBack"))).toBe(label("amend-did-stop"));
    expect(bench.app.amendments).toEqual(["pause", "stop"]);
    bench.app.put("on-x", { planned: 3, sent: 2 }, { channel: "x" });
    const menu = await chat.say(
      "/change on-x",
      said("change-title", { id: "on-x", left: 3, had: 2 }).split("\n")[1] ?? "",
    );
    expect(textOf(menu)).toContain(said("change-cannot-amend", { channel: label("channel-x") }));
    expect(labelsOf(menu).join()).not.toContain("⏪");
  });
});
