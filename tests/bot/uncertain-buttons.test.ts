/** The button that leads to who is uncertain, under messages that are told once: it goes when nobody is left behind it. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables } from "../../src/words/words.ts";
import type { VirtualClock } from "../support/virtual-clock.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, arrived, labelsOf, textOf } from "./chat.ts";

const PACE_MS = 3000;

describe.each(["en", "fa"] as const)("what was told of uncertain recipients in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  let clock: VirtualClock;
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(bench.words.say(id, variables));
  const button = (count: number): string => bench.words.plain("button-uncertain", { count });

  beforeEach(async () => {
    clock = createVirtualClock();
    bench = await openBench({ locale, clock, paceMs: PACE_MS });
    chat = new Chat(bench);
    for (const id of ["spring", "autumn"]) {
      bench.app.put(id, { planned: 10 }, { createdBy: OPERATOR });
      await chat.say(`/status ${id}`, said("card-running", { id }));
    }
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const passing = async (until: () => boolean): Promise<void> => {
    await expect
      .poll(async () => {
        await clock.advance(PACE_MS);
        return until();
      })
      .toBe(true);
  };
  const settled = (campaignId: string, state: "uncertain" | "sent", ...names: readonly string[]): void => {
    for (const username of names)
      bench.app.emit({ campaignId, at: clock.now(), kind: "settled", username, account: "sim-1", state });
  };
  /** Labels under the message that says this. */
  const under = (text: string): readonly string[] | undefined => {
    const found = chat.fromBot.findLast((one) => textOf(one).includes(text) && !textOf(one).includes("▓"));
    return found && labelsOf(found);
  };
  const told = (count: number): string => said("log-uncertain", { count });

  test("leads nowhere any more once they are settled, one campaign at a time", async () => {
    bench.app.put("spring", { planned: 8, uncertain: 2 });
    bench.app.put("autumn", { planned: 9, uncertain: 1 });
    settled("spring", "uncertain", "ali", "sara");
    settled("autumn", "uncertain", "reza");
    await passing(() => under(told(2))?.length === 2);
    bench.app.put("spring", { planned: 8, sent: 1, uncertain: 1 });
    settled("spring", "sent", "ali");
    await clock.advance(10 * PACE_MS);
    expect(under(told(2))).toEqual([button(2), button(1)]);
    bench.app.put("spring", { planned: 8, sent: 2 });
    settled("spring", "sent", "sara");
    await passing(() => under(told(2))?.length === 1);
    expect(under(told(2))).toEqual([button(1)]);
    bench.app.put("autumn", { planned: 9, sent: 1 });
    settled("autumn", "sent", "reza");
    await passing(() => under(told(2))?.length === 0);
  });

  test("is taken from each such message, the one about the end too, also when they are settled while the program is off", async () => {
    bench.app.put("spring", { planned: 9, uncertain: 1 });
    settled("spring", "uncertain", "ali");
    await passing(() => under(told(1))?.length === 1);
    bench.app.put("spring", { sent: 9, uncertain: 1 }, { status: "finished", finishedAt: clock.now() });
    bench.app.emit({ campaignId: "spring", at: clock.now(), kind: "status", status: "finished" });
    const end = said("summary-finished", { id: "spring" });
    await passing(() => under(end)?.length === 1);
    await bench.stop();
    bench.app.put("spring", { sent: 10 }, { status: "finished", finishedAt: clock.now() });
    await clock.advance(3 * 24 * 3_600_000);
    await bench.start();
    await passing(() => under(end)?.length === 0 && under(told(1))?.length === 0);
  });

  test("goes at a press that finds nobody, where it is not known which messages have it", async () => {
    bench.app.put("spring", { planned: 9, uncertain: 1 });
    settled("spring", "uncertain", "ali");
    await passing(() => under(told(1))?.length === 1);
    bench.app.put("spring", { planned: 9, sent: 1 });
    await bench.documents.progress.update((all) => all.map((one) => ({ ...one, uncertainIn: [] })));
    const message = chat.fromBot.find((one) => textOf(one).includes(told(1)));
    if (message) await chat.pressOn(message, button(1));
    await chat.sees(said("uncertain-none", { id: "spring" }));
    await expect.poll(() => under(told(1))).toEqual([]);
  });
});
