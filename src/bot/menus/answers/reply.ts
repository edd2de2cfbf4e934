/** What an operator writes in reply to the card of an answer: the person gets it from the account that wrote to them. */
import { Composer } from "grammy";
import type { Message } from "grammy/types";
import type { OwnReply } from "../../../domain/people/own-reply.ts";
import { answererName } from "../../../words/answer-lines.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import type { AnswerMeant } from "../../views/answers/answer-choice.ts";
import { isMeant } from "../../views/answers/answer-choice.ts";
import { readSecondPress, secondQuestion } from "../../views/answers/second-reply.ts";
import { replyEnd, replyProblem } from "../../views/answers/reply-words.ts";
import { sendView } from "../../views/view.ts";
import { answered } from "../begin.ts";
import { replaceCard } from "../campaigns/uncertain.ts";
import { answerMeant, replyId } from "./reply-meant.ts";

/** Before the dialogues: a reply to a card is for the person, whatever else is being asked. A command stays a command. */
export function replyMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.on("message", async (context, next) => {
    const { message } = context;
    const meant = answerMeant(message.reply_to_message);
    if (meant === undefined || message.text?.startsWith("/")) return next();
    await replied(parts, context, { meant, message });
  });
  menu.on("callback_query:data", async (context, next) => {
    const meant = readSecondPress(context.callbackQuery.data);
    return meant ? sentToo(parts, context, meant) : next();
  });
  return menu;
}

interface Written {
  readonly meant: AnswerMeant;
  /** What the operator wrote. */
  readonly message: Message;
}

/** The reply goes out beside somebody else's: it is the message that the question quotes. */
async function sentToo({ app }: BotParts, context: OperatorContext, meant: AnswerMeant): Promise<void> {
  const { words, operatorId, work } = context;
  const written = context.callbackQuery?.message?.reply_to_message;
  const found = await app.answers.get(meant.number);
  if (written?.text === undefined || !found || !isMeant(found.answer, meant))
    return answered(context, words.plain("gone-button"));
  await answered(context);
  const given = { id: replyId(written), answer: meant.number, text: written.text, by: String(operatorId) };
  const result = await work.handOver(() => app.answers.reply(given));
  if (!result.ok) return replaceCard(context, { text: replyProblem(result, words) });
  const { reply } = result;
  const say = (): Promise<void> =>
    replaceCard(context, { text: replyEnd(reply, answererName(found.answer, words), words) });
  await (hasEnded(reply) ? app.answers.tell(reply.id, say) : say());
}

function hasEnded({ state }: OwnReply): boolean {
  return state !== "planned" && state !== "claimed";
}

async function replied(
  { app, operators }: BotParts,
  { api, words, operatorId, work }: OperatorContext,
  { meant, message }: Written,
): Promise<void> {
  const say = (text: string): Promise<unknown> => sendView(api, message.chat.id, { text });
  if (message.text === undefined) return void (await say(words.say("reply-problem-noText")));
  const { number } = meant;
  const found = await app.answers.get(number);
  if (!found || !isMeant(found.answer, meant))
    return void (await say(replyProblem({ ok: false, problem: "noAnswer" }, words)));
  const asked = { id: replyId(message), answer: number, text: message.text, by: String(operatorId) };
  const result = await work.handOver(() => app.answers.replyIfAlone(asked));
  if (!result.ok && result.problem === "another") {
    const { another } = result;
    const about = { answer: found.answer, another, who: operators.nameOf(another.by) };
    const question = secondQuestion(about, meant, words);
    return void (await sendView(api, message.chat.id, { ...question, quotes: message.message_id }));
  }
  if (!result.ok) return void (await say(replyProblem(result, words)));
  const { reply } = result;
  const text = replyEnd(reply, answererName(found.answer, words), words);
  await (hasEnded(reply) ? app.answers.tell(reply.id, () => say(text)) : say(text));
}
