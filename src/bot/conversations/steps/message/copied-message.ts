/**
 * A message that is copied as it is: whatever can't be written anew (a video, a voice, a poll, an album), and texts and files with
 * something in them that a bot can't write itself. A caption with variables is written anew for each person, above the same content.
 */
import type { CopiedContent } from "../../../../domain/copied-content.ts";
import { takesCaption } from "../../../../domain/copied-content.ts";
import { MOST_UPLOAD_BYTES } from "../../../uploads.ts";
import type { Answer } from "../../answer.ts";
import type { Copiable } from "../../copiable.ts";
import { hasVariables } from "../../copiable.ts";
import { htmlOf } from "../../formatted-text.ts";
import type { Note, Talk } from "../../step.ts";
import { collectAlbum } from "./album.ts";
import type { Room, WrittenMessage } from "./room.ts";

type Written = Exclude<Answer, { kind: "button" }>;

/** Tells whether the answer goes out as a copy, and not as a text or a file of Peyk's own. */
export function isCopied(answer: Written): boolean {
  if (answer.kind === "other") return true;
  if ("refused" in answer.copy) return false;
  if (answer.copy.album !== undefined) return true;
  if (answer.kind === "document" && (answer.size ?? 0) > MOST_UPLOAD_BYTES) return true;
  const isOurs = answer.entities.every(({ type }) => type !== "custom_emoji" && type !== "date_time");
  return !isOurs && !hasVariables(answer);
}

/** Reads it as the campaign's message; undefined where an album was left before it was whole. */
export async function copiedMessage(
  talk: Talk,
  answer: Written,
  { takes }: Room,
): Promise<WrittenMessage | Note | "back" | "cancel"> {
  const { copy } = answer;
  if ("refused" in copy) return (words) => words.say(`copy-refused-${copy.refused}`);
  if (!takes?.copies) return (words) => words.say("message-not-taken-copies");
  const whole = copy.album === undefined ? [copy] : await collectAlbum(talk, copy);
  if (!Array.isArray(whole)) return whole;
  const writtenIn = whole.find((one) => hasVariables(one.written));
  if (!writtenIn) return { message: "", extras: { copy: contentOf(whole) } };
  if (whole.length > 1 || !takesCaption(copy)) return (words) => words.say("copy-no-variables");
  const html = htmlOf(copy.written);
  return {
    message: html ?? copy.written.text,
    extras: { ...(html === undefined ? {} : { format: "html" }), copy: contentOf(whole) },
  };
}

function contentOf(parts: readonly Copiable[]): CopiedContent {
  const sorted = parts.toSorted((a, b) => a.messageId - b.messageId);
  const [first] = sorted;
  if (!first) throw new Error("an album without a message");
  const caption = sorted.map(({ written }) => written.text).find((text) => text !== "");
  return {
    kind: sorted.length > 1 ? "album" : first.kind,
    chatId: first.chatId,
    messageIds: sorted.map(({ messageId }) => messageId),
    ...(caption === undefined ? {} : { caption }),
  };
}
