/** What a message can hold beside text, and the methods that send it (Bot API 10.1), with the limits that the real server sets. */
import type { InputPollOption, Message } from "grammy/types";
import { z } from "zod";
import type { Call, Method } from "../api-context.ts";
import { countSend, putMessage, recipientOf } from "../api-context.ts";
import { badRequest } from "../api-error.ts";
import type { Fields } from "../fields.ts";
import { botMessage, captionOf } from "./message-content.ts";
import { inlineKeyboardOf } from "./reply-markup.ts";
import { replyTo } from "./reply-to.ts";

/** Fields of a message that a copy of it has as well. */
const contentFields = [
  "text",
  "entities",
  "link_preview_options",
  "animation",
  "audio",
  "document",
  "photo",
  "sticker",
  "video",
  "video_note",
  "voice",
  "caption",
  "caption_entities",
  "show_caption_above_media",
  "has_media_spoiler",
  "contact",
  "dice",
  "poll",
  "venue",
  "location",
] as const;

/** Kinds of files that are sent by their `file_id`, by the field that they stand in; the first of them take a caption. */
const fileKinds = ["video", "animation", "audio", "voice", "video_note", "sticker"] as const;
type FileKind = (typeof fileKinds)[number];
const captioned: readonly (keyof Message)[] = ["photo", "document", "video", "animation", "audio", "voice"];

/** The part of a message that a copy shares with it; empty for a service message. */
export function contentOf(message: Message): Partial<Message> {
  return Object.fromEntries(
    contentFields.flatMap((field) => (field in message ? [[field, message[field]]] : [])),
  );
}

/** Tells whether a new caption may stand in it. */
export function isCaptioned(message: Message): boolean {
  return captioned.some((field) => field in message);
}

export const contentMethods: Readonly<Record<string, Method>> = {
  sendVideo: (call) => sendFile(call, "video"),
  sendAnimation: (call) => sendFile(call, "animation"),
  sendAudio: (call) => sendFile(call, "audio"),
  sendVoice: (call) => sendFile(call, "voice"),
  sendVideoNote: (call) => sendFile(call, "video_note"),
  sendSticker: (call) => sendFile(call, "sticker"),

  sendLocation: (call) => send(call, { location: placeIn(call.fields) }),

  sendVenue(call) {
    const { fields } = call;
    const [title, address] = [needed(fields, "title"), needed(fields, "address")];
    const location = placeIn(fields);
    return send(call, { venue: { location, title, address }, location });
  },

  sendContact(call) {
    const phone = needed(call.fields, "phone_number");
    return send(call, { contact: { phone_number: phone, first_name: needed(call.fields, "first_name") } });
  },

  sendPoll: (call) => send(call, { poll: pollIn(call) }),

  sendMediaGroup(call) {
    const { context, fields } = call;
    const person = recipientOf(call);
    const items = fields.object("media", mediaList, "media") ?? [];
    if (items.length < 2 || items.length > 10)
      throw badRequest("wrong number of messages in the album: must be between 2 and 10");
    const kinds = new Set(items.map(({ type }) => type));
    const isMixed = kinds.size > 1 && (kinds.has("document") || kinds.has("audio"));
    if (isMixed) throw badRequest("MEDIA_INVALID: documents and audio files can't be mixed with other media");
    const found = items.map(({ type, media }) => ({ type, file: context.store.state.files.get(media) }));
    if (found.some(({ file }) => !file)) throw badRequest("wrong file identifier/HTTP URL specified");
    const album = `${person.id}${context.store.state.ids.message + 1}`;
    return found.map(({ type, file }, index) => {
      if (index > 0) countSend(call, person);
      const caption = items[index]?.caption ?? "";
      return putMessage(context, {
        ...botMessage(context, person),
        ...fileContent(type === "photo" ? "photo" : type, file?.fileId ?? ""),
        ...(caption === "" ? {} : { caption }),
        media_group_id: album,
      });
    });
  },
};

const mediaList = z.array(
  z.looseObject({
    type: z.enum(["photo", "video", "audio", "document"]),
    media: z.string(),
    caption: z.string().max(1024).optional(),
  }),
);

