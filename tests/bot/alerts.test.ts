/** What stops by itself speaks, to everybody who may steer it, once, over restarts and kills. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import type { VirtualClock } from "../support/virtual-clock.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, SECOND_OPERATOR, arrived, labelsOf } from "./chat.ts";

const ID = "spring-news";
/** In Tehran. */
const HALF_PAST_SEVEN = Date.UTC(2026, 0, 1, 4);
const MINUTE = 60_000;

const count = (of: Chat, part: string): number => of.texts.filter((text) => text.includes(part)).length;

describe.each(["en", "fa"] as const)("alerts in %s", (locale) => {
  let bench: BotBench;
  let clock: VirtualClock;
  let chat: Chat;
  let colleague: Chat;
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(bench.words.say(id, variables));
  const label = (id: string): string => bench.words.plain(id);
  const head = (id: string): string => said(id, { id: ID });

  beforeEach(async () => {
    clock = createVirtualClock(HALF_PAST_SEVEN);
    bench = await openBench({ locale, clock });
    chat = new Chat(bench);
    colleague = new Chat(bench, SECOND_OPERATOR);
    await chat.say("/help", "");
    await colleague.say("/help", "");
    bench.app.put(ID, { planned: 50, sent: 48, failed: 2 }, { createdBy: OPERATOR });
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const stop = (pause: NonNullable<Campaign["pause"]>): void => {
    bench.app.put(
      ID,
      { planned: 50, sent: 48, failed: 2 },
      { status: "paused", pause, pausedAt: clock.now() },
    );
    bench.app.emit({ campaignId: ID, at: clock.now(), kind: "status", status: "paused", pause });
  };
  /** Time passes in steps, so that whoever looks now and then does. */
  const passes = async (ms: number): Promise<void> => {
    for (let gone = 0; gone < ms; gone += 10 * MINUTE) await clock.advance(10 * MINUTE);
  };

  test("say why, how far it is and lead on, to everybody who may steer it", async () => {
    stop({ kind: "rejected", why: "noSuchName" });
    const alert = await chat.finds(head("alert-stopped"));
    expect(alert.text).toContain(said("alert-numbers", { sent: 48, total: 100, left: 50 }));
    expect(alert.text).toContain(said("alert-failed", { count: 2 }));
    expect(alert.text).toContain(said("pause-rejected", { why: bench.words.reason("noSuchName") }));
    expect(labelsOf(alert)).toEqual([label("button-resume"), label("button-show-campaign")]);
    const persian = createLexicon({ clock, timeZone: "Asia/Tehran" }).fa;
    await colleague.finds(arrived(persian.say("alert-stopped", { id: ID })));
    expect(await chat.pressOn(alert, label("button-resume"))).toBe(label("did-resume"));
    expect((await bench.app.campaigns())[0]?.status).toBe("running");
  });

  test("remind while a person is waited for, and neither a restart nor a kill tells twice", async () => {
    stop({ kind: "noAccount" });
    await chat.finds(head("alert-stopped"));
    await bench.restart();
    await passes(50 * MINUTE);
    expect(count(chat, head("alert-stopped"))).toBe(1);
    await expect
      .poll(async () => {
        await passes(10 * MINUTE);
        return count(
          chat,
          said("alert-still", { id: ID, moment: bench.words.moment(clock.now()) }).split(".")[0] ?? "",
        );
      })
      .toBe(1);
    expect(count(chat, head("alert-stopped"))).toBe(1);
  });

  test("say after a kill between the call and its record that it may be known, and lose nothing", async () => {
    await bench.stop();
    stop({ kind: "noAccount" });
    const key = `noAccount ${clock.now()}`;
    const begun = { campaignId: ID, key: "", kind: "noAccount", times: 0, at: 0 };
    await bench.documents.alerts.update(() => [{ ...begun, chatId: OPERATOR, telling: key }]);
    await bench.start();
    const alert = await chat.finds(head("alert-stopped"));
    expect(alert.text).toContain(said("alert-may-be-known"));
    await expect
      .poll(() => bench.documents.alerts.get().find((one) => one.chatId === OPERATOR))
      .toMatchObject({ key, times: 1 });
    const other = createLexicon({ clock, timeZone: "Asia/Tehran" }).fa;
    const theirs = await colleague.finds(arrived(other.say("alert-stopped", { id: ID })));
    expect(theirs.text).not.toContain(arrived(other.say("alert-may-be-known")));
  });

  test("tell a colleague's pause with the name, and nobody of their own", async () => {
    stop({ kind: "operator", by: String(SECOND_OPERATOR) });
    const alert = await chat.finds(said("alert-paused-by", { id: ID, who: "Reza" }));
    expect(alert.text).not.toContain(said("pause-operator"));
    await passes(30 * MINUTE);
    expect(colleague.texts.some((text) => text.includes("🔔"))).toBe(false);
    expect(count(chat, "🔔")).toBe(1);
  });

  test("wait for the morning where an operator wants quiet hours", async () => {
    await chat.say("/alerts", said("ask-quiet", { now: label("quiet-off") }));
    const hours = bench.words.plain("quiet-hours", { from: 22, to: 8 });
    await chat.press(hours);
    await chat.finds(said("ask-quiet", { now: hours }));
    stop({ kind: "rejected", why: "noSuchName" });
    await colleague.finds("🔔");
    await passes(20 * MINUTE);
    expect(count(chat, "🔔")).toBe(0);
    await passes(20 * MINUTE);
    await chat.finds(head("alert-stopped"));
  });

  test("leave out what is over in a moment", async () => {
    stop({ kind: "unavailable", why: "noAnswerInTime", until: clock.now() + MINUTE });
    await passes(30 * MINUTE);
    expect(count(chat, "🔔")).toBe(0);
  });
});
