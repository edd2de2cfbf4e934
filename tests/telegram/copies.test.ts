/** Copying: what the channel asks of Telegram, and what the answers mean when something of it is gone. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { MessageExtras } from "../../src/channels/channel.ts";
import type { CopiedContent } from "../../src/domain/copied-content.ts";
import type { Answer } from "../../src/domain/fault.ts";
import { verdict, defaultRetryPolicy } from "../../src/domain/verdict.ts";
import type { TelegramBench } from "./telegram-bench.ts";
import { idOf, openTelegramBench } from "./telegram-bench.ts";

let bench: TelegramBench;
beforeEach(async () => {
  bench = await openTelegramBench({ leaveLabel: () => "Leave" });
});
afterEach(() => bench[Symbol.asyncDispose]());

const signal = new AbortController().signal;
const send = (text: string, extras: MessageExtras): Promise<Answer> =>
  bench.channel.send({ account: "bot", username: "ali", text, dedupKey: "spring:ali", extras }, signal);
const inbox = () => bench.world.messages(idOf("ali")).filter(({ from }) => from?.is_bot);

/** Nima is the operator here. */
function album(): CopiedContent {
  const last = bench.world.sendSample(idOf("nima"), "album").message_id;
  return { kind: "album", chatId: idOf("nima"), messageIds: [last - 2, last - 1, last] };
}

function video(): CopiedContent {
  const { message_id: id } = bench.world.sendSample(idOf("nima"), "video");
  return { kind: "video", chatId: idOf("nima"), messageIds: [id] };
}

test("a copy shows nothing of where it came from, and has the button to leave", async () => {
  expect(await send("", { copy: video() })).toMatchObject({ kind: "delivered" });
  const [copy] = inbox();
  expect(copy).toMatchObject({ video: {}, reply_markup: { inline_keyboard: [[{ text: "Leave" }]] } });
  expect(copy).not.toHaveProperty("forward_origin");
  expect(await send("<b>Hi</b> ali", { format: "html", copy: video() })).toMatchObject({ kind: "delivered" });
  expect(inbox()[1]).toMatchObject({ caption: "Hi ali", caption_entities: [{ type: "bold" }] });
});

test("a poll, a voice message, a sticker, custom emoji and what was forwarded arrive as they are in the chat", async () => {
  const emoji = {
    type: "custom_emoji",
    offset: 0,
    length: 2,
    custom_emoji_id: "5368324170671202286",
  } as const;
  const forwarded = { type: "hidden_user", sender_user_name: "Sara", date: 1 } as const;
  const { world } = bench;
  const chatId = idOf("nima");
  const contents = [
    ...(["poll", "voice", "sticker"] as const).map((kind) => [kind, world.sendSample(chatId, kind)] as const),
    ["text", world.sendContents(chatId, [{ text: "🎉 Hi", entities: [emoji] }])] as const,
    ["text", world.sendContents(chatId, [{ text: "News", forward_origin: forwarded }])] as const,
  ];
  for (const [kind, message] of contents) {
    const copy = { kind, chatId, messageIds: [message.message_id] };
    expect(await send("", { copy })).toMatchObject({ kind: "delivered" });
    const arrived = inbox().at(-1);
    expect([arrived?.[kind], arrived?.entities]).toEqual([message[kind], message.entities]);
    expect(arrived).not.toHaveProperty("forward_origin");
  }
});

test("what is deleted in the operator's chat pauses the campaign and burns nobody", async () => {
  const copy = video();
  bench.world.remove(copy.chatId, copy.messageIds[0]!);
  const answer = await send("", { copy });
  expect(answer).toEqual({ kind: "rejected", why: "copyGone" });
  const context = { attempt: 4, now: 1, policy: defaultRetryPolicy, random: 0 };
  expect(verdict(answer, context).settlement).toMatchObject({ t: "planned", free: true });
});

test("a chat that another token does not know is no person that is not found", async () => {
  const copy = { ...video(), chatId: 424_242 };
  expect(await send("", { copy })).toEqual({ kind: "rejected", why: "copyGone" });
  await bench.subscribers.change(idOf("ali"), (ali) => ali && { ...ali, chatId: 999 });
  expect(await send("", { copy: video() })).toMatchObject({ kind: "recipient", state: "notFound" });
});

test("an album goes in one call, and all of it is taken back", async () => {
  const answer = await send("", { copy: album() });
  expect(inbox().map(({ media_group_id: one }) => one)).toEqual(Array(3).fill(expect.any(String)));
  const messageId = answer.kind === "delivered" ? answer.messageId : "";
  expect(messageId.split(",")).toHaveLength(3);
  const sent = { account: "bot", username: "ali", messageId, sentAt: 0 };
  expect(await bench.channel.mend!({ ...sent, text: "x", isCaption: true }, signal)).toMatchObject({
    state: "refused",
    why: "notOursToChange",
  });
  expect(await bench.channel.takeBack!(sent, signal)).toEqual({ kind: "amended" });
  expect(inbox()).toEqual([]);
});

test("an album that lacks a part has arrived, and goes to nobody else so", async () => {
  const copy = album();
  bench.world.remove(copy.chatId, copy.messageIds[1]!);
  const answer = await send("", { copy });
  expect(answer).toMatchObject({ kind: "delivered", cutShort: "copyCutShort" });
  const judged = verdict(answer, { attempt: 1, now: 1, policy: defaultRetryPolicy, random: 0 });
  expect(judged).toMatchObject({ settlement: { t: "sent" }, consequence: { kind: "pauseCampaign" } });
  for (const id of copy.messageIds) bench.world.remove(copy.chatId, id);
  expect(await send("", { copy })).toEqual({ kind: "rejected", why: "copyGone" });
});
