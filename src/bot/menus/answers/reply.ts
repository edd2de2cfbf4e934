/** What an operator writes in reply to the card of an answer: the person gets it from the account that wrote to them. */
import { Composer } from "grammy";
import type { Message } from "grammy/types";
import { answererName } from "../../../words/answer-lines.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import type { AnswerMeant } from "../../views/answers/answer-choice.ts";
import { isMeant, readAnswerPress } from "../../views/answers/answer-choice.ts";
import { replyEnd, replyProblem } from "../../views/answers/reply-words.ts";
import { sendView } from "../../views/view.ts";

/** Before the dialogues: a reply to a card is for the person, whatever else is being asked. A command stays a command. */
export function replyMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.on("message", async (context, next) => {
    const { message } = context;
    const meant = answerMeant(message.reply_to_message);
    if (meant === undefined || message.text?.startsWith("/")) return next();
    await replied(parts, context, { meant, message });
  });
  return menu;
}

/** The answer that a card is about, by its own buttons. */
function answerMeant(card: Message | undefined): AnswerMeant | undefined {
  const buttons = (card?.reply_markup?.inline_keyboard ?? []).flat();
  for (const button of buttons) {
    const press = "callback_data" in button ? readAnswerPress(button.callback_data) : undefined;
    if (press && press.verb !== "card") return press;
  }
  return undefined;
}

async function replied(
  { app }: BotParts,
  { api, words, operatorId, work }: OperatorContext,
  { meant, message }: { readonly meant: AnswerMeant; readonly message: Message },
): Promise<void> {
  const say = (text: string): Promise<unknown> => sendView(api, message.chat.id, { text });
  if (message.text === undefined) return void (await say(words.say("reply-problem-noText")));
  const { number } = meant;
  const found = await app.answers.get(number);
  if (!found || !isMeant(found.answer, meant))
    return void (await say(replyProblem({ ok: false, problem: "noAnswer" }, words)));
  const id = `${message.chat.id}:${message.message_id}`;
  const asked = { id, answer: number, text: message.text, by: String(operatorId) };
  const result = await work.handOver(() => app.answers.reply(asked));
  if (!result.ok) return void (await say(replyProblem(result, words)));
  const { reply } = result;
  const text = replyEnd(reply, answererName(found.answer, words), words);
  const hasEnded = reply.state !== "planned" && reply.state !== "claimed";
  await (hasEnded ? app.answers.tell(reply.id, () => say(text)) : say(text));
}
