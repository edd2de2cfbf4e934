/** Dialogues in which a campaign of the name is there already, or comes while another is prepared. In both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "grammy/types";
import { systemClock } from "../../src/lib/clock.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { readNames } from "../support/fake-app/fake-list.ts";
import type { BotBench } from "./bot-bench.ts";
import { hastyClock, openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, SECOND_OPERATOR, arrived, labelsOf, textOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

/** One operator and what that person reads; the second one's Telegram is Persian. */
function at(bench: BotBench, person: number, locale: "en" | "fa") {
  const words = lexicon[locale];
  const chat = new Chat(bench, person);
  const label = (id: string, variables: Record<string, string | number> = {}): string =>
    words.plain(id, variables);
  const said = (id: string, variables: SentenceVariables = {}): string => arrived(words.say(id, variables));
  const firstLine = (id: string, variables: SentenceVariables = {}): string =>
    said(id, variables).split("\n")[0] ?? "";
  const list = async (names: string): Promise<Message> => {
    const read = names.split("\n").length;
    return chat.say(names, said("report-counts", { read, valid: read, duplicates: 0, invalid: 0 }));
  };
  return {
    chat,
    label,
    said,
    firstLine,
    list,
    async toPreviewOfNew(id: string, message: string, names: string): Promise<void> {
      await chat.say(`/new ${id}`, firstLine("ask-recipients", { id }));
      await list(names);
      await chat.pressFor(label("button-continue"), firstLine("ask-message", { max: 1000 }));
      await chat.say(message, firstLine("plan-title", { id }));
      await chat.pressFor(label("button-continue"), said("preview-title"));
    },
    async toConfirmationOfNew(id: string, message: string, names: string): Promise<void> {
      await this.toPreviewOfNew(id, message, names);
      await chat.pressFor(label("button-continue"), firstLine("ask-consent"));
      await chat.pressFor(label("button-consent-simulated"), firstLine("confirm-start", { ...ready, id }));
    },
    async toAddition(id: string, names: string): Promise<Message> {
      await chat.say(
        `/new ${id}`,
        firstLine("name-exists", { id, status: "", sent: 0, total: 0 }).slice(0, 8),
      );
      await chat.pressFor(label("button-same-campaign"), firstLine("ask-recipients", { id }));
      await list(names);
      const count = names.split("\n").length;
      return chat.pressFor(label("button-continue"), firstLine("addition-title", { id, count }));
    },
    async throughPreview(): Promise<Message> {
      await chat.pressFor(label("button-continue"), said("preview-title"));
      return chat.pressFor(label("button-continue"), firstLine("confirm-add", ready));
    },
  };
}

const ready = { id: "", count: 1, added: 1, channel: "", consent: "" };

