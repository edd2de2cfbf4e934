/** From what an operator sent to the campaign's message: plain or formatted text, with a photo or a document. */
import { MOST_UPLOAD_BYTES } from "../../../uploads.ts";
import type { Answer, SentFile } from "../../answer.ts";
import type { DraftState } from "../../draft-state.ts";
import { copiedMessage, isCopied } from "./copied-message.ts";
import { htmlOf } from "../../formatted-text.ts";
import type { Note, Talk } from "../../step.ts";
import type { Room, WrittenMessage } from "./room.ts";

/** Reads an answer as a message; a file is fetched to this disk. Formatting that nothing takes is left out. */
export async function writtenIn(
  talk: Talk,
  { extras: before }: DraftState,
  answer: Exclude<Answer, { kind: "button" }>,
  room: Room,
): Promise<WrittenMessage | Note | "back" | "cancel"> {
  if (answer.kind === "other" || (room.takes?.copies && isCopied(answer))) {
    const copied = await copiedMessage(talk, answer, room);
    return typeof copied === "object" ? withButtons(copied, before) : copied;
  }
  const html = room.takes?.formatting ? htmlOf(answer) : undefined;
  const kept = {
    ...(html === undefined ? {} : { format: "html" as const }),
    ...(before?.buttons ? { buttons: before.buttons } : {}),
  };
  const message = html ?? answer.text;
  if (answer.kind === "text") return { message, extras: kept };
  if (!room.takes?.attachments) return (words) => words.say("message-not-taken-attachments");
  const path = await fetched(talk, answer);
  if (typeof path === "function") return path;
  const attachment = {
    kind: answer.kind === "picture" ? "photo" : "document",
    path,
    name: answer.name,
  } as const;
  return { message, extras: { ...kept, attachment } };
}

/** Links that stand under the message stay; under an album there is no room for any. */
function withButtons({ message, extras }: WrittenMessage, before: DraftState["extras"]): WrittenMessage {
  const isAlbum = (extras?.copy?.messageIds.length ?? 0) > 1;
  return {
    message,
    extras: { ...extras, ...(before?.buttons && !isAlbum ? { buttons: before.buttons } : {}) },
  };
}

const tooBig: Note = (words) =>
  words.say("message-file-too-big", { megabytes: MOST_UPLOAD_BYTES / 1024 / 1024 });

async function fetched({ dialogue, parts }: Talk, { fileId, size = 0 }: SentFile): Promise<string | Note> {
  if (size > MOST_UPLOAD_BYTES) return tooBig;
  const file = await dialogue.perform((context) => parts.uploads.fetch(context.api, fileId, context.work));
  if (file.ok) return file.path;
  return file.problem === "tooBig" ? tooBig : (words) => words.say("problem-notFetched");
}
