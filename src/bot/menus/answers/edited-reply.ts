/** What somebody has can't be changed by an edit of what the operator wrote, and that is said. */
import type { MiddlewareFn } from "grammy";
import { answererName } from "../../../words/answer-lines.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { sendView } from "../../views/view.ts";
import { answerMeant, replyId } from "./reply-meant.ts";

/** Before the door, which lets no edit in. */
export function editedReplies({
  app,
  operators,
}: Pick<BotParts, "app" | "operators">): MiddlewareFn<OperatorContext> {
  return async (context, next) => {
    const { editedMessage: message, from } = context;
    const meant = answerMeant(message?.reply_to_message);
    if (!message || !meant || message.chat.type !== "private") return next();
    if (!from || !operators.isOperator(from.id)) return next();
    const found = await app.answers.get(meant.number);
    const reply = found?.replies.find(({ id }) => id === replyId(message));
    // Telegram tells of an edit where no word is another one, too.
    if (!found || !reply || reply.text === message.text?.trim()) return;
    const words = operators.wordsFor(from.id);
    const text = words.say("reply-edited", { name: answererName(found.answer, words) });
    await sendView(context.api, message.chat.id, { text });
  };
}
