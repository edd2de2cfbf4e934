/** Many uncertain recipients: the next cards, a look at all of them, and one decision for those who were seen. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/lib/clock.ts";
import type { SentenceVariables, Words } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived, labelsOf, textOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });
const ID = "spring-news";

describe.each(["en", "fa"] as const)("uncertain recipients, in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const words: Words = lexicon[locale];
  const label = (id: string, variables: Record<string, string | number> = {}): string =>
    words.plain(id, variables);
  const said = (id: string, variables: SentenceVariables = {}): string => arrived(words.say(id, variables));

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
    bench.app.put(ID, { uncertain: 7 }, { status: "finished" });
    put(7);
    await chat.say("/campaigns", said("campaigns-title"));
    await chat.pressFor(ID, said("card-finished", { id: ID }));
    await chat.pressFor(label("button-uncertain", { count: 7 }), said("uncertain-rest", { count: 2 }));
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  function put(count: number): void {
    bench.app.doubts = Array.from({ length: count }, (_, nth) => ({
      username: `name_${nth}`,
      account: "sim-1",
      claimedAt: systemClock.now(),
      claim: String(nth),
      canCheck: false,
    }));
  }

  async function look(count: number) {
    await chat.press(label("button-uncertain-all", { count: 7 }));
    return chat.finds(said("uncertain-look", { id: ID, count }));
  }
  const isShown = (name: string): boolean => chat.texts.some((text) => text.includes(name));

  test("are shown five at a time, and the next on demand", async () => {
    expect([isShown("name_4"), isShown("name_5")]).toEqual([true, false]);
    await chat.pressFor(label("button-uncertain-next", { count: 2 }), said("uncertain-rest", { count: 0 }));
    expect([isShown("name_5"), isShown("name_6")]).toEqual([true, true]);
  });

  test("are decided on together after a look at every name", async () => {
    const seen = await look(7);
    for (let nth = 0; nth < 7; nth += 1) expect(textOf(seen)).toContain(`name_${nth}`);
    expect(bench.app.resolved).toEqual([]);
    await chat.press(label("button-all-sent", { count: 7 }));
    await chat.finds(said("resolved-all-sent", { count: 7 }));
    expect(bench.app.resolved).toEqual([
      `${ID} ${Array.from({ length: 7 }, (_, nth) => `name_${nth}`).join()} sent`,
    ]);
  });

  test("are asked about once more before all of them are sent to again", async () => {
    await look(7);
    await chat.press(label("button-all-again", { count: 7 }));
    await chat.finds(said("confirm-all-again", { count: 7 }));
    expect(bench.app.resolved).toEqual([]);
    await chat.press(label("button-confirm-all-again", { count: 7 }));
    await chat.finds(said("resolved-all-again", { count: 7 }));
    expect(bench.app.resolved).toHaveLength(1);
  });

  test("whom nobody has looked at are not decided on: the look is shown anew", async () => {
    await look(7);
    put(9);
    expect(await chat.press(label("button-all-skip", { count: 7 }))).toBe(label("uncertain-others"));
    await chat.finds(said("uncertain-look", { id: ID, count: 9 }));
    expect(bench.app.resolved).toEqual([]);
    await chat.press(label("button-all-skip", { count: 9 }));
    await chat.finds(said("resolved-all-skip", { count: 9 }));
  });

  test("stay undecided on demand, one by one and together", async () => {
    const card = chat.fromBot.find((one) => textOf(one).includes("name_0"));
    if (!card) throw new Error("no card");
    await chat.pressOn(card, label("button-send-again"));
    const question = await chat.finds(said("confirm-again", { username: "name_0" }));
    await chat.pressOn(question, label("button-undecided"));
    const back = await chat.finds(
      said("uncertain-card", { username: "name_0", account: "sim-1", moment: "#" }).split("#")[0] ?? "",
    );
    expect(labelsOf(back)).toContain(label("button-count-sent"));
    await look(7);
    await chat.press(label("button-undecided"));
    await chat.finds(said("uncertain-kept", { id: ID, count: 7 }));
    expect(bench.app.resolved).toEqual([]);
  });
});
