/** Methods that copy messages, as strictly as Bot API 10.1 says: copyMessage and copyMessages. */
import type { Message } from "grammy/types";
import { z } from "zod";
import type { Call, Method } from "../api-context.ts";
import { countSend, putMessage, recipientOf } from "../api-context.ts";
import { badRequest } from "../api-error.ts";
import { contentOf, isCaptioned } from "./contents.ts";
import { botMessage, captionOf } from "./message-content.ts";
import { inlineKeyboardOf } from "./reply-markup.ts";

/** "A JSON-serialized list of 1-100 identifiers of messages in the chat from_chat_id to copy." */
const MOST_COPIES = 100;

export const copyMethods: Readonly<Record<string, Method>> = {
  copyMessage(call) {
    const { context, fields } = call;
    const person = recipientOf(call);
    const from = sourceOf(call);
    const message = context.store.state.message(from, fields.integer("message_id") ?? 0);
    if (!message) throw badRequest("message to copy not found");
    if (!isCopyable(message)) throw badRequest("message can't be copied");
    const markup = inlineKeyboardOf(fields);
    const isNew = fields.has("caption") && isCaptioned(message);
    const { caption: _caption, caption_entities: _entities, ...bare } = contentOf(message);
    const made = putMessage(context, {
      ...botMessage(context, person),
      ...(isNew ? { ...bare, ...captionOf(fields) } : contentOf(message)),
      ...(markup ? { reply_markup: markup } : {}),
    });
    return { message_id: made.message_id };
  },

  copyMessages(call) {
    const { context, fields } = call;
    const person = recipientOf(call);
    const from = sourceOf(call);
    const ids = fields.object("message_ids", z.array(z.int()), "message identifiers") ?? [];
    if (ids.length === 0) throw badRequest("message identifiers are not specified");
    if (ids.length > MOST_COPIES) throw badRequest("too many messages to copy");
    if (ids.some((id, index) => id <= (ids[index - 1] ?? 0)))
      throw badRequest("message identifiers must be in a strictly increasing order");
    const found = ids.flatMap((id) => context.store.state.message(from, id) ?? []).filter(isCopyable);
    if (found.length === 0) throw badRequest("there are no messages to copy");
    const albums = new Map<string, string>();
    return found.map((message, index) => {
      if (index > 0) countSend(call, person);
      const made = putMessage(context, {
        ...botMessage(context, person),
        ...contentOf(message),
        ...albumOf(message, albums, context.store.state.ids.message + 1),
      });
      return { message_id: made.message_id };
    });
  },
};

/** "Album grouping is kept for copied messages": under a name of its own. */
function albumOf(
  { media_group_id: album }: Message,
  albums: Map<string, string>,
  next: number,
): Partial<Message> {
  if (album === undefined) return {};
  const copied = albums.get(album) ?? `${album}${next}`;
  albums.set(album, copied);
  return { media_group_id: copied };
}

/** The chat to copy from: one that the bot knows. */
function sourceOf({ context, fields }: Call): number {
  const id = fields.integer("from_chat_id") ?? Number.NaN;
  if (!context.persons.has(id) || !context.store.state.hasChat(id)) throw badRequest("chat not found");
  return id;
}

/** "Service messages, paid media messages, giveaway messages … and invoice messages can't be copied. A quiz poll … only if" */
function isCopyable(message: Message): boolean {
  if (message.has_protected_content || Object.keys(contentOf(message)).length === 0) return false;
  return message.poll?.type !== "quiz" || (message.poll.correct_option_ids?.length ?? 0) > 0;
}
