/** Text and captions of the bot's messages, with the limits the real server sets. */
import type { Message, MessageEntity } from "grammy/types";
import { z } from "zod";
import type { ApiContext } from "../api-context.ts";
import { badRequest } from "../api-error.ts";
import { type FormattedText } from "../entities/parsed-text.ts";
import { formattedText } from "../entities/formatted-text.ts";
import type { Fields } from "../fields.ts";
import { type Person, privateChatOf } from "../../world/person.ts";

/** Longest text after parsing entities, in UTF-16 units (Bot API: sendMessage). */
export const MAX_TEXT = 4096;
/** Longest caption after parsing entities, in UTF-16 units (Bot API: sendDocument). */
export const MAX_CAPTION = 1024;

const entityShape = z.looseObject({ type: z.string(), offset: z.int().min(0), length: z.int().min(0) });
const entityList = z.array(z.custom<MessageEntity>((value) => entityShape.safeParse(value).success));

/**
 * The text of a call.
 * @throws ApiError 400: empty, too long, or entities that can't be parsed
 */
export function textOf(fields: Fields): FormattedText {
  const content = formattedText(
    fields.text("text"),
    fields.text("parse_mode"),
    entitiesOf(fields, "entities"),
  );
  if (content.text === "") throw badRequest("message text is empty");
  if (content.text.length > MAX_TEXT) throw badRequest("message is too long");
  return content;
}

/** The caption of a call as the message carries it: nothing when there is none. */
export function captionOf(fields: Fields): Pick<Message, "caption" | "caption_entities"> {
  const entities = entitiesOf(fields, "caption_entities");
  const content = formattedText(fields.text("caption"), fields.text("parse_mode"), entities);
  if (content.text.length > MAX_CAPTION) throw badRequest("message caption is too long");
  return captionParts(content);
}

/** A caption in a message's own fields. */
export function captionParts(content: FormattedText): Pick<Message, "caption" | "caption_entities"> {
  if (content.text === "") return {};
  return {
    caption: content.text,
    ...(content.entities.length === 0 ? {} : { caption_entities: [...content.entities] }),
  };
}

/** A text in a message's own fields. */
export function textParts(content: FormattedText): Pick<Message, "text" | "entities"> {
  return {
    text: content.text,
    ...(content.entities.length === 0 ? {} : { entities: [...content.entities] }),
  };
}

/** The frame of a new message from the bot. */
export function botMessage(
  { me, store, clock }: ApiContext,
  person: Person,
): Pick<Message, "message_id" | "from" | "chat" | "date"> {
  return {
    message_id: store.state.ids.message + 1,
    from: { id: me.id, is_bot: true, first_name: me.first_name, username: me.username },
    chat: privateChatOf(person),
    date: Math.floor(clock.now() / 1000),
  };
}

function entitiesOf(fields: Fields, name: string): readonly MessageEntity[] {
  return fields.object(name, entityList, "message entities") ?? [];
}
