/** /backup, and the way on of a campaign that was put back from one, in both languages. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived, labelsOf, textOf } from "./chat.ts";

const MADE_AT = Date.UTC(2026, 7, 20, 9, 30);
const restored: Partial<Campaign> = {
  status: "paused",
  pause: { kind: "restored", madeAt: MADE_AT },
  restored: { madeAt: MADE_AT, at: MADE_AT + 1 },
};

describe.each(["en", "fa"] as const)("a backup, in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  const label = (id: string): string => bench.words.plain(id);
  const said = (id: string, variables: Record<string, string | number> = {}): string =>
    arrived(bench.words.say(id, variables));

  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  test("comes as a file, and where it is too large the chat says where it lies", async () => {
    await chat.say("/backup", said("backup-begun"));
    const caption = said("backup-caption", { moment: "" });
    const sent = await chat.finds(caption.split("\n").at(-1) ?? "");
    expect(sent.document?.file_name).toBe("peyk-backup-20261130.tar.gz");
    const piece = new Uint8Array(1 << 20);
    bench.app.backupBytes = () => Array.from({ length: 51 }, () => piece);
    await chat.say("/backup", said("backup-too-big", { path: "" }).split(":")[0] ?? "");
  });

  test("that was put back is gone on with only after its question, whichever way Resume is said", async () => {
    const counts = { sent: 20, planned: 80 };
    bench.app.put("spring-news", counts, restored);
    const moment = bench.words.exactMoment(MADE_AT);
    const question = said("confirm-goOn", { id: "spring-news", left: 80, moment });
    const card = await chat.say("/status", said("pause-restored", { moment }));
    await chat.press(label("button-resume"));
    const asked = await chat.finds(question);
    expect(labelsOf(asked)).toEqual([label("button-confirm-goOn"), label("button-keep-campaign")]);
    expect(await chat.press(label("button-keep-campaign"))).toBe(label("question-kept"));
    await chat.say("/resume", question);
    expect(bench.app.waysOn).toEqual([]);
    expect(await chat.press(label("button-confirm-goOn"))).toBe(label("did-goOn"));
    expect([bench.app.waysOn, textOf(card) === ""]).toEqual([["confirmed"], false]);
  });
});
