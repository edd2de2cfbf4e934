/** Collecting leads from the chat: the dialogue, the live message, and what becomes of a list; in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived, labelsOf, textOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

describe.each(["en", "fa"] as const)("collecting in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string => arrived(words.say(id, variables));
  const label = (id: string, variables = {}): string => words.plain(id, variables);
  const LIST = "tiktok-coffee";

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const collect = async (): Promise<void> => {
    await chat.say("/collect", said("ask-source"));
    await chat.pressFor(label("source-tiktok"), said("ask-targets-keywords"));
    await chat.say("coffee", said("ask-amount"));
    await chat.say("۳۷", said("estimate-list", { list: LIST }));
    await chat.pressFor(label("button-collect-start"), said("collect-begun-new", { list: LIST }));
  };

  test("asks for source, targets and number, shows what it takes, and begins with a press", async () => {
    await collect();
    expect(bench.app.leads.asked).toEqual([{ targets: [{ source: "tiktok", text: "coffee" }], count: 37 }]);
    await chat.finds(said("collect-count", { count: 0, total: 37 }));
  });

  test("goes in cycles where that is wanted", async () => {
    await chat.say("/collect", said("ask-source"));
    await chat.pressFor(label("source-tiktok"), said("ask-targets-keywords"));
    await chat.say("coffee", said("ask-amount"));
    await chat.pressFor(label("button-amount", { count: 1000 }), said("estimate-rule"));
    const cycles = label("button-collect-cycles", { minutes: 20, count: 1000 });
    await chat.pressFor(cycles, said("collect-begun-new", { list: LIST }));
    expect(bench.app.leads.asked[0]?.cycle).toEqual({ everyMs: 1_200_000, leads: 1000 });
  });

  test("says which line names no target and takes none until all can be read", async () => {
    await chat.say("/collect", said("ask-source"));
    await chat.pressFor(label("source-x-followers"), said("ask-targets-account"));
    const reason = label("target-notAName");
    await chat.say("@ok\nnot a name", said("collect-bad-target", { text: "not a name", reason }));
    await chat.say("@ok\n@two", said("ask-amount"));
    await chat.say("none", said("amount-wrong", { most: 10_000_000 }));
    const estimate = await chat.say("250", said("estimate-rule"));
    expect(textOf(estimate)).toContain(said("estimate-cost", { cost: "$2.50", date: "2026-08-22" }));
    await chat.pressFor(label("button-cancel"), said("collect-cancelled"));
    expect(bench.app.leads.asked).toEqual([]);
  });

  test("collects so many posts of each hashtag, says the price before, and hands on their authors", async () => {
    const list = "x-posts--coffee";
    await chat.say("/collect", said("ask-source"));
    await chat.pressFor(label("source-x-posts"), said("ask-targets-search"));
    await chat.say("#coffee\n#قهوه", said("ask-amount-search"));
    const plan = await chat.pressFor(
      label("button-amount", { count: 500 }),
      said("estimate-list", { list: "#coffee · #قهوه" }),
    );
    const range = { least: "$5.00", cost: "$15.00", date: "2026-08-22" };
    expect(textOf(plan)).toContain(said("estimate-cost-range", range));
    await chat.pressFor(
      label("button-collect-start"),
      said("collect-begun-new", { list: "#coffee · #قهوه" }),
    );
    const targets = ["#coffee", "#قهوه"].map((text) => ({ source: "x-posts", text }));
    expect(bench.app.leads.asked).toEqual([{ targets, count: 500, isEach: true }]);
    const ended = { kind: "ended", end: "targetReached", at: 0 } as const;
    bench.app.leads.put(list, {
      delivered: 1000,
      count: 1000,
      calls: 11,
      pages: 11,
      found: 1000,
      duplicates: 60,
      status: ended,
    });
    bench.app.leads.emit({ list, at: 0, kind: "status", status: ended });
    const card = await chat.finds(said("collect-size", { items: "posts", count: 1000 }));
    expect(textOf(card)).toContain(said("collect-duplicates", { count: 60, percent: 5.7 }));
    expect(labelsOf(card)).toContain(label("button-leads-use-authors"));
    await chat.pressFor(label("button-leads-export"), said("leads-ask-format", { items: "posts", list }));
    const file = await chat.pressFor(
      label("button-leads-jsonl"),
      said("leads-caption", { items: "posts", list }),
    );
    expect(file.document?.file_name).toBe(`${list}.jsonl`);
  });

  test("one message counts up, the end is told once, also over a restart", async () => {
    await collect();
    const { leads } = bench.app;
    leads.put(LIST, { delivered: 20, calls: 2, found: 20, duplicates: 5 });
    leads.emit({ list: LIST, at: 0, kind: "status", status: { kind: "running" } });
    const card = await chat.finds(said("collect-count", { count: 20, total: 37 }));
    const ended = { kind: "ended", end: "sourceExhausted", at: 0 } as const;
    leads.put(LIST, { delivered: 30, status: ended }, [
      { target: { source: "tiktok", query: "coffee" }, end: "exhausted", sighted: 30, declaredTotal: 40 },
    ]);
    leads.emit({ list: LIST, at: 0, kind: "status", status: ended });
    const end = await chat.finds(said("collect-ended", { list: LIST, count: 30, total: 37 }));
    expect(textOf(end)).toContain(said("collect-end-sourceExhausted"));
    expect(textOf(end)).toContain(said("collect-gap", { query: "coffee", count: 30, total: 40 }));
    const same = await chat.finds(said("collect-card-ended", { list: LIST }));
    expect(same.message_id).toBe(card.message_id);
    expect(labelsOf(same)).toContain(label("button-leads-use"));
    await bench.restart();
    await chat.say("/leads", said("leads-title"));
    const ends = chat.texts.filter((text) => text.includes(said("collect-end-sourceExhausted")));
    expect(
      ends.filter((text) => text.includes(said("collect-ended", { list: LIST, count: 30, total: 37 }))),
    ).toHaveLength(1);
    expect(leads.toldOf).toEqual([LIST]);
  });

  test("a list that is opened again moves to the end of the chat and leaves no second message", async () => {
    await collect();
    await chat.finds(said("collect-card-running", { list: LIST }));
    const overview = await chat.say("/leads", said("leads-title"));
    await chat.pressOn(overview, LIST);
    await chat.sees(said("collect-card-running", { list: LIST }));
    const cards = (): number =>
      chat.texts.filter((text) => text.includes(said("collect-card-running", { list: LIST }))).length;
    await expect.poll(cards).toBe(1);
  });

  test("pauses, goes on and cancels by button, asking before it cancels", async () => {
    await collect();
    await chat.finds(said("collect-card-running", { list: LIST }));
    expect(await chat.press(label("button-leads-pause"))).toBe(label("leads-did-pause"));
    await chat.finds(said("collect-paused-operator"));
    expect(await chat.press(label("button-leads-resume"))).toBe(label("leads-did-resume"));
    await chat.finds(said("collect-card-running", { list: LIST }));
    await chat.pressFor(
      label("button-leads-askCancel"),
      said("leads-confirm-cancel", { items: "people", list: LIST, query: "", count: 0 }),
    );
    expect(await chat.press(label("button-leads-cancel"))).toBe(label("leads-did-cancel"));
    await chat.finds(said("collect-end-cancelled"));
  });

  test("the people of a list become a campaign's recipients, a file, or opt-outs", async () => {
    const ended = { kind: "ended", end: "targetReached", at: 0 } as const;
    bench.app.leads.put(LIST, { delivered: 2, count: 2, status: ended }, [{ end: "exhausted", sighted: 2 }]);
    const list = await chat.say("/leads", said("leads-title"));
    await chat.pressOn(list, LIST);
    await chat.finds(said("collect-card-ended", { list: LIST }));
    await chat.pressFor(
      label("button-leads-export"),
      said("leads-ask-format", { items: "people", list: LIST }),
    );
    const excel = await chat.pressFor(
      label("button-leads-xlsx"),
      said("leads-caption", { items: "people", list: LIST }),
    );
    expect(excel.document?.file_name).toBe(`${LIST}.xlsx`);
    const file = await chat.pressFor(
      label("button-leads-csv"),
      said("leads-caption", { items: "people", list: LIST }),
    );
    const text = new TextDecoder().decode(bench.world.fileBytes(file.document?.file_id ?? ""));
    expect(text).toContain(label("heading-display-name"));
    await chat.pressFor(label("button-leads-targets"), said("leads-targets", { list: LIST }));
    await chat.pressFor("coffee", said("leads-confirm-reset", { list: LIST, query: "coffee", count: 2 }));
    expect(await chat.press(label("button-leads-reset"))).toBe(label("leads-did-reset"));
    expect(bench.app.leads.resetOf).toEqual([`${LIST} tiktok_coffee`]);
    await chat.pressFor(
      label("button-leads-askSuppress"),
      said("leads-confirm-suppress", { items: "people", list: LIST, query: LIST, count: 2 }),
    );
    bench.app.leads.unusable = 3;
    expect(await chat.press(label("button-leads-suppress"))).toBe(
      `${label("leads-did-suppress", { count: 2 })} ${label("leads-suppress-unusable", { count: 3 })}`,
    );
    await chat.pressFor(label("button-leads-use"), said("ask-name"));
    await chat.pressFor(
      label("button-generate"),
      said("report-counts", { read: 2, valid: 2, duplicates: 0, invalid: 0 }),
    );
  });

  test("an open dialogue is not thrown away by another one", async () => {
    await chat.say("/collect", said("ask-source"));
    await chat.say("/new", said("dialogue-busy-collect"));
    await chat.pressFor(label("button-start-over-campaign"), said("ask-name"));
    await chat.say("/collect", said("dialogue-busy-new-campaign"));
    await chat.pressFor(label("button-start-over-collect"), said("ask-source"));
  });
});
