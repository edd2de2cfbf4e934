/** Nothing makes the bot deaf: what binds at receipt does so while answers, downloads and dialogues take their time. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { campaignChoice } from "../../src/bot/views/callback-data.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, SECOND_OPERATOR, STRANGER, arrived } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

/** Something that goes on until it is let go. */
function gate(): { readonly slow: Promise<void>; readonly open: () => void } {
  const opening = new AbortController();
  const slow = new Promise<void>((resolve) => opening.signal.addEventListener("abort", () => resolve()));
  return { slow, open: () => opening.abort() };
}

describe.each(["en", "fa"] as const)("in %s", (locale) => {
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(words.say(id, variables)).split("\n")[0] ?? "";
  const label = (id: string): string => words.plain(id);
  let bench: BotBench;
  let chat: Chat;
  let person: Chat;
  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
    person = new Chat(bench, STRANGER);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const askForList = (): Promise<unknown> =>
    chat.say("/new spring-news", said("ask-recipients", { id: "spring-news" }));

  /** An operator's list is being downloaded until the gate is opened. */
  async function slowDownload(): Promise<() => void> {
    const { slow, open } = gate();
    await askForList();
    bench.world.failNext("file", { slow });
    bench.world.sendDocument(OPERATOR, { name: "list.txt", bytes: new TextEncoder().encode("ali_one") });
    await expect.poll(() => bench.world.calls().some(({ method }) => method === "getFile")).toBe(true);
    return open;
  }

  test("an opt-out binds and is answered while an operator's list takes its time", async () => {
    await person.say("/start", said("subscribed", { bot: "Peyk" }));
    const open = await slowDownload();
    await person.say("/stop", said("unsubscribed"));
    expect(await bench.app.subscribers.isSubscribed(STRANGER)).toBe(false);
    open();
    await chat.finds(said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }));
  });

  test("Pause and Resume bind while the same chat's list takes its time, as commands and as buttons", async () => {
    bench.app.put("other", { planned: 3 });
    const card = await chat.say("/status", said("card-running", { id: "other" }));
    const open = await slowDownload();
    await chat.say("/pause other", said("did-pause"));
    await chat.say("/RESUME other", said("did-resume"));
    expect(await chat.pressOn(card, label("button-pause"))).toBe(label("did-pause"));
    expect((await bench.app.campaigns())[0]?.status).toBe("paused");
    open();
    await chat.finds(said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }));
  });

  test("Pause binds though no answer in its chat gets through, and a second one waits for no first", async () => {
    bench.app.put("one", { planned: 3 });
    bench.app.put("two", { planned: 3 });
    const { slow, open } = gate();
    bench.world.failNext("sendMessage", { slow }, 3, OPERATOR);
    bench.world.sendText(OPERATOR, "/help");
    bench.world.sendText(OPERATOR, "/pause one");
    bench.world.sendText(OPERATOR, "/pause two");
    await expect
      .poll(async () => (await bench.app.campaigns()).map(({ status }) => status))
      .toEqual(["paused", "paused"]);
    open();
  });

  test.each(["command", "button"] as const)(
    "leaves the dialogue by %s while its list takes its time",
    async (how) => {
      const open = await slowDownload();
      if (how === "command") await chat.say("/cancel", said("dialogue-cancelled"));
      else await chat.pressFor(label("button-cancel"), said("dialogue-cancelled"));
      await chat.say("hello", said("nothing-asked"));
      open();
      await chat.say("/status", said("status-none"));
      expect(chat.texts.join("\n")).not.toContain(
        said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }),
      );
      expect(bench.logged).toEqual([]);
      await askForList();
    },
  );

  test("one operator's slow answers keep nobody else waiting", async () => {
    const { slow, open } = gate();
    bench.world.failNext("sendMessage", { slow }, 1, OPERATOR);
    bench.world.sendText(OPERATOR, "/help");
    const second = new Chat(bench, SECOND_OPERATOR);
    await second.say("/campaigns", arrived(lexicon.fa.say("campaigns-none")));
    open();
  });

  test("a thousand messages of one person don't keep their own /stop waiting", async () => {
    await person.say("/start", said("subscribed", { bot: "Peyk" }));
    for (let count = 0; count < 1000; count += 1) bench.world.sendText(STRANGER, `message ${count}`);
    bench.world.sendText(STRANGER, "/stop");
    await person.finds(said("unsubscribed"));
    expect(await bench.app.subscribers.isSubscribed(STRANGER)).toBe(false);
  });

  test("while Telegram lets nothing into a chat, what binds there binds, one word after another, and is answered", async () => {
    bench.app.put("one", { planned: 3 });
    bench.app.put("two", { planned: 3 });
    const list = await chat.say("/pause", said("which-pause"));
    const { slow, open } = gate();
    bench.world.failNext("sendMessage", { slow }, 50, OPERATOR);
    // Each of these asks or tells something, which waits for Telegram.
    for (const text of ["/pause", "/resume", "/cancel one", "/pause nothing", "/help"])
      bench.world.sendText(OPERATOR, text);
    bench.world.press(OPERATOR, list.message_id, campaignChoice("askCancel", "one")).catch(() => undefined);
    const paused = await bench.world.press(OPERATOR, list.message_id, campaignChoice("pause", "one"));
    const waits = await bench.world.press(OPERATOR, list.message_id, campaignChoice("results", "one"));
    open();
    expect([paused.text, waits.text]).toEqual([label("did-pause"), label("press-waits")]);
    expect((await bench.app.campaigns()).find(({ id }) => id === "one")?.status).toBe("paused");
  });

  test("the flood of somebody who is no operator is told once that the rest was not read, and their last word binds", async () => {
    await person.say("/start", said("subscribed", { bot: "Peyk" }));
    for (let count = 0; count < 5000; count += 1) bench.world.sendText(STRANGER, `message ${count}`);
    bench.world.sendText(STRANGER, "stop🛑");
    await expect.poll(() => bench.app.subscribers.isSubscribed(STRANGER)).toBe(false);
    await person.finds(said("unsubscribed"));
  });

  test("a command that is none is answered with the one that was meant, and is never a message or a list", async () => {
    await chat.say("/pasue", said("unknown-command-meant", { given: "pasue", meant: "pause" }));
    await chat.say("/weather", said("unknown-command", { given: "weather" }));
    await askForList();
    await chat.say("/statsu", said("unknown-command-meant", { given: "statsu", meant: "status" }));
    await chat.say("/وضعیت", said("unknown-command", { given: "وضعیت" }));
    await chat.say("ali_one", said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }));
    await chat.pressFor(label("button-continue"), said("ask-message", { max: 1000 }));
    await chat.say("/nwe", said("unknown-command-meant", { given: "nwe", meant: "new" }));
    await chat.say("Hello", said("plan-title", { id: "spring-news" }));
  });

  test("/cancel leaves whichever dialogue is open, and asks about a campaign only when none is, or one is named", async () => {
    bench.app.put("other", { planned: 3 });
    await chat.say("/collect", said("ask-source"));
    await chat.say("/cancel", said("collect-cancelled"));
    await askForList();
    await chat.say("/cancel other", said("confirm-cancel", { id: "other", left: 3 }));
    await chat.say("/cancel", said("dialogue-cancelled"));
    await chat.say("/cancel", said("confirm-cancel", { id: "other", left: 3 }));
  });

  test("what was taken in before a kill is handled once by the next start, the opt-out before anything is sent", async () => {
    await person.say("/start", said("subscribed", { bot: "Peyk" }));
    await bench.stop();
    bench.world.sendText(STRANGER, "/stop");
    await bench.start();
    await person.sees(said("unsubscribed"));
    await bench.restart();
    await person.say("hello", said("stranger"));
    expect(person.texts.filter((text) => text.startsWith(said("unsubscribed")))).toHaveLength(1);
  });

  test("says which dialogue is open when another one is asked for", async () => {
    await chat.say("/collect", said("ask-source"));
    await chat.say("/new", said("dialogue-busy-collect"));
    await chat.press(label("button-go-on"));
    await chat.say("/cancel", said("collect-cancelled"));
    await askForList();
    await chat.say("/collect", said("dialogue-busy-new-campaign"));
    await chat.pressFor(label("button-start-over-collect"), said("ask-source"));
  });
});

