/** Everything around the dialogue: who is heard, what commands and buttons do, and what a late press can't do. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { UnreadableRecordError } from "../../src/domain/errors.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { campaignChoice } from "../../src/bot/views/callback-data.ts";
import type { SentenceVariables, Words } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, SECOND_OPERATOR, STRANGER, arrived, labelsOf, textOf } from "./chat.ts";
import { createLexicon } from "../../src/words/words.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

describe.each(["en", "fa"] as const)("steering in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const words: Words = lexicon[locale];
  const label = (id: string, variables: Record<string, string | number> = {}): string =>
    words.plain(id, variables);
  const said = (id: string, variables: SentenceVariables = {}): string => arrived(words.say(id, variables));

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("somebody who is no operator gets one polite line and controls nothing", async () => {
    const stranger = new Chat(bench, STRANGER);
    bench.app.put("spring-news", { planned: 3 });
    await stranger.say("Hello", said("stranger"));
    bench.world.sendText(STRANGER, "/pause spring-news");
    bench.world.sendText(STRANGER, "/new");
    const pressed = await bench.world.press(
      STRANGER,
      stranger.fromBot[0]?.message_id ?? 0,
      campaignChoice("pause", "spring-news"),
    );
    expect(pressed.text).toBe(label("stranger"));
    await chat.say("/status", said("card-running", { id: "spring-news" }));
    expect(stranger.texts).toEqual([said("stranger")]);
    expect((await bench.app.campaigns())[0]?.status).toBe("running");
  });

  test("a campaign whose record can't be read is said wherever it is looked at, and hides no other", async () => {
    for (const id of ["spring-news", "summer-news"]) bench.app.put(id, { sent: 3 });
    const view = bench.app.view.bind(bench.app);
    const error = new UnreadableRecordError("spring-news", { cause: new Error("line 8"), countsUntil: 0 });
    bench.app.view = (id) => (id === "spring-news" ? Promise.reject(error) : view(id));
    const unreadable = said("campaign-unreadable", { id: "spring-news", command: "peyk doctor" });
    const list = await chat.say("/campaigns", unreadable);
    expect(textOf(list)).toContain("summer-news");
    await chat.say("/status", unreadable);
  });

  test("the commands are announced in both languages, and follow the one chosen here", async () => {
    await chat.say("/help", said("help-title"));
    const announced = bench.world.calls().filter((call) => call.method === "setMyCommands");
    const [everybodys, own] = [announced.slice(0, 3), announced.slice(3)];
    expect(everybodys.map((call) => call.payload["language_code"])).toEqual([undefined, "en", "fa"]);
    expect(everybodys.map(({ payload }) => JSON.stringify(payload))).not.toContain("pause");
    expect(own.map(({ payload }) => JSON.stringify(payload["scope"]))).toContain(
      JSON.stringify({ type: "chat", chat_id: OPERATOR }),
    );
    await chat.say("/language", said("ask-language"));
    await chat.press(label(locale === "en" ? "button-persian" : "button-english"));
    const other = lexicon[locale === "en" ? "fa" : "en"];
    await chat.finds(other.plain("language-set"));
    await expect
      .poll(() => bench.world.calls().findLast((call) => call.method === "setMyCommands")?.payload["scope"])
      .toEqual({ type: "chat", chat_id: OPERATOR });
    await chat.say("/help", arrived(other.say("help-title")));
  });

  test("/pause, /resume and /cancel act on the only campaign they can mean", async () => {
    bench.app.put("spring-news", { planned: 3 });
    await chat.say("/pause", said("did-pause"));
    await chat.say("/pause", said("nothing-pause"));
    await chat.say("/resume", said("did-resume"));
    await chat.say("/cancel", said("confirm-cancel", { id: "spring-news", left: 3 }));
    expect(await chat.press(label("button-confirm-cancel"))).toBe(label("did-cancel"));
    expect((await bench.app.campaigns())[0]?.status).toBe("cancelled");
    await chat.say("/cancel", said("nothing-to-cancel"));
    await chat.say("/resume", said("nothing-resume"));
    await chat.say("/retry", said("nothing-retry"));
  });

  test("a command with an id goes to that campaign, and one that could mean several asks", async () => {
    bench.app.put("a", { planned: 1 });
    bench.app.put("b", { planned: 1 });
    await chat.say("/pause b", said("did-pause"));
    await chat.say("/pause nowhere", said("no-such-campaign", { id: "nowhere" }));
    await chat.say("/status nowhere", said("no-such-campaign", { id: "nowhere" }));
    await chat.say("/status b", said("card-paused", { id: "b" }));
    bench.app.put("c", { planned: 1 });
    await chat.say("/pause", said("which-pause"));
    expect(await chat.press("c")).toBe(label("did-pause"));
    expect((await bench.app.campaigns()).map((one) => one.status)).toEqual(["running", "paused", "paused"]);
  });

  test("a button pressed twice, late or for a campaign that is gone never does the wrong thing", async () => {
    bench.app.put("spring-news", { planned: 3 });
    const card = await chat.say("/status", said("card-running", { id: "spring-news" }));
    expect(await chat.pressOn(card, label("button-pause"))).toBe(label("did-pause"));
    const status = label("status-paused");
    expect(await chat.pressOn(card, label("button-pause"))).toBe(
      label("not-now", { id: "spring-news", status }),
    );
    const { world } = bench;
    const gone = await world.press(OPERATOR, card.message_id, campaignChoice("pause", "spring-news"));
    expect(gone.text).toBe(label("not-now", { id: "spring-news", status }));
  });

  test("cancelling is asked about first, and an old question can't be answered", async () => {
    bench.app.put("spring-news", { planned: 3 });
    const question = await chat.say("/cancel", said("confirm-cancel", { id: "spring-news", left: 3 }));
    expect(await chat.pressOn(question, label("button-keep-campaign"))).toBe(label("question-kept"));
    await chat.finds(said("question-kept"));
    expect((await bench.app.campaigns())[0]?.status).toBe("running");
  });

  test("cancelling twice says twice that it is cancelled, not that it can't be", async () => {
    bench.app.put("spring-news", { planned: 3 });
    const question = await chat.say("/cancel", said("confirm-cancel", { id: "spring-news", left: 3 }));
    for (let press = 0; press < 2; press += 1)
      expect(await chat.pressOn(question, label("button-confirm-cancel"))).toBe(label("did-cancel"));
    await chat.finds(said("did-cancel"));
  });

  test("/campaigns lists them all and opens one", async () => {
    await chat.say("/campaigns", said("campaigns-none"));
    const createdAt = Date.UTC(2026, 0, 1);
    bench.app.put("old", { sent: 2, failed: 1 }, { status: "finished" });
    bench.app.put("task_20260101_033000", { sent: 1 }, { status: "finished", createdAt });
    const list = await chat.say("/campaigns", said("campaigns-title"));
    const date = locale === "fa" ? "۱۱ دی ۱۴۰۴" : "1 January 2026";
    expect(textOf(list)).toContain(date);
    expect(textOf(list)).toContain(
      said("campaigns-line", { id: "old", status: label("status-finished"), sent: 2, total: 3 }),
    );
    const card = await chat.pressFor("old", said("card-finished", { id: "old" }));
    expect(labelsOf(card)).toContain(label("button-retry", { count: 1 }));
    expect(await chat.press(label("button-retry", { count: 1 }))).toBe(label("did-retry"));
    expect((await bench.app.campaigns())[0]?.status).toBe("running");
  });

  test("the report is a picture and a spreadsheet, with other formats at a press", async () => {
    bench.app.put("old", { sent: 1 }, { status: "finished" });
    const picture = await chat.say("/report", said("picture-caption", { id: "old" }));
    expect(picture.photo).toHaveLength(1);
    const sheet = await chat.finds(said("results-caption", { id: "old" }));
    expect(sheet.document?.file_name).toBe("old-results.xlsx");
    expect(labelsOf(sheet)).toEqual([label("button-results-csv"), label("button-results-json")]);
    await chat.pressOn(sheet, label("button-results-csv"));
    const csv = await chat.sees(said("results-caption", { id: "old" }));
    expect(csv.document?.file_name).toBe("old-results.csv");
    const text = new TextDecoder().decode(bench.world.fileBytes(csv.document?.file_id ?? ""));
    expect(text).toContain(label("heading-username"));
    expect(text).toContain(label("state-sent"));
  });

  test("a picture that can't be drawn keeps nobody from the results", async () => {
    bench.app.put("old", { sent: 1 }, { status: "finished" });
    bench.app.drawReport = () => Promise.reject(new Error("no typeface"));
    await chat.say("/report", said("results-caption", { id: "old" }));
    expect(bench.logged.join()).toContain("no typeface");
  });

  test("the log can be made silent or told name by name", async () => {
    await chat.say("/log", said("ask-log", { now: label("log-important") }));
    await chat.press(label("button-log-all"));
    await chat.finds(said("log-set", { now: label("log-all") }));
    await chat.say("/log", said("ask-log", { now: label("log-all") }));
  });

  test("uncertain recipients come as cards, and sending again is asked about once more", async () => {
    bench.app.put("spring-news", { uncertain: 3 }, { status: "finished" });
    bench.app.doubts = ["ali_one", "sara_two", "reza_three"].map((username) => ({
      username,
      account: "sim-1",
      claimedAt: systemClock.now(),
      claim: username,
      canCheck: username === "ali_one",
    }));
    const cardOf = (username: string): ReturnType<Chat["finds"]> =>
      chat.finds(said("uncertain-card", { username, account: "sim-1", moment: "#" }).split("#")[0] ?? "");
    await chat.say("/campaigns", said("campaigns-title"));
    await chat.pressFor("spring-news", said("card-finished", { id: "spring-news" }));
    await chat.pressFor(
      label("button-uncertain", { count: 3 }),
      said("uncertain-title", { id: "spring-news", count: 3 }),
    );
    const [ali, sara, reza] = [await cardOf("ali_one"), await cardOf("sara_two"), await cardOf("reza_three")];
    await chat.pressOn(ali, label("button-check"));
    await chat.finds(said("resolved-uncertain", { username: "ali_one" }));
    await chat.pressOn(sara, label("button-send-again"));
    const question = await chat.finds(said("confirm-again", { username: "sara_two" }));
    expect(bench.app.resolved).toEqual(["spring-news ali_one check"]);
    await chat.pressOn(question, label("button-confirm-again"));
    await chat.finds(said("resolved-again", { username: "sara_two" }));
    await chat.pressOn(reza, label("button-count-sent"));
    await chat.finds(said("resolved-sent", { username: "reza_three" }));
    expect(await chat.pressOn(reza, label("button-count-sent"))).toBe(label("resolved-already"));
    expect(bench.app.resolved.slice(1)).toEqual([
      "spring-news sara_two again",
      "spring-news reza_three sent",
    ]);
  });

  test("what belongs to nothing gets a hint, and an unknown button its answer", async () => {
    await chat.say("hello", said("nothing-asked"));
    const message = await chat.say("/start", said("welcome").split("\n")[0] ?? "");
    const answer = await bench.world.press(OPERATOR, message.message_id, "from:another:age");
    expect(answer.text).toBe(label("gone-button"));
  });
});

test("each operator is spoken to in a language of their own", async () => {
  await using bench = await openBench({ locale: "en" });
  await new Chat(bench).say("/help", arrived(lexicon.en.say("help-title")));
  await new Chat(bench, SECOND_OPERATOR).say("/help", arrived(lexicon.fa.say("help-title")));
});
