/** Whole dialogues of /new over the wire, in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Markup } from "../../src/words/markup.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, arrived, labelsOf, textOf } from "./chat.ts";

function report(read: number, valid: number, duplicates = 0, invalid = 0): SentenceVariables {
  return { read, valid, duplicates, invalid };
}

function namesWith(letter: string): string {
  return Array.from({ length: 400 }, (_, index) => `${letter}name_${1000 + index}`).join("\n");
}

function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

describe.each(["en", "fa"] as const)("/new in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const label = (id: string, variables: Record<string, string | number> = {}): string =>
    bench.words.plain(id, variables);
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(bench.words.say(id, variables));
  const codes = (name: string): Markup => bench.words.codes([`{{${name}}}`]);
  const firstLine = (id: string, variables: SentenceVariables = {}): string =>
    said(id, variables).split("\n")[0] ?? "";

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const toRecipients = async (): Promise<void> => {
    await chat.say("/new", firstLine("ask-name"));
    await chat.say("spring-news", firstLine("ask-recipients", { id: "spring-news" }));
  };
  const toMessage = async (): Promise<void> => {
    await toRecipients();
    await chat.say("@ali_one\nsara_two\nreza_three", said("report-counts", report(3, 3)));
    await chat.pressFor(label("button-continue"), firstLine("ask-message", { max: 1000 }));
  };
  const toPlan = async (): Promise<void> => {
    await toMessage();
    await chat.say("Hello {{username}}", firstLine("plan-title", { id: "spring-news" }));
  };
  const toPreview = async (): Promise<void> => {
    await toPlan();
    await chat.pressFor(label("button-continue"), said("preview-title"));
  };
  const toConsent = async (): Promise<void> => {
    await toPreview();
    await chat.pressFor(label("button-continue"), firstLine("ask-consent"));
  };
  const toConfirmation = async (): Promise<void> => {
    await toConsent();
    await chat.pressFor(
      label("button-consent-simulated"),
      firstLine("confirm-start", { id: "", count: 3, channel: "", consent: "" }),
    );
  };
  test("goes from a name to a running campaign and hands over to the live message", async () => {
    await toConfirmation();
    await chat.pressFor(label("button-start"), said("started", { id: "spring-news" }));
    const card = await chat.sees(said("card-running", { id: "spring-news" }));
    expect(textOf(card)).toContain(said("card-total", { count: 3 }));
    const [{ draft, consent } = { draft: undefined, consent: undefined }] = bench.app.started;
    expect(draft).toMatchObject({
      campaignId: "spring-news",
      message: "Hello {{username}}",
      channel: "simulator",
    });
    expect(draft?.accounts.map((account) => account.name)).toEqual(["sim-1", "sim-2", "sim-3"]);
    expect(consent).toEqual({
      statement: label("consent-simulated"),
      by: String(OPERATOR),
      operatorId: OPERATOR,
    });
    expect(bench.logged).toEqual([]);
    expect(bench.documents.conversations.get()[`${OPERATOR}:${OPERATOR}`]?.state).toBeUndefined();
  });

  test("says exactly what is wrong with a name and asks again", async () => {
    await chat.say("/new", firstLine("ask-name"));
    const comma = locale === "fa" ? "، " : ", ";
    const wrong = (found: string): string => said("name-bad-characters", { found: { html: found } });
    await chat.say("spring news!", wrong(`${label("name-space")}${comma}${isolated("!")}`));
    await chat.say("x".repeat(65), said("name-too-long", { length: 65 }));
    await chat.say("-a", said("name-bad-start", { found: "-" }));
    await chat.say("a..b", said("name-dots"));
    await chat.sendFile("a.txt", "ali", said("name-not-text"));
    await chat.say("spring_1", firstLine("ask-recipients", { id: "spring_1" }));
  });

  test("makes a name up when none is wanted, and takes one that came with the command", async () => {
    await chat.say("/new", firstLine("ask-name"));
    await chat.pressFor(label("button-generate"), "task_20260101_000000");
    await chat.say("/cancel", said("dialogue-cancelled"));
    await chat.say("/new summer-1", firstLine("ask-recipients", { id: "summer-1" }));
  });

  test("says what the name of an existing campaign means before it goes on", async () => {
    bench.app.put("spring-news", { sent: 2, planned: 1 });
    await chat.say("/new", firstLine("ask-name"));
    const status = label("status-running");
    await chat.say("spring-news", firstLine("name-exists", { id: "spring-news", status, sent: 2, total: 3 }));
    await chat.pressFor(label("button-other-name"), firstLine("ask-name"));
    await chat.say("spring-news", firstLine("name-exists", { id: "spring-news", status, sent: 2, total: 3 }));
    await chat.pressFor(label("button-same-campaign"), firstLine("ask-recipients", { id: "spring-news" }));
    await chat.say("ali_one\nsara_two\nreza_three", said("report-already-sent", { count: 2 }));
  });

  test("does not take a cancelled campaign's name", async () => {
    bench.app.put("old", { sent: 2 }, { status: "cancelled" });
    await chat.say("/new old", said("name-cancelled", { id: "old" }));
  });

  test("answers a list with counts, the first bad lines and why, and the rejected rows as a file", async () => {
    await toRecipients();
    const bad = Array.from({ length: 12 }, (_, index) => `bad name ${index}`);
    const seen = await chat.say(
      ["@Ali_One", "ali_one", ...bad].join("\n"),
      said("report-counts", report(14, 1, 1, 12)),
    );
    const reason = label("invalid-spaces");
    expect(textOf(seen)).toContain(said("report-invalid-row", { line: 3, text: "bad name 0", reason }));
    expect(textOf(seen)).toContain(said("report-invalid-more", { count: 2 }));
    const file = await chat.sees(said("rejected-caption"));
    expect(file.document?.file_name).toBe(label("rejected-file"));
    expect(file.message_id).toBeLessThan(seen.message_id);
  });

  test("answers each thing that is no list with one sentence and waits for another", async () => {
    await toRecipients();
    const { world, app } = bench;
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    world.sendPhoto(OPERATOR, png);
    await chat.finds(said("problem-picture"));
    const problems = [
      "picture",
      "pdf",
      "video",
      "otherFile",
      "empty",
      "zipBomb",
      "passwordProtected",
    ] as const;
    for (const problem of problems) {
      app.nextImports.push({ kind: "problem", problem });
      await chat.sendFile("list.bin", "x", said(`problem-${problem}`));
    }
    app.nextImports.push({ kind: "problem", problem: "foreignSpreadsheet", format: "xlsb" });
    await chat.sendFile("list.xlsb", "x", said("problem-foreignSpreadsheet", { format: ".xlsb" }));
    app.nextImports.push({ kind: "problem", problem: "broken", format: "xlsx" });
    await chat.sendFile("list.xlsx", "x", said("problem-broken-xlsx"));
    app.nextImports.push({ kind: "problem", problem: "broken", format: "json", line: 7 });
    await chat.sendFile("list.json", "x", said("problem-broken-json-line", { line: 7 }));
    await chat.say("not a name", said("problem-noUsableName", { read: 1 }).split("\n")[0] ?? "");
    await chat.sendFile("list.txt", "ali_one\nsara_two", said("report-counts", report(2, 2)));
  });

  test("refuses a file over 20 MB before and while it is fetched", async () => {
    await toRecipients();
    const big = new Uint8Array(20 * 1024 * 1024 + 1);
    await chat.sendFile("big.csv", big, said("problem-tooBig", { megabytes: 20 }));
    expect(bench.world.calls().some((call) => call.method === "getFile")).toBe(false);
    bench.world.failNext("getFile", { errorCode: 400, description: "Bad Request: file is too big" });
    await chat.sendFile("list.csv", "ali_one", said("problem-tooBig", { megabytes: 20 }));
    bench.world.failNext("getFile", { errorCode: 400, description: "Bad Request: wrong file_id" });
    await chat.sendFile("list.csv", "ali_one", said("problem-notFetched"));
  });

  test("takes the parts of a list that Telegram cut, and another list instead of the first", async () => {
    await toRecipients();
    await chat.say(namesWith("a").slice(0, 4092), said("list-part", { parts: 1 }));
    await chat.say("z_last_one", said("report-counts", report(373, 373)));
    await chat.say("only_one", said("report-counts", report(1, 1)));
    await expect.poll(() => bench.app.discarded).toEqual(["list-1"]);
  });

  test("names unknown and broken variables at once", async () => {
    await toMessage();
    await chat.say(
      "Hi {{city}}",
      said("message-unknown-variables", { unknown: codes("city"), known: codes("username") }),
    );
    await chat.say("Hi {{", said("message-broken-variable", { text: "{{" }).slice(0, 12));
    await chat.say("x".repeat(1001), said("message-too-long", { length: 1001, max: 1000 }));
    await chat.sendFile("a.txt", "Hi", said("message-not-taken-attachments"));
    await chat.say("Hi", firstLine("plan-title", { id: "spring-news" }));
  });

  test("figures the plan out anew with every press and every number typed", async () => {
    await toPlan();
    await chat.press(label("button-account-on", { account: "sim-2" }));
    const off = await chat.finds(said("plan-title", { id: "spring-news" }));
    await expect
      .poll(() => labelsOf(chat.fromBot.at(-1) ?? off))
      .toContain(label("button-account-off", { account: "sim-2" }));
    await chat.press(label("button-limit", { count: 25 }));
    const limit = (account: string): string => said("plan-account-limited", { account, limit: 25, used: 0 });
    await chat.finds(limit("sim-3"));
    await chat.say(
      locale === "fa" ? "۷" : "7",
      said("plan-account-limited", { account: "sim-1", limit: 7, used: 0 }),
    );
    await chat.say("seven", said("plan-limit-wrong", { most: 1_000_000 }));
    await chat.press(label("button-limit-none"));
    await chat.finds(said("plan-account-free", { account: "sim-1", used: 0 }));
    await chat.press(label("button-account-on", { account: "sim-1" }));
    await chat.press(label("button-account-on", { account: "sim-3" }));
    const none = await chat.finds(said("plan-no-account"));
    expect(labelsOf(none)).not.toContain(label("button-continue"));
  });

  test("previews for three real recipients and sends a test without holding up the chat", async () => {
    const gate = new EventTarget();
    bench.app.testAnswer = async (username) => {
      await new Promise((resolve) => gate.addEventListener("open", resolve));
      return { kind: "sent", username, messageId: "1" };
    };
    await toPreview();
    const preview = chat.fromBot.at(-1);
    for (const name of ["ali_one", "sara_two", "reza_three"])
      expect(textOf(preview)).toContain(`Hello ${name}`);
    await chat.pressFor(label("button-test-send"), said("ask-test-name"));
    const reason = label("invalid-spaces");
    await chat.say("my friend", said("test-bad-name", { username: "my friend", reason }));
    await chat.say("My_Friend", said("test-sending", { username: "My_Friend" }));
    await chat.say("/campaigns", said("campaigns-none"));
    gate.dispatchEvent(new Event("open"));
    await chat.finds(said("test-sent", { username: "My_Friend" }));
    expect(bench.app.tested.map((one) => one.username)).toEqual(["My_Friend"]);
    const until = Date.UTC(2100, 0, 1);
    bench.app.testAnswer = async (username) => ({
      kind: "notSent",
      username,
      why: "noAccountFree",
      waits: [{ name: "sim-1", trouble: "capped", until }],
    });
    await chat.pressFor(label("button-test-send"), said("ask-test-name"));
    await chat.say("My_Friend", said("test-sending", { username: "My_Friend" }));
    await chat.finds(said("card-capped", { account: "sim-1", moment: bench.words.moment(until) }));
    await chat.pressFor(label("button-edit-message"), firstLine("ask-message", { max: 1000 }));
    await chat.say("Other text", firstLine("plan-title", { id: "spring-news" }));
  });

  test("asks for a statement of consent that says something", async () => {
    await toConsent();
    await chat.say("yes", said("consent-too-short"));
    await chat.sendFile("a.txt", "yes", said("consent-not-text"));
    const statement = "They signed up <here> in May";
    await chat.say(statement, firstLine("confirm-start", { id: "", count: 3, channel: "", consent: "" }));
    await chat.pressFor(label("button-start"), said("started", { id: "spring-news" }));
    expect(bench.app.started[0]?.consent.statement).toBe(statement);
  });

  test("goes back step by step and keeps what was given", async () => {
    await toConfirmation();
    const back = label("button-back");
    await chat.pressFor(back, firstLine("ask-consent"));
    await chat.pressFor(back, said("preview-title"));
    await chat.pressFor(back, firstLine("plan-title", { id: "spring-news" }));
    await chat.pressFor(back, firstLine("ask-message", { max: 1000 }));
    await chat.pressFor(back, firstLine("ask-recipients", { id: "spring-news" }));
    await chat.pressFor(back, firstLine("ask-name"));
    const keep = label("button-keep");
    await chat.pressFor(keep, firstLine("ask-recipients", { id: "spring-news" }));
    await chat.pressFor(keep, firstLine("ask-message", { max: 1000 }));
    await chat.pressFor(keep, firstLine("plan-title", { id: "spring-news" }));
  });

  test.each([
    ["the name", async () => void (await chat.say("/new", firstLine("ask-name")))],
    ["the recipients", () => toRecipients()],
    ["the message", () => toMessage()],
    ["the plan", () => toPlan()],
    ["the preview", () => toPreview()],
    ["the consent", () => toConsent()],
    ["the confirmation", () => toConfirmation()],
  ])("can be left at %s, by button and by command", async (_, reach) => {
    await reach();
    await chat.pressFor(label("button-cancel"), said("dialogue-cancelled"));
    // What was prepared would be offered; here it is begun anew.
    await bench.documents.drafts.update(() => ({}));
    await reach();
    await chat.say("/cancel", said("dialogue-cancelled"));
    expect(bench.app.started).toEqual([]);
    await chat.say("hello?", said("nothing-asked"));
  });
});
