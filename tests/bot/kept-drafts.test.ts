/** What was prepared and not started is offered the next time: after a cancel, a restart, and from /start. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/lib/clock.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, arrived, labelsOf, textOf } from "./chat.ts";

const ID = "spring-news";
const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

describe.each(["en", "fa"] as const)("an unfinished draft in %s", (locale) => {
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(words.say(id, variables)).split("\n")[0] ?? "";
  const label = (id: string, variables: Record<string, string> = {}): string => words.plain(id, variables);
  let bench: BotBench;
  let chat: Chat;
  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
    await chat.say(`/new ${ID}`, said("ask-recipients", { id: ID }));
    await chat.say("ali_one", said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }));
    await chat.pressFor(label("button-continue"), said("ask-message", { max: 1000 }));
    await chat.say("Hello", said("plan-title", { id: ID }));
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const offered = (): string => said("draft-list", { file: "pasted", count: 1 });

  test("is gone on with after a cancel and a restart, and not offered once it is started", async () => {
    await chat.say("/cancel", said("draft-kept"));
    await bench.restart();
    await chat.say("/new", offered());
    await chat.pressFor(label("button-go-on"), said("plan-title", { id: ID }));
    await chat.pressFor(label("button-continue"), said("preview-title"));
    await chat.pressFor(label("button-continue"), said("ask-consent"));
    await chat.pressFor(
      label("button-consent-simulated"),
      said("confirm-start", { id: ID, count: 1, consent: "", channel: "" }).slice(0, 8),
    );
    await chat.pressFor(label("button-start"), said("started", { id: ID }));
    expect(bench.app.started.map(({ draft }) => [draft.campaignId, draft.message])).toEqual([[ID, "Hello"]]);
    await expect.poll(() => bench.documents.drafts.get()).toEqual({});
    expect(labelsOf(await chat.say("/start", said("welcome")))).not.toContain(
      label("button-draft", { id: ID }),
    );
  });

  test("is offered where the dialogue was lost with another version, from /start too", async () => {
    await bench.stop();
    await bench.documents.conversations.update(() => ({}));
    await bench.start();
    await chat.say("/start", said("welcome"));
    await chat.pressFor(label("button-draft", { id: ID }), said("plan-title", { id: ID }));
  });

  test("is thrown away with its list when somebody begins anew", async () => {
    await chat.say("/cancel", said("draft-kept"));
    await chat.say("/new", offered());
    await chat.pressFor(label("button-begin-anew"), said("ask-name"));
    expect(bench.app.discarded).toEqual(["list-1"]);
    await chat.say("/cancel", said("dialogue-cancelled"));
    expect(bench.documents.drafts.get()[String(OPERATOR)]).toBeUndefined();
  });

  test("whose list is gone is gone on with from its recipients, and keeps its message", async () => {
    await chat.say("/cancel", said("draft-kept"));
    bench.app.lostLists.add("list-1");
    const shown = await chat.say("/new", said("draft-message"));
    expect(textOf(shown)).not.toContain(offered());
    await chat.pressFor(label("button-go-on"), said("ask-recipients", { id: ID }));
    await chat.say("sara_one", said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }));
    await chat.pressFor(label("button-continue"), said("message-kept"));
    await chat.pressFor(label("button-keep"), said("plan-title", { id: ID }));
  });

  test("is not offered where nothing is left of it", async () => {
    await chat.say("/cancel", said("draft-kept"));
    bench.app.lostLists.add("list-1");
    await bench.documents.drafts.update((all) => {
      const kept = all[String(OPERATOR)];
      if (!kept) return all;
      const { message: _, ...state } = kept.state;
      return { [OPERATOR]: { ...kept, state } };
    });
    await chat.say("/new", said("ask-name"));
  });

  test("is somebody's own: a colleague is asked for a new one", async () => {
    await chat.say("/cancel", said("draft-kept"));
    const colleague = new Chat(bench, 1002);
    await colleague.say("/new", arrived(lexicon.fa.say("ask-name")).split("\n")[0] ?? "");
  });
});
