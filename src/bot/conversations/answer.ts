import type { Context } from "grammy";

/** What an operator answered to a question. */
export type Answer =
  | { readonly kind: "button"; readonly choice: string }
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "document";
      readonly fileId: string;
      /** As claimed by the sender. */
      readonly name: string;
      readonly mimeType?: string;
      /** Bytes, where Telegram says. */
      readonly size?: number;
    }
  | { readonly kind: "other"; readonly what: "picture" | "video" | "voice" | "sticker" | "otherKind" };

/** Reads a message as an answer. */
export function answerOf(message: NonNullable<Context["message"]>): Answer {
  if (message.text !== undefined) return { kind: "text", text: message.text };
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
      fileId,
      name,
      ...(mimeType === undefined ? {} : { mimeType }),
      ...(size === undefined ? {} : { size }),
    };
  }
  if (message.photo) return { kind: "other", what: "picture" };
  if (message.voice ?? message.audio) return { kind: "other", what: "voice" };
  if (message.sticker) return { kind: "other", what: "sticker" };
  return { kind: "other", what: "otherKind" };
}