/** A file of some kind as a message shows it: what is not known of it is made up, and the same for the same file. */
export function fileContent(kind: FileKind | "photo" | "document", fileId: string): Partial<Message> {
  const file = { file_id: fileId, file_unique_id: fileId.slice(-12) };
  switch (kind) {
    case "photo":
      return { photo: [{ ...file, width: 320, height: 240 }] };
    case "document":
      return { document: file };
    case "video":
      return { video: { ...file, width: 640, height: 360, duration: 12 } };
    case "animation":
      // "For backward compatibility, when this field is set, the document field will also be set."
      return { animation: { ...file, width: 320, height: 240, duration: 3 }, document: file };
    case "audio":
      return { audio: { ...file, duration: 180 } };
    case "voice":
      return { voice: { ...file, duration: 7 } };
    case "video_note":
      return { video_note: { ...file, length: 240, duration: 9 } };
    case "sticker":
      return {
        sticker: {
          ...file,
          type: "regular",
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
          emoji: "🌷",
        },
      };
  }
}

function send(call: Call, content: Partial<Message>): Message {
  const { context, fields } = call;
  const person = recipientOf(call);
  const markup = inlineKeyboardOf(fields);
  return putMessage(context, {
    ...botMessage(context, person),
    ...replyTo(call, person),
    ...content,
    ...(markup ? { reply_markup: markup } : {}),
  });
}

/** Files of these kinds are here only by the `file_id` that they have already. */
function sendFile(call: Call, kind: FileKind): Message {
  const reference = call.fields.text(kind);
  if (reference === "") throw badRequest(`there is no ${kind.replace("_", " ")} in the request`);
  if (!call.context.store.state.files.has(reference))
    throw badRequest("wrong remote file identifier specified: Wrong string length");
  const caption = captioned.includes(kind) ? captionOf(call.fields) : {};
  return send(call, { ...fileContent(kind, reference), ...caption });
}

function placeIn(fields: Fields): { latitude: number; longitude: number } {
  const [latitude, longitude] = [Number(fields.text("latitude")), Number(fields.text("longitude"))];
  const isPlace = fields.has("latitude") && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  if (!isPlace) throw badRequest("invalid location specified");
  return { latitude, longitude };
}

function needed(fields: Fields, name: string): string {
  const text = fields.text(name);
  if (text === "") throw badRequest(`${name.replaceAll("_", " ")} must be non-empty`);
  return text;
}

const options = z.array(
  z.looseObject({ text: z.string() }) satisfies z.ZodType<Pick<InputPollOption, "text">>,
);

/** "Poll question, 1-300 characters", "1-12 answer options", "Option text, 1-100 characters", the right one of a quiz. */
function pollIn({ context, fields }: Call): NonNullable<Message["poll"]> {
  const question = fields.text("question");
  if (question === "") throw badRequest("poll question must be non-empty");
  if (question.length > 300) throw badRequest("poll question length must not exceed 300");
  const given = fields.object("options", options, "poll options") ?? [];
  if (given.length < 1) throw badRequest("poll must have at least 1 option");
  if (given.length > 12) throw badRequest("poll can't have more than 12 options");
  if (given.some(({ text }) => text === "")) throw badRequest("poll options must be non-empty");
  if (given.some(({ text }) => text.length > 100))
    throw badRequest("poll options length must not exceed 100");
  const right = fields.object("correct_option_ids", z.array(z.int()), "correct option identifiers") ?? [];
  const isQuiz = fields.text("type") === "quiz";
  if (isQuiz && right.length === 0) throw badRequest("wrong correct option ID specified");
  const texts = given.map(({ text }) => text);
  const id = String(context.store.state.ids.message + 1);
  return pollOf(
    id,
    question,
    texts,
    isQuiz ? { type: "quiz", correct_option_ids: right } : { type: "regular" },
  );
}

/** A poll that nobody has voted in. */
export function pollOf(
  id: string,
  question: string,
  texts: readonly string[],
  kind: Pick<NonNullable<Message["poll"]>, "type" | "correct_option_ids">,
): NonNullable<Message["poll"]> {
  return {
    id,
    question,
    options: texts.map((text, index) => ({ persistent_id: String(index), text, voter_count: 0 })),
    total_voter_count: 0,
    is_closed: false,
    is_anonymous: true,
    allows_multiple_answers: false,
    allows_revoting: kind.type !== "quiz",
    members_only: false,
    ...kind,
  };
}