describe.each(["en", "fa"] as const)("a campaign that is there, in %s", (locale) => {
  let bench: BotBench;
  let me: ReturnType<typeof at>;
  beforeEach(async () => {
    bench = await openBench({ locale, botClock: hastyClock });
    me = at(bench, OPERATOR, locale);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("gains names and keeps its text, accounts and consent, which are shown", async () => {
    const accounts = [{ name: "sim-2", caps: { perDay: 7 } }];
    bench.app.put("spring", { sent: 1, planned: 2 }, { accounts, message: "The first text" });
    const shown = await me.toAddition("spring", "ali_one\nsara_two");
    expect(textOf(shown)).toContain("The first text");
    expect(textOf(shown)).toContain("sim-2");
    expect(textOf(shown)).toContain(me.said("addition-consent", { consent: "simulated" }));
    expect(textOf(shown)).toContain(me.said("addition-hint", { left: 2, sent: 1 }));
    await me.throughPreview();
    await me.chat.pressFor(
      me.label("button-start"),
      me.said("started-added", { id: "spring", added: 2, corrected: 0 }),
    );
    const [{ draft, consent } = {}] = bench.app.started;
    expect(draft).toMatchObject({ message: "The first text", accounts, channel: "simulator" });
    expect(draft?.terms).toEqual({ kind: "goOn", changes: [], revision: 0 });
    expect(consent).toEqual({ by: String(OPERATOR), operatorId: OPERATOR });
  });

  test("changes in what is tapped, and the last question says for whom", async () => {
    bench.app.put("spring", { sent: 1, planned: 2 }, { message: "The first text" });
    await me.toAddition("spring", "ali_one\nsara_two");
    await me.chat.press(me.label("button-change-message"));
    await me.chat.finds(me.said("addition-hint", { left: 2, sent: 1 }));
    await me.chat.pressFor(me.label("button-continue"), me.firstLine("ask-message", { max: 1000 }));
    await me.chat.say("Another text", me.said("preview-title"));
    const last = await me.chat.pressFor(me.label("button-continue"), me.firstLine("confirm-add", ready));
    expect(textOf(last)).toContain(me.said("confirm-changes-message", { left: 2, sent: 1 }));
    await me.chat.pressFor(
      me.label("button-start"),
      me.said("started-added", { id: "spring", added: 2, corrected: 0 }),
    );
    expect(bench.app.started[0]?.draft).toMatchObject({
      message: "Another text",
      terms: { kind: "goOn", changes: ["message"] },
    });
  });

  test("keeps its channel: names are added through it and nothing else is offered", async () => {
    const [simulator] = bench.app.channelChoices;
    if (!simulator) throw new Error("there is no simulator");
    bench.app.channelChoices = [simulator, { ...simulator, name: "x", reachesPeople: true }];
    const accounts = [{ name: "sim-1", caps: {} }];
    bench.app.put("spring", { sent: 1 }, { channel: "x", accounts });
    await me.toAddition("spring", "ali_one\nsara_two");
    const last = await me.throughPreview();
    expect(textOf(last)).toContain(me.label("channel-x"));
    await me.chat.pressFor(
      me.label("button-start"),
      me.said("started-added", { id: "spring", added: 2, corrected: 0 }),
    );
    expect(bench.app.started[0]?.draft).toMatchObject({ channel: "x", accounts });
    expect(me.chat.texts).not.toContain(me.said("ask-channel"));
  });

  test("of another way takes in no subscribers of the bot", async () => {
    bench.app.put("spring", { sent: 1 });
    const { report } = readNames("id501\nid502", "subscribers", "list-of-subscribers");
    bench.app.nextImports.push(report);
    await me.chat.say("/new spring", "spring");
    await me.chat.pressFor(
      me.label("button-same-campaign"),
      me.firstLine("ask-recipients", { id: "spring" }),
    );
    await me.list("ali_one\nsara_two");
    const channel = me.label("channel-simulator");
    const told = me.said("addition-subscribers", { id: "spring", channel });
    await me.chat.pressFor(me.label("button-continue"), told);
    expect(bench.app.started).toEqual([]);
  });

  test("whose way is not set up any more takes nobody in", async () => {
    bench.app.put("spring", { sent: 1 }, { channel: "x" });
    await me.chat.say(
      "/new spring",
      me
        .said("name-exists", { id: "spring", status: me.label("status-running"), sent: 1, total: 1 })
        .slice(0, 9),
    );
    await me.chat.pressFor(
      me.label("button-same-campaign"),
      me.firstLine("ask-recipients", { id: "spring" }),
    );
    await me.list("ali_one\nsara_two");
    await me.chat.pressFor(me.label("button-continue"), me.said("addition-no-channel", { id: "spring" }));
    expect(bench.app.started).toEqual([]);
  });

  test("that somebody paused stays paused, and the Start says so", async () => {
    const pause = { kind: "operator", by: String(SECOND_OPERATOR) } as const;
    bench.app.put("spring", { sent: 1, planned: 1 }, { status: "paused", pause });
    const shown = await me.toAddition("spring", "ali_one\nsara_two");
    expect(textOf(shown)).toContain(me.said("addition-paused"));
    const last = await me.throughPreview();
    expect(textOf(last)).toContain(me.said("addition-paused"));
    await me.chat.pressFor(me.label("button-start"), me.said("started-paused", { id: "spring" }));
    const card = await me.chat.finds(me.firstLine("card-paused", { id: "spring" }));
    expect(labelsOf(card)).toContain(me.label("button-resume"));
    expect((await bench.app.campaigns())[0]).toMatchObject({ status: "paused", pause });
  });

  test("is meant by its name in any case", async () => {
    bench.app.put("Spring", { sent: 1 });
    const status = me.label("status-running");
    const exists = { id: "Spring", status, sent: 1, total: 1 };
    await me.chat.say("/new sPRING", me.said("name-exists", exists));
    await me.chat.pressFor(me.label("button-other-name"), me.firstLine("ask-name"));
    await me.chat.say("con", me.said("name-device", { id: "con" }));
    await me.chat.say("spring.", me.said("name-dotAtEnd", { id: "spring." }));
    await me.chat.say("/status", me.firstLine("card-running", { id: "Spring" }));
  });

  const told = async (): Promise<void> => {
    const exists = { id: "spring", status: me.label("status-running"), sent: 0, total: 1 };
    const shown = await me.chat.pressFor(me.label("button-start"), me.said("start-exists", exists));
    expect(textOf(shown)).toContain("The colleague's text");
    expect(textOf(shown)).toContain(me.said("start-kept"));
    expect(bench.app.started).toHaveLength(1);
  };

  describe("started by a colleague while one was prepared here", () => {
    let colleague: ReturnType<typeof at>;
    beforeEach(async () => {
      colleague = at(bench, SECOND_OPERATOR, "fa");
      await me.toConfirmationOfNew("spring", "My text", "ali_one\nsara_two");
      await colleague.toConfirmationOfNew("spring", "The colleague's text", "reza_three");
      await colleague.chat.pressFor(
        colleague.label("button-start"),
        colleague.said("started", { id: "spring" }),
      );
    });

    test("is shown at Start, and the names can be added to it", async () => {
      await told();
      await me.chat.pressFor(
        me.label("button-same-campaign"),
        me.firstLine("addition-title", { id: "spring", count: 2 }),
      );
      await me.throughPreview();
      await me.chat.pressFor(
        me.label("button-start"),
        me.said("started-added", { id: "spring", added: 2, corrected: 0 }),
      );
      expect(bench.app.started[1]?.draft).toMatchObject({
        message: "The colleague's text",
        terms: { kind: "goOn", changes: [] },
      });
    });

    test("leaves what was prepared as it is under another name", async () => {
      await told();
      await me.chat.pressFor(me.label("button-other-name"), me.firstLine("ask-name"));
      await me.chat.say("spring-2", me.firstLine("ask-recipients", { id: "spring-2" }));
      await me.chat.pressFor(me.label("button-keep"), me.firstLine("ask-message", { max: 1000 }));
      await me.chat.pressFor(me.label("button-keep"), me.firstLine("plan-title", { id: "spring-2" }));
      await me.chat.pressFor(me.label("button-continue"), me.said("preview-title"));
      await me.chat.pressFor(me.label("button-continue"), me.firstLine("ask-consent"));
      await me.chat.pressFor(me.label("button-consent-simulated"), me.firstLine("confirm-start", ready));
      await me.chat.pressFor(me.label("button-start"), me.said("started", { id: "spring-2" }));
      expect(bench.app.started[1]?.draft).toMatchObject({ campaignId: "spring-2", message: "My text" });
    });
  });
});

describe.each(["en", "fa"] as const)("whom other campaigns wrote to lately, in %s", (locale) => {
  test("are named in the plan, and left out or taken in at one tap each", async () => {
    await using bench = await openBench({ locale, botClock: hastyClock });
    const { chat, label, said, firstLine, list } = at(bench, OPERATOR, locale);
    bench.app.contacted = { days: 30, count: 2, by: [{ campaignId: "winter", count: 2, lastAt: 0 }] };
    await chat.say("/new spring", firstLine("ask-recipients", { id: "spring" }));
    await list("ali_one\nsara_two\nreza_three");
    await chat.pressFor(label("button-continue"), firstLine("ask-message", { max: 1000 }));
    const plan = await chat.say("Hello", firstLine("plan-title", { id: "spring" }));
    expect(textOf(plan)).toContain(said("plan-contacted", { count: 2, days: 30 }));
    expect(textOf(plan)).toContain("winter");
    await chat.press(label("button-leave-out", { count: 2 }));
    await chat.finds(said("plan-contacted-left-out", { count: 2 }));
    await chat.press(label("button-take-in", { days: 30 }));
    await chat.finds(said("plan-contacted", { count: 2, days: 30 }));
    await chat.press(label("button-leave-out", { count: 2 }));
    await chat.finds(said("plan-contacted-left-out", { count: 2 }));
    await chat.pressFor(label("button-continue"), said("preview-title"));
    await chat.pressFor(label("button-continue"), firstLine("ask-consent"));
    await chat.pressFor(label("button-consent-simulated"), firstLine("confirm-start", ready));
    await chat.pressFor(label("button-start"), said("started", { id: "spring" }));
    expect(bench.app.started[0]?.draft.notWithinDays).toBe(30);
  });
});

describe.each(["en", "fa"] as const)("Telegram goes down at the moment of Start, in %s", (locale) => {
  let bench: BotBench;
  let me: ReturnType<typeof at>;
  beforeEach(async () => {
    bench = await openBench({ locale, botClock: hastyClock });
    me = at(bench, OPERATOR, locale);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const methods = ["sendMessage", "editMessageText", "editMessageReplyMarkup"];
  const goDown = (times: number): void => {
    for (const method of methods) bench.world.failNext(method, { html: 502 }, times);
  };

  test("the campaign runs, and its live message and summary come once it is back", async () => {
    await me.toConfirmationOfNew("spring", "Hello", "ali_one\nsara_two");
    goDown(12);
    await me.chat.press(me.label("button-start"));
    const card = await me.chat.finds(me.firstLine("card-running", { id: "spring" }));
    expect(labelsOf(card)).toContain(me.label("button-pause"));
    expect(bench.app.started).toHaveLength(1);
    expect(me.chat.texts.filter((text) => text === me.said("went-wrong"))).toEqual([]);
    bench.app.put("spring", { sent: 2 }, { status: "finished" });
    bench.app.emit({ campaignId: "spring", at: 0, kind: "status", status: "finished" });
    await me.chat.finds(me.firstLine("summary-sent", { sent: 2, total: 2 }));
  });

  test("and stays down until the next start of the bot: it speaks then", async () => {
    await me.toConfirmationOfNew("spring", "Hello", "ali_one");
    goDown(10_000);
    await me.chat.press(me.label("button-start"));
    while (bench.app.started.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await bench.stop();
    bench.world.endFailures();
    await bench.start();
    await me.chat.finds(me.firstLine("card-running", { id: "spring" }));
  });
});
