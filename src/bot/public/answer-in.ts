/** What a person's message to the bot says as an answer. Pure; who may answer is the application's. */
import type { Message } from "grammy/types";
import type { WrittenToBot } from "../../app/people/answers.ts";
import type { AnswerMedia } from "../../domain/people/answer.ts";

/** Kinds of content and what they are called; the first that a message has. An animation is a document as well. */
const KINDS = [
  ["photo", "photo"],
  ["video", "video"],
  ["video_note", "video"],
  ["voice", "voice"],
  ["audio", "audio"],
  ["sticker", "sticker"],
  ["animation", "animation"],
  ["document", "document"],
  ["venue", "location"],
  ["location", "location"],
  ["contact", "contact"],
  ["poll", "poll"],
  ["dice", "other"],
  ["story", "other"],
] as const satisfies readonly (readonly [keyof Message, AnswerMedia])[];

/** Undefined for a command, which is typed for a program, and for what nobody wrote, such as "pinned a message". */
export function answerIn(message: Message): WrittenToBot | undefined {
  const { text = message.caption ?? "", date, message_id: messageId } = message;
  if (text.startsWith("/")) return undefined;
  const media = KINDS.find(([kind]) => message[kind] !== undefined)?.[1];
  if (text === "" && media === undefined) return undefined;
  return { text, at: date * 1000, messageId, ...(media === undefined ? {} : { media }) };
}
