/** What every Bot API method works with: who asks, the world, and the common checks on chats. */
import type { Message, UserFromGetMe } from "grammy/types";
import type { Clock } from "../../lib/clock.ts";
import { badRequest, forbidden, tooManyRequests } from "./api-error.ts";
import type { Fields } from "./fields.ts";
import type { FloodLimiter } from "./flood-limiter.ts";
import type { Person } from "../world/person.ts";
import type { UpdateQueue } from "../world/update-queue.ts";
import type { WorldStore } from "../world/world-store.ts";

/** The bot's side of the playground. */
export interface ApiContext {
  readonly me: UserFromGetMe;
  readonly persons: ReadonlyMap<number, Person>;
  /** Whose account is deleted; nobody can write to them. */
  readonly deactivated: ReadonlySet<number>;
  readonly store: WorldStore;
  readonly updates: UpdateQueue;
  readonly limiter: FloodLimiter;
  readonly clock: Clock;
}

/** One call of one method. */
export interface Call {
  readonly context: ApiContext;
  readonly fields: Fields;
  /** Fires when the bot hangs up or the playground closes. */
  readonly signal: AbortSignal;
}

/** Answers the call's `result`; refuses by throwing an ApiError. */
export type Method = (call: Call) => unknown;

/**
 * The person whose chat is meant.
 * @throws ApiError 400 when there is no such chat
 */
export function chatOf({ context, fields }: Call): Person {
  if (!fields.has("chat_id")) throw badRequest("chat_id is empty");
  const person = context.persons.get(fields.integer("chat_id") ?? Number.NaN);
  if (!person) throw badRequest("chat not found");
  return person;
}

/**
 * The person a new message may go to, with the send counted against the flood limits.
 * @throws ApiError 400, 403 (never wrote to the bot, or blocked it), 429
 */
export function recipientOf(call: Call): Person {
  const person = chatOf(call);
  const { state } = call.context.store;
  if (call.context.deactivated.has(person.id)) throw forbidden("user is deactivated");
  if (state.blocked.has(person.id)) throw forbidden("bot was blocked by the user");
  if (!state.hasChat(person.id)) throw forbidden("bot can't initiate conversation with a user");
  countSend(call, person);
  return person;
}

/** Counts a send or an edit: Telegram takes both from one limit. */
export function countSend({ context }: Call, person: Person): void {
  const seconds = context.limiter.take(person.id, context.clock.now());
  if (seconds !== undefined) throw tooManyRequests(seconds);
}

/**
 * The message meant by `message_id`.
 * @param missing Words of the refusal when there is none
 */
export function messageOf({ context, fields }: Call, person: Person, missing: string): Message {
  const id = fields.integer("message_id");
  const message = id === undefined ? undefined : context.store.state.message(person.id, id);
  if (!message) throw badRequest(missing);
  return message;
}

/** Stores a new message, or the new state of one, and shows it. */
export function putMessage(context: Pick<ApiContext, "store">, message: Message): Message {
  context.store.record({ t: "message", message });
  context.store.announce({ kind: "message", person: message.chat.id, message });
  return message;
}
