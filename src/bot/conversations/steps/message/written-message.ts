/** From what an operator sent to the campaign's message: plain or formatted text, with a photo or a document. */
import type { ChannelChoice, DraftExtras } from "../../../../app/drafts/draft.ts";
import { MOST_UPLOAD_BYTES } from "../../../uploads.ts";
import type { Answer, SentFile } from "../../answer.ts";
import type { DraftState } from "../../draft-state.ts";
import { htmlOf } from "../../formatted-text.ts";
import type { Note, Talk } from "../../step.ts";

/** A message as it would be kept. */
export interface WrittenMessage {
  readonly message: string;
  readonly extras?: DraftExtras;
}

/** What a message may be at most before it is known through what it goes out. */
export type Room = Pick<ChannelChoice, "maxMessageLength" | "maxCaptionLength" | "takes">;

/** Joins what several ways take: whatever one of them takes may be written. */
export function widestRoom(channels: readonly Room[]): Room {
  const takes = (what: keyof NonNullable<Room["takes"]>): boolean =>
    channels.some((channel) => channel.takes?.[what] === true);
  const captions = channels.flatMap(({ maxCaptionLength }) => maxCaptionLength ?? []);
  return {
    maxMessageLength: Math.max(0, ...channels.map((channel) => channel.maxMessageLength)),
    ...(captions.length > 0 ? { maxCaptionLength: Math.max(...captions) } : {}),
    takes: { formatting: takes("formatting"), attachments: takes("attachments"), buttons: takes("buttons") },
  };
}

/** Reads an answer as a message; a file is fetched to this disk. Formatting that nothing takes is left out. */
export async function writtenIn(
  talk: Talk,
  { extras: before }: DraftState,
  answer: Exclude<Answer, { kind: "button" }>,
  room: Room,
): Promise<WrittenMessage | Note> {
  if (answer.kind === "other") return (words) => words.say("message-not-text");
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

const tooBig: Note = (words) =>
  words.say("message-file-too-big", { megabytes: MOST_UPLOAD_BYTES / 1024 / 1024 });

async function fetched({ dialogue, parts }: Talk, { fileId, size = 0 }: SentFile): Promise<string | Note> {
  if (size > MOST_UPLOAD_BYTES) return tooBig;
  const file = await dialogue.perform((context) => parts.uploads.fetch(context.api, fileId, context.work));
  if (file.ok) return file.path;
  return file.problem === "tooBig" ? tooBig : (words) => words.say("problem-notFetched");
}
