/** Which answer an operator replies to, and which reply that is. */
import type { Message } from "grammy/types";
import type { AnswerMeant } from "../../views/answers/answer-choice.ts";
import { readAnswerPress } from "../../views/answers/answer-choice.ts";

/** The answer that a card is about, by its own buttons. */
export function answerMeant(card: Message | undefined): AnswerMeant | undefined {
  const buttons = (card?.reply_markup?.inline_keyboard ?? []).flat();
  for (const button of buttons) {
    const press = "callback_data" in button ? readAnswerPress(button.callback_data) : undefined;
    if (press && press.verb !== "card") return press;
  }
  return undefined;
}

/** Of the message that an operator wrote: read again it is the same reply. */
export function replyId({ chat, message_id: id }: Message): string {
  return `${chat.id}:${id}`;
}
