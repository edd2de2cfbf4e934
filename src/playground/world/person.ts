/** The people of the playground, as Telegram describes people. */
import type { Chat, Message, User } from "grammy/types";

/** Somebody who can chat with the bot; every person has one private chat with it, under the person's id. */
export interface Person {
  readonly id: number;
  readonly firstName: string;
  /** Absent: the person has none. */
  readonly username?: string;
  readonly languageCode: "en" | "fa";
  readonly role: "operator" | "stranger";
}

/** What a message holds, whoever sends it. */
export type Content = Omit<Partial<Message>, "message_id" | "from" | "chat" | "date">;

/** The sender of a person's messages. */
export function userOf(person: Person): User {
  return {
    id: person.id,
    is_bot: false,
    first_name: person.firstName,
    ...named(person),
    language_code: person.languageCode,
  };
}

/** A person's chat with the bot. */
export function privateChatOf(person: Person): Chat.PrivateChat {
  return { id: person.id, type: "private", first_name: person.firstName, ...named(person) };
}

function named({ username }: Person): { username?: string } {
  return username === undefined ? {} : { username };
}
