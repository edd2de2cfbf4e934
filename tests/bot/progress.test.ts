/** The live message, the log and the summary over the wire, in virtual time. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables } from "../../src/words/words.ts";
import type { VirtualClock } from "../support/virtual-clock.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, SECOND_OPERATOR, STRANGER, arrived, labelsOf, textOf } from "./chat.ts";
import { createLexicon } from "../../src/words/words.ts";

const PACE_MS = 3000;
const ID = "spring-news";

describe.each(["en", "fa"] as const)("a running campaign in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  let clock: VirtualClock;
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(bench.words.say(id, variables));
  const label = (id: string, variables: Record<string, string | number> = {}): string =>
    bench.words.plain(id, variables);

  beforeEach(async () => {
    clock = createVirtualClock();
    bench = await openBench({ locale, clock, paceMs: PACE_MS });
    chat = new Chat(bench);
    bench.app.put(ID, { planned: 100 }, { createdBy: OPERATOR });
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const kept = (): string => JSON.stringify(bench.documents.progress.get());
  /** Resolves when the bot knows its message: only then it waits for the clock. */
  const follow = async (): Promise<number> => {
    const card = await chat.say("/status", said("card-running", { id: ID }));
    await expect.poll(kept).toContain(`:${card.message_id}`);
    return card.message_id;
  };
  const settle = (sent: number): void => {
    bench.app.put(ID, { planned: 100 - sent, sent });
    bench.app.emit({
      campaignId: ID,
      at: clock.now(),
      kind: "settled",
      username: `n${sent}`,
      account: "sim-1",
      state: "sent",
    });
  };
  const edits = (): number => bench.world.calls().filter((call) => call.method === "editMessageText").length;
  const passes = async (ms: number): Promise<void> => {
    await bench.kept.written();
    await clock.advance(ms);
  };
  const passing = async (ms: number, until: () => boolean): Promise<void> => {
    await expect
      .poll(async () => {
        await passes(ms);
        return until();
      })
      .toBe(true);
  };
  const finish = (): void => {
    bench.app.put(ID, { sent: 100 }, { status: "finished", finishedAt: clock.now() + 60_000 });
    bench.app.emit({ campaignId: ID, at: clock.now(), kind: "status", status: "finished" });
  };

  test("shows counts that add up, a bar and the buttons of its status", async () => {
    bench.app.put(ID, {
      planned: 46,
      claimed: 4,
      sent: 44,
      notFound: 2,
      refused: 1,
      failed: 1,
      uncertain: 1,
      skipped: 1,
    });
    bench.app.extend(ID, {
      ratePerSecond: 0.2,
      finishesAt: clock.now() + 240_000,
      resting: [{ account: "sim-2", trouble: "resting", until: clock.now() + 60_000 }],
      lastError: { username: "ali_one", why: "noAnswerInTime", at: clock.now() },
    });
    const card = await chat.say("/status", said("card-running", { id: ID }));
    const text = textOf(card);
    const shown = {
      planned: 46,
      claimed: 4,
      sent: 44,
      notFound: 2,
      refused: 1,
      failed: 1,
      uncertain: 1,
      skipped: 1,
    };
    for (const [state, count] of Object.entries(shown))
      expect(text).toContain(said(`card-${state}`, { count }));
    expect(text).toContain(said("card-total", { count: 100 }));
    expect(text).toContain(said("card-bar", { bar: "▓".repeat(8) + "░".repeat(8), percent: 50 }));
    expect(text).toContain(said("card-rate", { rate: 12 }));
    expect(text).toContain(bench.words.duration(240_000));
    expect(text).toContain("sim-2");
    expect(text).toContain("ali_one");
    expect(labelsOf(card)).toEqual([
      label("button-pause"),
      label("button-cancel-campaign"),
      label("button-uncertain", { count: 1 }),
      label("button-retry", { count: 1 }),
      label("button-change"),
      label("button-report"),
      label("button-details"),
      label("button-history"),
    ]);
  });

  test("is edited in place at its pace, however many events there are, and shows the latest state", async () => {
    const card = await follow();
    await passes(PACE_MS);
    const before = edits();
    for (let sent = 1; sent <= 40; sent += 1) settle(sent);
    await chat.finds(said("card-sent", { count: 40 }));
    for (let sent = 41; sent <= 60; sent += 1) settle(sent);
    await passes(PACE_MS - 1);
    expect(edits()).toBe(before + 1);
    await passing(1, () => edits() === before + 2);
    const shown = await chat.finds(said("card-sent", { count: 60 }));
    expect(shown.message_id).toBe(card);
  });

  test("goes on telling after a time in which campaigns could not be looked at", async () => {
    await follow();
    const campaigns = bench.app.campaigns.bind(bench.app);
    bench.app.campaigns = () => Promise.reject(new Error("the database is away"));
    for (let beats = 0; beats < 3; beats++) await passes(30_000);
    bench.app.campaigns = campaigns;
    bench.app.put(ID, { sent: 100 }, { status: "finished", finishedAt: clock.now() });
    await passing(30_000, () =>
      chat.texts.some((text) => text.includes(said("summary-finished", { id: ID }))),
    );
  });

  test("hears of an end that another process came to, which tells nobody here", async () => {
    await follow();
    bench.app.put(ID, { sent: 100 }, { status: "finished", finishedAt: clock.now() + 60_000 });
    await passes(30_000);
    await chat.finds(said("card-finished", { id: ID }));
    await passing(PACE_MS, () => bench.world.calls().some(({ method }) => method === "sendDocument"));
  });

  test("gives a viewer the picture at the end and no names, and whoever lost their role nothing more", async () => {
    const lost = new Chat(bench, SECOND_OPERATOR);
    await bench.app.team.give(STRANGER, "viewer");
    for (const one of [lost, new Chat(bench, STRANGER)]) await one.say("/status", ID);
    await bench.app.team.take(SECOND_OPERATOR);
    const calls = (person: number) =>
      bench.world
        .calls()
        .flatMap(({ method, payload }) => (String(payload["chat_id"]) === String(person) ? [method] : []));
    const told = calls(SECOND_OPERATOR).length;
    finish();
    await passing(PACE_MS, () => calls(STRANGER).includes("sendPhoto"));
    for (let beats = 0; beats < 3; beats++) await passes(30_000);
    expect(calls(STRANGER)).not.toContain("sendDocument");
    expect(calls(SECOND_OPERATOR)).toHaveLength(told);
  });

  test("is left alone while nothing changes", async () => {
    await follow();
    const before = edits();
    for (let events = 0; events < 5; events += 1) {
      bench.app.emit({ campaignId: ID, at: clock.now(), kind: "checkpointSaved", names: 0 });
      await passes(PACE_MS);
    }
    expect(edits()).toBe(before);
  });

  test("goes on in the same message after a restart, and says so", async () => {
    const card = await follow();
    bench.app.put(ID, { planned: 49, sent: 50, uncertain: 1 });
    await bench.stop();
    await bench.start();
    const { counts } = (await bench.app.view(ID))!;
    bench.app.put(ID, { planned: 39, sent: 60, uncertain: 1 });
    bench.app.emit({ campaignId: ID, at: clock.now(), kind: "restarted", cutOff: 1, counts });
    const sentence = said("restarted", { id: ID, sent: 50, total: 100 });
    await passing(PACE_MS, () => chat.texts.some((text) => text.includes(sentence)));
    const goesOn = await chat.finds(sentence);
    expect(textOf(goesOn)).toContain(said("restarted-uncertain", { count: 1 }));
    expect(labelsOf(goesOn)).toEqual([label("button-uncertain", { count: 1 })]);
    await passing(PACE_MS, () =>
      chat.fromBot.some((one) => textOf(one).includes(said("card-sent", { count: 60 }))),
    );
    const shown = await chat.finds(said("card-sent", { count: 60 }));
    expect(shown.message_id).toBe(card);
    expect(chat.texts.filter((text) => text.includes(said("card-running", { id: ID })))).toHaveLength(1);
  });

  test("waits out a 429 and then shows the latest state only", async () => {
    await follow();
    await passes(PACE_MS);
    bench.world.failNext("editMessageText", { errorCode: 429, retryAfter: 20 });
    settle(10);
    const refused = (): boolean => bench.world.calls().some((call) => call.status === 429);
    await expect.poll(refused).toBe(true);
    const before = edits();
    settle(20);
    await passes(20_000);
    settle(30);
    expect(edits()).toBe(before);
    await passing(1000, () => edits() === before + 1);
    await chat.finds(said("card-sent", { count: 30 }));
    expect(chat.texts.some((text) => text.includes(said("card-sent", { count: 20 })))).toBe(false);
  });

  test("is sent anew when somebody deleted it", async () => {
    const card = await follow();
    await passes(PACE_MS);
    bench.world.failNext("editMessageText", {
      errorCode: 400,
      description: "Bad Request: message to edit not found",
    });
    settle(10);
    const again = await chat.finds(said("card-sent", { count: 10 }));
    expect(again.message_id).toBeGreaterThan(card);
  });

  test("moves to the end of the chat with /status and leaves no twin", async () => {
    const first = await follow();
    await passes(PACE_MS);
    const second = await chat.say("/status", said("card-running", { id: ID }));
    expect(second.message_id).toBeGreaterThan(first);
    await expect.poll(() => chat.fromBot.some((one) => one.message_id === first)).toBe(false);
  });

  test("ends with a last edit, a summary and the results file, once even across restarts", async () => {
    await follow();
    await passes(PACE_MS);
    finish();
    await chat.finds(said("card-finished", { id: ID }));
    await passing(PACE_MS, () =>
      chat.texts.some((text) => text.includes(said("summary-finished", { id: ID }))),
    );
    await passing(PACE_MS, () => chat.texts.includes(said("results-caption", { id: ID })));
    expect(textOf(chat.fromBot.find((one) => textOf(one).startsWith("🏁") && !one.reply_markup))).toContain(
      said("summary-sent", { sent: 100, total: 100 }),
    );
    await bench.restart();
    await chat.say("/help", said("help-title"));
    await passes(10 * PACE_MS);
    expect(
      chat.texts.filter(
        (text) =>
          text.includes(said("summary-finished", { id: ID })) &&
          text.includes(said("summary-sent", { sent: 100, total: 100 })),
      ),
    ).toHaveLength(1);
  });

  test("says its end after a restart when there was no time before", async () => {
    await follow();
    await bench.stop();
    bench.app.put(ID, { sent: 100 }, { status: "finished", finishedAt: clock.now() });
    await bench.start();
    await chat.finds(said("card-finished", { id: ID }));
    await passing(PACE_MS, () => chat.texts.includes(said("results-caption", { id: ID })));
  });

  const emitMany = (count: number, event: { readonly state: "uncertain" | "failed" }): void => {
    for (let index = 0; index < count; index += 1)
      bench.app.emit({
        campaignId: ID,
        at: clock.now(),
        kind: "settled",
        username: `name_${index}`,
        account: "sim-1",
        why: "noAnswerInTime",
        ...event,
      });
  };
  const nextMessage = (text: string): Promise<void> =>
    passing(PACE_MS, () => chat.texts.some((one) => one.includes(text)));
  const rest = (minutes: number): void => {
    const at = clock.now();
    const until = at + minutes * 60_000;
    const account = { campaignId: ID, at, kind: "account", account: "sim-1" } as const;
    bench.app.emit({ ...account, trouble: "resting", until, why: "tooFast" });
    bench.app.emit({ ...account, trouble: "back" });
  };

  test("gathers the log into one message with one heading, and counts what finds no room", async () => {
    await follow();
    await chat.say("/log", said("ask-log", { now: label("log-important") }));
    await chat.press(label("button-log-all"));
    await passes(PACE_MS);
    emitMany(100, { state: "failed" });
    await nextMessage(said("log-more", { count: 75 }));
    const lines = textOf(await chat.finds(said("log-more", { count: 75 }))).split("\n");
    const why = createLexicon({ clock, timeZone: "UTC" })[locale].reason("noAnswerInTime");
    expect(lines.slice(0, 2)).toEqual([
      said("log-heading", { id: ID }),
      said("log-settled-failed", { username: "name_0", why }),
    ]);
    expect(lines.filter((line) => line.includes(ID))).toHaveLength(1);
    expect(lines.filter((line) => line !== "")).toHaveLength(1 + 25 + 1);
  });

  test("tells how many are uncertain in one line, and who they are at a press", async () => {
    await follow();
    await passes(PACE_MS);
    emitMany(100, { state: "uncertain" });
    await nextMessage(said("log-uncertain", { count: 100 }));
    const told = await chat.finds(said("log-uncertain", { count: 100 }));
    expect(textOf(told).split("\n")).toHaveLength(2);
    expect(labelsOf(told)).toEqual([label("button-uncertain", { count: 100 })]);
  });

  test("tells of a rest from five minutes on, and of a return only where it told of the rest", async () => {
    await follow();
    await passes(PACE_MS);
    rest(4);
    await passes(3 * PACE_MS);
    expect(chat.texts.some((text) => text.includes(said("log-account-back", { account: "sim-1" })))).toBe(
      false,
    );
    rest(5);
    await nextMessage(said("log-account-back", { account: "sim-1" }));
    expect(textOf(await chat.finds(said("log-account-back", { account: "sim-1" }))).split("\n")).toHaveLength(
      3,
    );
  });

  test("tells what others did while it was away, once it is back, and that once", async () => {
    await follow();
    const stopped = { campaignId: ID, kind: "optedOut", account: "sim-1" } as const;
    bench.app.emit({ ...stopped, at: clock.now(), username: "name_1" });
    const line = (username: string) => said("log-optedOut", { username, account: stopped.account });
    await passing(PACE_MS, () => chat.texts.some((text) => text.includes(line("name_1"))));
    await bench.stop();
    bench.app.emit({ ...stopped, at: clock.now(), username: "name_2" });
    await passes(1000);
    await bench.start();
    await passing(PACE_MS, () => chat.texts.some((text) => text.includes(line("name_2"))));
    expect(chat.texts.filter((text) => text.includes("name_1"))).toHaveLength(1);
  });

  test("tells nobody of names sent unless they want every name", async () => {
    await follow();
    const other = new Chat(bench, SECOND_OPERATOR);
    expect(other.texts).toEqual([]);
    settle(1);
    await chat.say("/log", said("ask-log", { now: label("log-important") }));
    await chat.press(label("button-log-all"));
    await chat.finds(said("log-set", { now: label("log-all") }));
    settle(2);
    const line = (name: string): string => said("log-settled-sent", { username: name });
    await passing(PACE_MS, () => chat.texts.some((text) => text.includes(line("n2"))));
    expect(chat.texts.some((text) => text.includes(line("n1")))).toBe(false);
    expect(other.texts).toEqual([]);
  });

  test("is told to nobody who is no operator any more", async () => {
    await follow();
    await bench.stop();
    await bench.documents.progress.update((all) => all.map((one) => ({ ...one, chatId: STRANGER })));
    await bench.start();
    settle(5);
    await passing(PACE_MS, () => chat.texts.some((text) => text.includes(said("card-sent", { count: 5 }))));
    expect(new Chat(bench, STRANGER).texts).toEqual([]);
  });

  test("pauses with a reason a person understands", async () => {
    bench.app.put(
      ID,
      { planned: 88, sent: 12 },
      {
        status: "paused",
        pause: { kind: "noAccount", until: clock.now() + 20 * 3_600_000 },
        accounts: ["a", "b", "c"].map((name) => ({ name, caps: { perDay: 4 } })),
      },
    );
    bench.app.extend(ID, {
      resting: ["a", "b", "c"].map((account) => ({ account, trouble: "capped" as const })),
    });
    const card = await chat.say("/status", said("card-paused", { id: ID }));
    const moment = bench.words.moment(clock.now() + 20 * 3_600_000);
    expect(textOf(card)).toContain(said("pause-capped", { count: 3, limit: 4, moment }));
    expect(labelsOf(card)[0]).toBe(label("button-resume"));
  });
});
