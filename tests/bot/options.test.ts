/** "More options" over the wire, in both languages: out of the way when not wanted, there when wanted. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables } from "../../src/words/words.ts";
import { optionLabel } from "../../src/bot/views/drafts/options.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived, labelsOf, textOf } from "./chat.ts";

describe.each(["en", "fa"] as const)("more options in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  let taps = 0;
  const label = (id: string, variables: Record<string, string | number> = {}): string =>
    bench.words.plain(id, variables);
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(bench.words.say(id, variables)).split("\n")[0] ?? "";
  const tap = (id: string, seen: string) => {
    taps += 1;
    return chat.pressFor(label(id), seen);
  };

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
    taps = 0;
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const toPlan = async (): Promise<void> => {
    await chat.say("/start", said("welcome"));
    await tap("button-new", said("ask-name"));
    await tap("button-generate", "task_20260101_000000");
    await chat.say("ali_one\nsara_two\nreza_three", said("report-counts", counts(3)));
    await tap("button-continue", said("ask-message", { max: 1000 }));
    await chat.say("Hello", said("plan-title", { id: "task_20260101_000000" }));
  };

  test("whoever presses only what leads on never meets them, and starts in eight taps or fewer", async () => {
    await toPlan();
    await tap("button-continue", said("preview-title"));
    await tap("button-continue", said("ask-consent"));
    await tap(
      "button-consent-simulated",
      said("confirm-start", { id: "", count: 3, channel: "", consent: "" }),
    );
    await tap("button-start", said("started", { id: "task_20260101_000000" }));
    expect(taps).toBeLessThanOrEqual(8);
    expect(bench.app.started[0]?.draft).not.toHaveProperty("tryFirst");
  });

  test("a topic shows what it is set to, is asked in place, and is on the plan and before the start", async () => {
    await toPlan();
    const open = async (): Promise<void> => {
      await chat.press(label("button-more-options"));
      await chat.finds(said("options-title", { id: "task_20260101_000000" }));
    };
    const row = (id: string, value: string): string => optionLabel(label(id), value);
    await open();
    await chat.press(row("topic-try-first", label("topic-try-first-off")));
    const question = await chat.finds(said("ask-try-first"));
    expect(labelsOf(question)).toContain(`● ${label("topic-try-first-off")}`);
    await chat.say("0", said("number-wrong", { most: 1_000_000 }));
    await chat.say(locale === "fa" ? "۷" : "7", said("options-title", { id: "task_20260101_000000" }));
    const value = label("topic-try-first-value", { count: 7 });
    const line = optionLabel(label("topic-try-first"), value);
    await chat.press(row("topic-try-first", value));
    await chat.finds(said("ask-try-first"));
    await chat.press(label("button-back"));
    await chat.finds(said("options-title", { id: "task_20260101_000000" }));
    await chat.press(label("button-back"));
    expect(textOf(await chat.finds(line))).toContain(said("plan-title", { id: "task_20260101_000000" }));
    await tap("button-continue", said("preview-title"));
    await tap("button-continue", said("ask-consent"));
    await tap("button-consent-simulated", line);
    await tap("button-start", said("started", { id: "task_20260101_000000" }));
    expect(bench.app.started[0]?.draft).toMatchObject({ tryFirst: { count: 7, upTo: 7 } });
  });

  test("guard rails are set rule by rule, and a priority beside them", async () => {
    await toPlan();
    const row = (id: string, value: string): string => optionLabel(label(id), value);
    await chat.press(label("button-more-options"));
    await chat.finds(said("options-title", { id: "task_20260101_000000" }));
    await chat.press(row("topic-guard-rails", label("topic-guard-rails-off")));
    await chat.finds(said("ask-guard-rails"));
    await chat.press(row("rail-declined", label("rail-share", { share: 30 })));
    await chat.finds(said("ask-rail-declined"));
    await chat.press(label("rail-share", { share: 10 }));
    await chat.finds(said("ask-guard-rails"));
    await chat.press(row("rail-failed", label("rail-share", { share: 20 })));
    await chat.finds(said("ask-rail-failed"));
    await chat.press(label("rail-off"));
    await chat.finds(said("ask-guard-rails"));
    await chat.press(label("button-back"));
    const options = await chat.finds(said("options-title", { id: "task_20260101_000000" }));
    expect(labelsOf(options)).toContain(row("topic-guard-rails", label("option-set")));
    expect(textOf(options)).toContain(row("rail-declined", label("rail-share", { share: 10 })));
    await chat.press(row("topic-priority", label("topic-priority-off")));
    await chat.finds(said("ask-priority"));
    await chat.press(label("topic-priority-value", { count: 5 }));
    await chat.finds(said("options-title", { id: "task_20260101_000000" }));
    await chat.press(label("button-back"));
    await chat.finds(said("plan-title", { id: "task_20260101_000000" }));
    await tap("button-continue", said("preview-title"));
    await tap("button-continue", said("ask-consent"));
    await tap(
      "button-consent-simulated",
      optionLabel(label("rail-declined"), label("rail-share", { share: 10 })),
    );
    await tap("button-start", said("started", { id: "task_20260101_000000" }));
    expect(bench.app.started[0]?.draft).toMatchObject({
      guardRails: { declined: 10, optedOut: 5 },
      priority: 5,
    });
    expect(bench.app.started[0]?.draft.guardRails).not.toHaveProperty("failed");
  });
});

function counts(read: number): SentenceVariables {
  return { read, valid: read, duplicates: 0, invalid: 0 };
}
