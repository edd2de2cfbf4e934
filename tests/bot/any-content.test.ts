/** Any content as a campaign: copied from the operator's chat as it is, or said in words why it can't be. */
import type { Message } from "grammy/types";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChannelChoice } from "../../src/app/drafts/draft.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { createLexicon } from "../../src/words/words.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, arrived } from "./chat.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

const telegram: ChannelChoice = {
  name: "telegram",
  reachesPeople: true,
  maxMessageLength: 4096,
  maxCaptionLength: 1024,
  takes: { formatting: true, attachments: true, buttons: true, copies: true },
  hasLeaveButton: true,
  accounts: [{ name: "bot", caps: {} }],
};

describe.each(["en", "fa"] as const)("in %s", (locale) => {
  const words = lexicon[locale];
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(words.say(id, variables)).split("\n")[0] ?? "";
  const label = (id: string): string => words.plain(id);
  let bench: BotBench;
  let chat: Chat;
  beforeEach(async () => {
    bench = await openBench({ locale });
    chat = new Chat(bench);
    bench.app.channelChoices.splice(0, Infinity, telegram);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  async function toMessage(): Promise<void> {
    await chat.say("/new spring", said("ask-recipients", { id: "spring" }));
    await chat.say("ali_one", said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }));
    await chat.pressFor(label("button-continue"), said("ask-message", { max: 4096 }));
  }

  /** From the plan to a campaign that has begun. */
  async function startFromPlan(leaves: string): Promise<object | undefined> {
    await chat.finds(said("plan-title", { id: "spring" }));
    await chat.pressFor(label("button-continue"), said("preview-copied"));
    await chat.finds(said(leaves));
    await chat.pressFor(label("button-continue"), said("ask-consent"));
    const confirm = said("confirm-start", { id: "spring", count: 1, channel: "", consent: "" });
    await chat.say("They pressed Start on the bot.", confirm);
    await chat.pressFor(label("button-start"), said("started", { id: "spring" }));
    return bench.app.started[0]?.draft;
  }

  test("a video is shown as it arrives, and the campaign copies it from the chat", async () => {
    await toMessage();
    const video = bench.world.sendSample(OPERATOR, "video");
    const draft = await startFromPlan("preview-leave");
    const copy = { kind: "video", chatId: OPERATOR, messageIds: [video.message_id] };
    expect(draft).toMatchObject({ message: "", extras: { copy } });
    expect(chat.fromBot.find((one) => one.video)?.video).toEqual(video.video);
  });

  const customEmoji = {
    type: "custom_emoji",
    offset: 0,
    length: 2,
    custom_emoji_id: "5368324170671202286",
  } as const;
  const forward = {
    type: "channel",
    chat: { id: -1, type: "channel", title: "News" },
    message_id: 1,
    date: 1,
  } as const;
  const copied: Readonly<Record<string, readonly [how: () => Message, kind: string, seen: keyof Message]>> = {
    poll: [() => bench.world.sendSample(OPERATOR, "poll"), "poll", "poll"],
    voice: [() => bench.world.sendSample(OPERATOR, "voice"), "voice", "voice"],
    sticker: [() => bench.world.sendSample(OPERATOR, "sticker"), "sticker", "sticker"],
    "custom emoji": [
      () => bench.world.sendContents(OPERATOR, [{ text: "🎉 Hi", entities: [customEmoji] }]),
      "text",
      "text",
    ],
    "an animation forwarded from a channel": [
      () =>
        bench.world.sendContents(OPERATOR, [
          {
            animation: { file_id: "a", file_unique_id: "a", width: 1, height: 1, duration: 1 },
            caption: "News",
            forward_origin: forward,
          },
        ]),
      "animation",
      "animation",
    ],
  };
  test.each(Object.entries(copied))(
    "%s is shown as it arrives, and the campaign copies it",
    async (_, [send, kind, seen]) => {
      await toMessage();
      const content = send();
      const draft = await startFromPlan("preview-leave");
      const copy = { kind, chatId: OPERATOR, messageIds: [content.message_id] };
      expect(draft).toMatchObject({ message: "", extras: { copy } });
      const shown = chat.fromBot.filter((one) => JSON.stringify(one[seen]) === JSON.stringify(content[seen]));
      expect(shown).toHaveLength(1);
      expect(shown[0]).not.toHaveProperty("forward_origin");
    },
  );

  test("an album is one message, of all the parts that the operator has seen counted", async () => {
    await toMessage();
    const last = bench.world.sendSample(OPERATOR, "album").message_id;
    await chat.finds(said("album-parts", { count: 3 }));
    await chat.press(label("button-album-whole"));
    const draft = await startFromPlan("preview-leave-album");
    expect(draft).toMatchObject({
      message: "",
      extras: { copy: { kind: "album", messageIds: [last - 2, last - 1, last] } },
    });
    expect(new Set(chat.fromBot.flatMap((one) => one.media_group_id ?? [])).size).toBe(1);
  });

  test("a caption with variables is written anew for everybody under the same video", async () => {
    await toMessage();
    const video = { file_id: "v", file_unique_id: "v", width: 1, height: 1, duration: 1 };
    bench.world.sendContents(OPERATOR, [{ video, caption: "Hi {{username}}" }]);
    expect(await startFromPlan("preview-leave")).toMatchObject({ message: "Hi {{username}}" });
    expect(chat.fromBot.find((one) => one.video)?.caption).toBe("Hi ali_one");
  });

  test("what can't be copied, or can't be filled in, is said and asked for anew", async () => {
    await toMessage();
    const poll = { question: "{{username}}?", options: [], type: "quiz" } as object;
    const refused: readonly (readonly [object, string])[] = [
      [{ invoice: {} }, "copy-refused-invoice"],
      [{ paid_media: {} }, "copy-refused-paidMedia"],
      [{ giveaway: {} }, "copy-refused-giveaway"],
      [{ poll }, "copy-refused-quiz"],
      [{ poll: { ...poll, type: "regular" } }, "copy-no-variables"],
      [{ voice: {}, has_protected_content: true }, "copy-refused-protected"],
      [{ pinned_message: {} }, "copy-refused-service"],
    ];
    for (const [content, sentence] of refused) {
      const { message_id: sent } = bench.world.sendContents(OPERATOR, [content]);
      const seen = said(sentence);
      await bench.world.waitFor(
        OPERATOR,
        (one) => one.from?.is_bot === true && one.message_id > sent && (one.text ?? "").includes(seen),
      );
    }
  });

  test("where nothing can be copied, a sticker is refused in words", async () => {
    bench.app.channelChoices.splice(0, Infinity, { ...telegram, takes: undefined! });
    await toMessage();
    bench.world.sendSample(OPERATOR, "sticker");
    await chat.finds(said("message-not-taken-copies"));
  });
});
