/** /answers: what people answered, to look at, and whether a channel's answers are told at all. */
import { Composer } from "grammy";
import { namesNow } from "../../../app/people/who.ts";
import { isErased } from "../../../domain/people/answer.ts";
import { typed } from "../../../words/markup.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import { answerCard, answerList, keepQuestion } from "../../views/answers/answer-card.ts";
import type { AnswerMeant, AnswerVerb, KeepVerb } from "../../views/answers/answer-choice.ts";
import { isMeant, readAnswerPress, readKeepPress } from "../../views/answers/answer-choice.ts";
import type { View } from "../../views/view.ts";
import { sendView } from "../../views/view.ts";
import { whoCard } from "../../views/who/who-card.ts";
import { answered } from "../begin.ts";
import { replaceCard } from "../campaigns/uncertain.ts";

export function answersMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("answers", async (context) => {
    const about = typed(context.match);
    await sendView(context.api, chatOf(context), await listOf(parts, context, about));
  });
  menu.on("callback_query:data", async (context, next) => {
    const { data } = context.callbackQuery;
    const press = readAnswerPress(data);
    if (press) return pressed(parts, context, press);
    const keep = readKeepPress(data);
    return keep ? keepPressed(parts, context, keep) : next();
  });
  return menu;
}

async function listOf({ app }: BotParts, { words }: OperatorContext, about: string): Promise<View> {
  const asked = about === "" ? {} : { about };
  const answers = await app.answers.list(asked.about);
  return answerList(answers, { ...asked, channels: await app.answers.channels(), words });
}

async function pressed(
  { app, operators }: BotParts,
  context: OperatorContext,
  press: AnswerMeant & { readonly verb: AnswerVerb },
): Promise<void> {
  const { words, operatorId } = context;
  const { verb, number } = press;
  const found = await app.answers.get(number);
  if (!found || isErased(found.answer) || !isMeant(found.answer, press))
    return answered(context, words.plain("gone-button"));
  const { personId, username } = found.answer;
  if (verb === "card") {
    await answered(context);
    const mayReply = operators.may(operatorId, "act");
    return void (await sendView(context.api, chatOf(context), answerCard(found, { words, mayReply })));
  }
  const told = await app.who(personId ?? username);
  const known = told.ok && told.who.people.length > 0 ? told : await app.who(username);
  if (!known.ok) return answered(context, words.plain("gone-button"));
  if (verb === "who") {
    await answered(context);
    return void (await sendView(context.api, chatOf(context), whoCard(known.who, 0, words)));
  }
  const listed = new Set(known.who.suppressed.map((one) => one.username));
  const names = [...new Set([...namesNow(known.who), username])].filter((name) => !listed.has(name));
  const { changed } = await app.suppress.add(names, "blocked");
  await answered(context, words.plain("who-blocked", { count: changed }));
}

async function keepPressed(
  parts: BotParts,
  context: OperatorContext,
  { verb, channel: name }: { readonly verb: KeepVerb; readonly channel: string },
): Promise<void> {
  const { words } = context;
  const { answers } = parts.app;
  const channel = (await answers.channels()).find((one) => one.name === name);
  if (!channel) return answered(context, words.plain("gone-button"));
  await answered(context);
  switch (verb) {
    case "ask":
      return void (await sendView(context.api, chatOf(context), keepQuestion(channel, words)));
    case "leave":
      return replaceCard(context, { text: words.say("who-kept") });
    case "on":
    case "off":
      await answers.keep(name, verb === "on");
      return replaceCard(context, await listOf(parts, context, ""));
  }
}
