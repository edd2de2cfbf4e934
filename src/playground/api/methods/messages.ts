/** Methods that send, edit, delete and pin messages. */
import type { Message } from "grammy/types";
import {
  type Call,
  chatOf,
  countSend,
  type Method,
  messageOf,
  putMessage,
  recipientOf,
} from "../api-context.ts";
import { badRequest } from "../api-error.ts";
import type { Person } from "../../world/person.ts";
import { botMessage, captionOf, textOf, textParts } from "./message-content.ts";
import { isCaptioned } from "./contents.ts";
import { inlineKeyboardOf } from "./reply-markup.ts";
import { replyTo } from "./reply-to.ts";

const NOT_MODIFIED =
  "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";
/** "A message can only be deleted if it was sent less than 48 hours ago" (Bot API 10.1: deleteMessage). */
const DELETABLE_MS = 48 * 3_600_000;

export const messageMethods: Readonly<Record<string, Method>> = {
  sendMessage(call) {
    const person = recipientOf(call);
    const content = textOf(call.fields);
    return putMessage(call.context, {
      ...botMessage(call.context, person),
      ...replyTo(call, person),
      ...textParts(content),
      ...keyboard(call),
    });
  },

  editMessageText(call) {
    const { person, message } = editable(call);
    if (message.text === undefined) throw badRequest("there is no text in the message to edit");
    const { entities: _entities, reply_markup: _markup, ...rest } = message;
    return edited(call, person, { ...rest, ...textParts(textOf(call.fields)), ...keyboard(call) });
  },

  editMessageCaption(call) {
    const { person, message } = editable(call);
    if (!isCaptioned(message)) throw badRequest("there is no caption in the message to edit");
    const { caption: _caption, caption_entities: _entities, reply_markup: _markup, ...rest } = message;
    return edited(call, person, { ...rest, ...captionOf(call.fields), ...keyboard(call) });
  },

  editMessageReplyMarkup(call) {
    const { person, message } = editable(call);
    const { reply_markup: _markup, ...rest } = message;
    return edited(call, person, { ...rest, ...keyboard(call) });
  },

  deleteMessage(call) {
    const person = chatOf(call);
    deleteOne(call, person, messageOf(call, person, "message to delete not found"));
    return true;
  },

  deleteMessages(call) {
    const person = chatOf(call);
    const ids = call.fields.text("message_ids").match(/\d+/g) ?? [];
    for (const id of ids) {
      const message = call.context.store.state.message(person.id, Number(id));
      if (message) deleteOne(call, person, message);
    }
    return true;
  },

  pinChatMessage(call) {
    const person = chatOf(call);
    pin(call, messageOf(call, person, "message to pin not found"), true);
    return true;
  },

  unpinChatMessage(call) {
    const person = chatOf(call);
    const { state } = call.context.store;
    const named = call.fields.has("message_id");
    const message = named ? messageOf(call, person, "message to unpin not found") : state.pinned(person.id);
    if (message) pin(call, message, false);
    return true;
  },

  unpinAllChatMessages(call) {
    const person = chatOf(call);
    const { state } = call.context.store;
    for (let one = state.pinned(person.id); one; one = state.pinned(person.id)) pin(call, one, false);
    return true;
  },
};

function editable(call: Call): { person: Person; message: Message } {
  if (call.fields.has("inline_message_id")) throw badRequest("MESSAGE_ID_INVALID");
  const person = chatOf(call);
  countSend(call, person);
  const message = messageOf(call, person, "message to edit not found");
  if (message.from?.id !== call.context.me.id) throw badRequest("message can't be edited");
  return { person, message };
}

/** Only what a person sees counts as a change: text, caption, their entities and the keyboard. */
function edited(call: Call, person: Person, next: Message): Message {
  const { context } = call;
  const before = context.store.state.message(person.id, next.message_id);
  if (before && seen(before) === seen(next)) throw badRequest(NOT_MODIFIED);
  return putMessage(context, { ...next, edit_date: Math.floor(context.clock.now() / 1000) });
}

function seen(message: Message): string {
  const { text, entities, caption, caption_entities, reply_markup } = message;
  return JSON.stringify([text, entities, caption, caption_entities, reply_markup]);
}

function keyboard(call: Call): Pick<Message, "reply_markup"> {
  const markup = inlineKeyboardOf(call.fields);
  return markup ? { reply_markup: markup } : {};
}

function deleteOne({ context }: Call, person: Person, message: Message): void {
  if (context.clock.now() - message.date * 1000 >= DELETABLE_MS)
    throw badRequest("message can't be deleted for everyone");
  context.store.record({ t: "deleted", chat: person.id, id: message.message_id });
  context.store.announce({ kind: "deleted", person: person.id, messageId: message.message_id });
}

function pin({ context }: Call, message: Message, on: boolean): void {
  const chat = message.chat.id;
  context.store.record({ t: "pinned", chat, id: message.message_id, on });
  context.store.announce({ kind: "pinned", person: chat, message: context.store.state.pinned(chat) });
}
