/** Which updates are somebody's word, or deed, that ends their subscription. Pure; what ends it is the application's. */
import type { CallbackQuery, Update } from "grammy/types";
import { LEAVE_PRESS } from "../../domain/people/leave-press.ts";
import { commandOf } from "./command.ts";

/** How somebody leaves, and whose subscription ends. */
export interface Departure {
  readonly person: number;
  readonly how: "stopped" | "blocked";
}

/** What only others know. */
export interface DepartureFacts {
  isOperator(this: void, id: number): boolean;
  /** Whether a text means "write to me no more". */
  isStop(this: void, text: string): boolean;
}

/** Commands that leave; whatever is written behind one changes nothing about it. */
const LEAVING: ReadonlySet<string> = new Set(["stop", "unsubscribe"]);

/** The button under a campaign's message; whoever presses it leaves, an operator who subscribed too. */
function pressed({ data, from, message }: CallbackQuery): Departure | undefined {
  const leaves = data === LEAVE_PRESS && message?.chat.type === "private";
  return leaves ? { person: from.id, how: "stopped" } : undefined;
}

/**
 * Reads a departure, from private chats only: in a group nobody speaks to Peyk. Whoever is no operator leaves by the button, by command,
 * by a stop word, below a picture as well, in somebody else's words and in what they make of a message later; an operator, whose texts belong to dialogues and
 * whose forwarded commands are nobody's, by their own command.
 */
export function departureIn(update: Update, { isOperator, isStop }: DepartureFacts): Departure | undefined {
  const { edited_message: edited, my_chat_member: member, callback_query: press } = update;
  if (press) return pressed(press);
  const message = update.message ?? edited;
  const person = (message ?? member)?.from?.id;
  if (person === undefined || (message ?? member)?.chat.type !== "private") return undefined;
  if (member) return member.new_chat_member.status === "kicked" ? { person, how: "blocked" } : undefined;
  const text = message?.text ?? message?.caption ?? "";
  const isCommand = LEAVING.has(commandOf(text) ?? "");
  const leaves = isOperator(person)
    ? isCommand && !edited && message?.text !== undefined && !message.forward_origin
    : isCommand || isStop(text);
  return leaves ? { person, how: "stopped" } : undefined;
}