const { en } = lexicon;

test("an update that was in hand when Peyk died twice is set aside, the operator is told, and the dialogue goes on", async () => {
  const chatOf = { id: OPERATOR, type: "private", first_name: "Sara" };
  const message = {
    message_id: 1,
    date: 1,
    chat: chatOf,
    from: { ...chatOf, is_bot: false, language_code: "en" },
  };
  const bomb = {
    update_id: 5,
    message: { ...message, document: { file_id: "f", file_unique_id: "u", file_name: "bomb.xlsx" } },
  };
  await using bench = await openBench();
  const chat = new Chat(bench);
  await chat.say(
    "/new spring-news",
    arrived(en.say("ask-recipients", { id: "spring-news" })).split("\n")[0] ?? "",
  );
  await bench.stop();
  await bench.kept.putUpdate(bomb, 2);
  await bench.start();
  const what = en.plain("aside-file", { name: "bomb.xlsx" });
  const told = arrived(en.say("update-set-aside", { what, path: "aside.jsonl" }));
  await chat.finds(told.split("aside.jsonl")[0] ?? "");
  expect((await bench.kept.setAside()).map(({ update_id: id }) => id)).toEqual([5]);
  await chat.say(
    "ali_one",
    arrived(en.say("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 })),
  );
});

test("a token that Telegram refuses ends the listening with a sentence in the operator's language", async () => {
  for (const locale of ["en", "fa"] as const) {
    await using bench = await openBench({ locale });
    bench.world.failNext("getUpdates", { errorCode: 401, description: "Unauthorized" });
    bench.world.sendText(STRANGER, "wakes the poll");
    await expect(bench.running()).rejects.toThrow(lexicon[locale].plain("listen-end-unauthorized"));
  }
});

test("a conflict is said and waited for, and listening goes on", async () => {
  await using bench = await openBench({ locale: "fa" });
  const conflict = { errorCode: 409, description: "Conflict: terminated by other getUpdates request" };
  bench.world.failNext("getUpdates", conflict);
  bench.world.sendText(STRANGER, "wakes the poll");
  await expect.poll(() => bench.logged.join("\n")).toContain(lexicon.fa.plain("listen-conflict"));
});

test("a press that nobody offered and one of another age are answered and do nothing", async () => {
  await using bench = await openBench();
  const chat = new Chat(bench);
  const message = await chat.say("/help", arrived(en.say("help-title")));
  bench.app.put("spring-news", { planned: 3 });
  const forged = [
    "",
    "d:",
    "d:zz:1:cancel",
    "c:pause:short",
    "c:explode:abcdefghij",
    "x".repeat(64),
    "over:",
    "u:::",
  ];
  for (const data of [...forged, campaignChoice("pause", "not-there")]) {
    const { unanswered } = await bench.world.press(OPERATOR, message.message_id, data);
    expect(unanswered).toBeUndefined();
  }
  expect((await bench.app.campaigns())[0]?.status).toBe("running");
  expect(bench.logged).toEqual([]);
});
