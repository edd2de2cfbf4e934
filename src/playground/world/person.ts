/** The people of the playground, as Telegram describes people. */
import type { Chat, User } from "grammy/types";

/** Somebody who can chat with the bot; every person has one private chat with it, under the person's id. */
export interface Person {
  readonly id: number;
  readonly firstName: string;
  /** Absent: the person has none. */
  readonly username?: string;
  readonly languageCode: "en" | "fa";
  readonly role: "operator" | "stranger";
}

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
