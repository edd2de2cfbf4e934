/** Changing a campaign from its card, in both languages: the submenu, its topics, and what a late press can't do. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChannelChoice } from "../../src/app/drafts/draft.ts";
import type { SentenceVariables, Words } from "../../src/words/words.ts";
import { optionLabel } from "../../src/bot/views/drafts/options.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, SECOND_OPERATOR, arrived, labelsOf, textOf } from "./chat.ts";

const ID = "spring-news";

const telegram: ChannelChoice = {
  name: "telegram",
  reachesPeople: true,
  maxMessageLength: 4096,
  maxCaptionLength: 1024,
  takes: { formatting: true, attachments: true, buttons: true },
  accounts: [{ name: "bot", caps: {} }],
};

describe.each(["en", "fa"] as const)("changing in %s", (locale) => {
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
    bench.app.put(ID, { planned: 60, sent: 40 }, { message: "Hi {{username}}" });
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const menu = (): string => said("change-title", { id: ID, left: 60, had: 40 }).split("\n")[1] ?? "";
  const openMenu = async (): Promise<void> => {
    await chat.say("/status", said("card-running", { id: ID }));
    await chat.pressFor(label("button-change"), menu());
  };

  test("another text is written, seen, confirmed, and counts for those who are left", async () => {
    await openMenu();
    await chat.pressFor(label("change-text", { value: "Hi {{username}}" }), said("message-kept"));
    const wrong = said("message-unknown-variables", { unknown: words.codes(["{{city}}"]), known: "" });
    await chat.say("Hello from {{city}}", wrong.slice(0, 20));
    await chat.say("Good news", said("change-text-ask", { id: ID, left: 60, had: 40 }));
    await chat.pressFor(label("button-change-apply"), said("change-done", { id: ID, revision: 2, left: 60 }));
    const shown = await chat.sees(menu());
    const [campaign] = await bench.app.campaigns();
    expect(campaign).toMatchObject({ message: "Good news", revision: 1, status: "running" });
    expect(campaign?.revisions).toMatchObject([{ number: 1, by: "1001", what: ["message"] }]);
    expect(campaign?.earlierMessages).toMatchObject([{ message: "Hi {{username}}", revision: 0 }]);
    expect(labelsOf(shown).join()).toContain("Good news");
  });

  test("another text keeps the file and the links there are, until it is told to go without", async () => {
    const attachment = { kind: "document", file: "file-1", name: "plan.pdf" } as const;
    const buttons = [{ label: "Shop", url: "https://example.com" }];
    bench.app.channelChoices.splice(0, Infinity, telegram);
    bench.app.put(ID, { planned: 60, sent: 40 }, { channel: "telegram", extras: { attachment, buttons } });
    const asked = said("change-text-ask", { id: ID, left: 60, had: 40 });
    const write = async (text: string): Promise<void> => {
      await openMenu();
      const [value = ""] = (await bench.app.campaigns()).map(({ message }) => message);
      await chat.pressFor(label("change-text", { value }), said("message-kept"));
      await chat.say(text, asked);
    };
    await write("Good news");
    await chat.pressFor(label("button-change-apply"), said("change-done", { id: ID, revision: 2, left: 60 }));
    expect(await bench.app.campaigns()).toMatchObject([
      { message: "Good news", extras: { attachment, buttons } },
    ]);
    await write("Better news");
    await chat.pressFor(label("button-without-file"), asked);
    await chat.pressFor(label("button-change-apply"), said("change-done", { id: ID, revision: 3, left: 60 }));
    expect((await bench.app.campaigns())[0]?.extras).toEqual({ buttons });
  });

  test("somebody else's change in between is not overwritten, and the same text changes nothing", async () => {
    await openMenu();
    const topic = label("change-text", { value: "Hi {{username}}" });
    await chat.pressFor(topic, said("message-kept"));
    await chat.say("Mine", said("change-text-ask", { id: ID, left: 60, had: 40 }));
    await bench.app.change(ID, { message: { text: "Theirs" }, by: String(SECOND_OPERATOR) });
    await chat.pressFor(label("button-change-apply"), said("change-refused-changed", { id: ID }));
    expect((await bench.app.campaigns())[0]?.message).toBe("Theirs");
    await chat.sees(menu());
    await chat.pressFor(label("change-text", { value: "Theirs" }), said("message-kept"));
    await chat.pressFor(label("button-keep"), said("change-text-ask", { id: ID, left: 60, had: 40 }));
    await chat.pressFor(label("button-change-apply"), said("change-refused-same", { id: ID }));
    expect((await bench.app.campaigns())[0]?.revision).toBe(1);
  });

  test("the daily limit is raised from the card of a campaign that waits for nothing else", async () => {
    const accounts = [{ name: "sim-1", caps: { perDay: 4, perHour: 2 } }];
    const until = Date.UTC(2100, 0, 1);
    const pause = {
      kind: "noAccount" as const,
      until,
      accounts: [{ name: "sim-1", trouble: "capped" as const, until }],
    };
    bench.app.put(ID, { planned: 60, sent: 40 }, { status: "paused", pause, accounts });
    await chat.say("/status", said("card-paused", { id: ID }));
    const now = words.plain("button-limit", { count: 4 });
    await chat.pressFor(label("button-raise-limit"), said("change-limit-ask", { id: ID, now }));
    await chat.say("none", said("plan-limit-wrong", { most: 1_000_000 }));
    await chat.say(locale === "fa" ? "۲۵" : "25", said("change-done", { id: ID, revision: 1, left: 60 }));
    const [campaign] = await bench.app.campaigns();
    expect(campaign?.accounts).toEqual([{ name: "sim-1", caps: { perHour: 2, perDay: 25 } }]);
    expect(labelsOf(await chat.sees(menu())).join()).toContain(words.plain("button-limit", { count: 25 }));
  });

  test("an account is left out and another joins with the others' limit, and the details say whose word it was", async () => {
    const accounts = ["one", "two"].map((name) => ({ name, caps: { perDay: 20 } }));
    bench.app.channelChoices.splice(0, Infinity, {
      name: "simulator",
      reachesPeople: false,
      maxMessageLength: 4096,
      accounts: ["one", "two", "three"].map((name) => ({ name, caps: { perDay: 4 } })),
    });
    bench.app.put(ID, { planned: 60, sent: 40 }, { message: "Hi", accounts });
    await openMenu();
    const value = label("change-accounts-count", { count: 2 });
    const ask = said("change-accounts-ask", { id: ID });
    await chat.pressFor(label("change-accounts", { value }), ask);
    const press = (on: boolean, account: string): Promise<unknown> =>
      chat.press(label(on ? "button-account-on" : "button-account-off", { account }));
    await press(true, "one");
    await chat.finds(said("change-accounts-a-day", { left: 60, count: 1, most: 20 }));
    await press(true, "two");
    await chat.finds(said("plan-no-account"));
    await press(false, "two");
    await press(false, "three");
    const shown = await chat.finds(said("change-accounts-a-day", { left: 60, count: 2, most: 40 }));
    expect(textOf(shown)).toContain(said("change-accounts-out", { names: words.codes(["one"]) }));
    await chat.pressFor(
      label("button-accounts-apply", { count: 2 }),
      said("change-done", { id: ID, revision: 1, left: 60 }),
    );
    expect((await bench.app.campaigns())[0]).toMatchObject({
      accounts: ["two", "three"].map((name) => ({ name, caps: { perDay: 20 } })),
      formerAccounts: ["one"],
      revisions: [{ by: "1001", what: ["accounts"] }],
    });
    const card = await chat.say(`/report ${ID}`, said("card-sent", { count: 40 }));
    await chat.pressOn(card, label("button-details"));
    const details = await chat.finds(said("details-former-accounts", { names: words.codes(["one"]) }));
    expect(textOf(details)).toContain(label("changed-accounts"));
  });

  test("more names join with a statement of their own, after it is said who is new and who is not", async () => {
    bench.app.put(
      ID,
      { planned: 2000 },
      { message: "Hi", consent: { statement: "First.", by: "1001", at: 1 } },
    );
    await chat.say("/change", said("change-title", { id: ID, left: 2000, had: 0 }).split("\n")[1] ?? "");
    const value = label("change-names-count", { count: 2000 });
    await chat.pressFor(label("change-names", { value }), said("ask-recipients", { id: ID }).slice(0, 20));
    await chat.say("@p1500\n@p1600", said("report-counts", { read: 2, valid: 2, duplicates: 0, invalid: 0 }));
    await chat.press(label("button-continue"));
    await chat.finds(said("names-nobody", { id: ID }));
    const counts = said("report-counts", { read: 4, valid: 4, duplicates: 0, invalid: 0 });
    await chat.say("@p1500\n@new_one\n@new_two\n@p_out", counts);
    await chat.pressFor(label("button-continue"), said("ask-consent").slice(0, 20));
    const shown = await chat.say("They signed up in June.", said("names-ask", { id: ID }));
    const told = [["new", 3] as const, ["known", 1] as const, ["suppressed", 1] as const];
    for (const [what, count] of told) expect(textOf(shown)).toContain(said(`names-${what}`, { count }));
    expect(textOf(shown)).toContain("They signed up in June.");
    await bench.restart();
    await chat.pressFor(
      label("button-names-add", { count: 3 }),
      said("names-added", { id: ID, added: 3, known: 1, left: 2003 }),
    );
    const [campaign] = await bench.app.campaigns();
    expect(campaign).toMatchObject({
      consent: { statement: "They signed up in June.", by: "1001" },
      earlierConsents: [{ statement: "First." }],
      revisions: [{ by: "1001", what: ["names"] }],
    });
  });

  test("nobody is asked for another list once the campaign has ended", async () => {
    bench.app.put(ID, { planned: 6 }, { message: "Hi" });
    await chat.say("/change", said("change-title", { id: ID, left: 6, had: 0 }).split("\n")[1] ?? "");
    const value = label("change-names-count", { count: 6 });
    await chat.pressFor(label("change-names", { value }), said("ask-recipients", { id: ID }).slice(0, 20));
    await chat.say("@new_one", said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }));
    bench.app.put(ID, { skipped: 6 }, { status: "cancelled" });
    await chat.pressFor(label("button-continue"), said("names-refused-over", { id: ID }));
    await chat.sees(said("change-over", { id: ID, status: words.plain("status-cancelled") }));
  });

  test("a speed takes back no limit that a colleague set meanwhile, and no account's own speed", async () => {
    const accounts = [
      { name: "sim-1", caps: { perDay: 50, perHour: 10 } },
      { name: "sim-2", caps: { perDay: 50, perHour: 2 } },
    ];
    bench.app.put(ID, { planned: 60, sent: 40 }, { message: "Hi", accounts });
    const askSpeed = async (count: string): Promise<void> => {
      await openMenu();
      const value = label("speed-eachHour-value", { count: 10 });
      await chat.pressFor(label("change-speed", { value }), said("ask-speed").split("\n")[0] ?? "");
      const none = label("button-limit-none");
      const row = optionLabel(label("speed-eachMinute"), none);
      await chat.press(row);
      await chat.finds(said("ask-speed-row", { what: label("speed-eachMinute") }));
      await chat.say(count, said("ask-speed").split("\n")[0] ?? "");
    };
    await askSpeed("5");
    const lowered = accounts.map(({ name, caps }) => ({ name, caps: { ...caps, perDay: 20 } }));
    await bench.app.change(ID, { settings: { accounts: lowered }, by: String(SECOND_OPERATOR) });
    await chat.pressFor(label("button-back"), said("change-refused-changed", { id: ID }));
    expect((await bench.app.campaigns())[0]?.accounts).toEqual(lowered);
    await askSpeed("5");
    await chat.pressFor(label("button-back"), said("change-done", { id: ID, revision: 1, left: 60 }));
    expect((await bench.app.campaigns())[0]?.accounts).toEqual(
      lowered.map(({ name, caps }) => ({ name, caps: { ...caps, perMinute: 5 } })),
    );
  });

  test("a daily limit is not set over one that a colleague set meanwhile", async () => {
    bench.app.put(ID, { planned: 60 }, { accounts: [{ name: "sim-1", caps: { perDay: 50 } }] });
    await chat.say("/change", said("change-title", { id: ID, left: 60, had: 0 }).split("\n")[1] ?? "");
    const now = label("button-limit", { count: 50 });
    await chat.pressFor(label("change-limit", { value: now }), said("change-limit-ask", { id: ID, now }));
    const lowered = [{ name: "sim-1", caps: { perDay: 20 } }];
    await bench.app.change(ID, { settings: { accounts: lowered }, by: String(SECOND_OPERATOR) });
    await chat.pressFor(label("button-limit", { count: 75 }), said("change-refused-changed", { id: ID }));
    expect((await bench.app.campaigns())[0]?.accounts).toEqual(lowered);
  });

  test("the step survives a restart, leaves by Cancel, and a campaign that ended takes no change", async () => {
    await chat.say("/change", menu());
    await chat.pressFor(label("change-text", { value: "Hi {{username}}" }), said("message-kept"));
    await bench.restart();
    await chat.say("/new", said("dialogue-busy-change"));
    await chat.press(label("button-go-on"));
    await chat.finds(said("dialogue-goes-on"));
    await chat.say("Later", said("change-text-ask", { id: ID, left: 60, had: 40 }));
    await chat.pressFor(label("button-cancel"), said("change-cancelled"));
    bench.app.put(ID, { sent: 100 }, { status: "finished", message: "Hi {{username}}" });
    await chat.say(`/change ${ID}`, said("change-over", { id: ID, status: words.plain("status-finished") }));
  });
});
