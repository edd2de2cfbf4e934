import type { Context } from "grammy";
import type { PhotoSize } from "grammy/types";
import type { Copiable, CopyRefusal } from "./copiable.ts";
import { copiableOf } from "./copiable.ts";
import type { FormattedText } from "./formatted-text.ts";

/** What an operator answered to a question. */
export type Answer = Said & {
  /** It was sent before the question was there to be read, so it may be meant for another one. */
  readonly isEarly?: true;
};

type Said =
  | { readonly kind: "button"; readonly choice: string }
  | (Sent & {
      /** The message as it would be copied. */ readonly copy: Copiable | { readonly refused: CopyRefusal };
    });

type Sent =
  | ({ readonly kind: "text" } & FormattedText)
  /** The text is the caption. */
  | ({ readonly kind: "document"; readonly mimeType?: string } & SentFile & FormattedText)
  | ({ readonly kind: "picture" } & SentFile & FormattedText)
  | { readonly kind: "other"; readonly what: "video" | "voice" | "sticker" | "otherKind" };

/** A file that Telegram holds. */
export interface SentFile {
  readonly fileId: string;
  /** As claimed by the sender. */
  readonly name: string;
  /** Bytes, where Telegram says. */
  readonly size?: number;
}

/** Reads a message as an answer. */
export function answerOf(message: NonNullable<Context["message"]>): Said {
  return { ...sentIn(message), copy: copiableOf(message) };
}

/** A text that came along with a command, as an answer: there is no message of it alone. */
export function textAnswer(text: string): Said {
  return { kind: "text", text, entities: [], copy: { refused: "service" } };
}

function sentIn(message: NonNullable<Context["message"]>): Sent {
  if (message.text !== undefined)
    return { kind: "text", text: message.text, entities: message.entities ?? [] };
  const caption = { text: message.caption ?? "", entities: message.caption_entities ?? [] };
  // An animation comes as a document too; nobody means it as a list.
  if (message.animation ?? message.video ?? message.video_note) return { kind: "other", what: "video" };
  if (message.document) {
    const {
      file_id: fileId,
      file_name: name = "list",
      mime_type: mimeType,
      file_size: size,
    } = message.document;
    return {
      kind: "document",
      ...caption,
      fileId,
      name,
      ...(mimeType === undefined ? {} : { mimeType }),
      ...(size === undefined ? {} : { size }),
    };
  }
  const picture = message.photo?.at(-1);
  if (picture) return { kind: "picture", ...caption, ...pictureFile(picture) };
  if (message.voice ?? message.audio) return { kind: "other", what: "voice" };
  if (message.sticker) return { kind: "other", what: "sticker" };
  return { kind: "other", what: "otherKind" };
}

/** Telegram sends the largest size last, and names none of them. */
function pictureFile({ file_id: fileId, file_size: size }: PhotoSize): SentFile {
  return { fileId, name: "photo.jpg", ...(size === undefined ? {} : { size }) };
}
