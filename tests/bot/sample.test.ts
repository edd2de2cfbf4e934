/** The first minute: the sample campaign from one tap to Start, and questions that grow old. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived, textOf } from "./chat.ts";

describe.each(["en", "fa"] as const)("the sample in %s", (locale) => {
  let folder: string;
  let bench: BotBench;
  let chat: Chat;
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(bench.words.say(id, variables)).split("\n")[0] ?? "";
  const label = (id: string): string => bench.words.plain(id);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "peyk-sample-"));
    const listPath = join(folder, "sample.txt");
    writeFileSync(listPath, Array.from({ length: 100 }, (_, index) => `person_${index}`).join("\n"));
    bench = await openBench({ locale, sample: { listPath, listName: "sample.txt" } });
    chat = new Chat(bench);
  });
  afterEach(async () => {
    await bench[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  test("is one tap from the plan, with a message and limits that suffice for today", async () => {
    await chat.say("/start", said("welcome"));
    const plan = await chat.pressFor(
      label("button-sample"),
      said("plan-title", { id: "task_20260101_000000" }),
    );
    const limited = arrived(
      bench.words.say("plan-account-limited", { account: "sim-1", limit: 34, used: 0 }),
    );
    expect(textOf(plan)).toContain(limited);
    const preview = await chat.pressFor(label("button-continue"), said("preview-title"));
    expect(textOf(preview)).toContain(locale === "en" ? "Hello friend," : "سلام دوست عزیز،");
    await chat.pressFor(label("button-continue"), said("ask-consent"));
    const confirmation = { id: "", count: 100, channel: "", consent: "" };
    await chat.pressFor(label("button-consent-simulated"), said("confirm-start", confirmation));
    await chat.pressFor(label("button-start"), said("started", { id: "task_20260101_000000" }));
    expect(bench.app.started[0]?.draft.accounts).toHaveLength(3);
  });

  test("lets go back to what was prepared, and asks before it takes the place of another dialogue", async () => {
    await chat.say("/new mine", said("ask-recipients", { id: "mine" }));
    await chat.say("/start", said("welcome"));
    await chat.pressFor(label("button-sample"), said("dialogue-busy-new-campaign"));
    await chat.pressFor(
      label("button-start-over-campaign"),
      said("plan-title", { id: "task_20260101_000000" }),
    );
    await chat.pressFor(label("button-back"), said("ask-message", { max: 1000 }));
    await chat.pressFor(label("button-keep"), said("plan-title", { id: "task_20260101_000000" }));
  });

  test("says so when the list can't be read", async () => {
    bench.app.nextImports.push({ kind: "problem", problem: "empty" });
    await chat.say("/start", said("welcome"));
    await chat.pressFor(label("button-sample"), said("sample-failed"));
    await chat.say("hello", said("nothing-asked"));
  });
});

test("a question with consequences can't be answered after ten minutes", async () => {
  const clock = createVirtualClock();
  await using bench = await openBench({ clock });
  const chat = new Chat(bench);
  bench.app.put("spring-news", { planned: 3 });
  const question = await chat.say("/cancel", "spring-news");
  await clock.advance(10 * 60_000 + 1000);
  expect(await chat.pressOn(question, bench.words.plain("button-confirm-cancel"))).toBe(
    bench.words.plain("question-old"),
  );
  expect((await bench.app.campaigns())[0]?.status).toBe("running");
});

test("without a sample nothing is offered", async () => {
  await using bench = await openBench();
  const welcome = await new Chat(bench).say("/start", "Peyk");
  expect(JSON.stringify(welcome.reply_markup)).not.toContain(bench.words.plain("button-sample"));
});
