/** /sync from the chat, in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SyncStatus } from "../../src/app/sync-control.ts";
import { nothingToSync } from "../../src/app/sync-control.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { createFakeSync } from "../support/fake-app/fake-sync.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived, labelsOf } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

describe.each(["en", "fa"] as const)("the copy in PostgreSQL in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(lexicon[locale].say(id, variables));
  const label = (name: string): string => lexicon[locale].plain(`button-sync-${name}`);
  const standsAs = (status: SyncStatus): void =>
    void Object.assign(bench.app, { sync: createFakeSync(status) });

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("without a database the operator is told how to name one", async () => {
    await chat.say("/sync", said("sync-none"));
  });

  test("with everything in a database nothing is copied, and nothing is offered", async () => {
    standsAs(nothingToSync().status());
    expect(labelsOf(await chat.say("/sync", said("sync-not-needed")))).toEqual([]);
  });

  test("is switched on, off and to real-time, and each press shows what is true now", async () => {
    standsAs({ kind: "off" });
    await chat.say("/sync", said("sync-off"));
    await chat.press(label("usual"));
    await chat.finds(said("sync-on", { seconds: 300 }));
    await chat.press(label("off"));
    await chat.finds(said("sync-off"));
    await chat.press(label("real-time"));
    await chat.finds(said("sync-on", { seconds: 1 }));
    await chat.finds(said("sync-often"));
    expect(bench.app.sync.status()).toMatchObject({ kind: "on", intervalS: 1 });
    await chat.press(label("look"));
    await chat.finds(said("sync-opt-outs", { count: 1 }));
  });

  test("what went wrong is told in the operator's words", async () => {
    standsAs({ kind: "off", failed: "pgNoRight" });
    await chat.say("/sync", said("sync-failed", { why: lexicon[locale].reason("pgNoRight") }));
  });
});
