/** /who: everything about one person, and what can be done about them. Every press is looked at by what is true then. */
import { Composer } from "grammy";
import type { Who } from "../../../app/people/who.ts";
import { namesNow } from "../../../app/people/who.ts";
import { typed } from "../../../words/markup.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { byKey } from "../../campaign-key.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import { isFresh } from "../../views/callback-data.ts";
import { uncertainCard } from "../../views/campaigns/uncertain-card.ts";
import { sendView } from "../../views/view.ts";
import { allowQuestion, backQuestion, whoCard } from "../../views/who/who-card.ts";
import type { WhoPress } from "../../views/who/who-choice.ts";
import { readWhoPress } from "../../views/who/who-choice.ts";
import { tagsOf } from "../audiences/tags.ts";
import { answered } from "../begin.ts";
import { amendNote } from "../campaigns/change/take-back.ts";
import { replaceCard } from "../campaigns/uncertain.ts";
import { askErase, erase, sendPerson } from "./person-data.ts";
import { personMeant } from "./person-meant.ts";

export function whoMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("who", async (context) => {
    const { words } = context;
    const asked = typed(context.match) || (personMeant(context.message?.reply_to_message) ?? "");
    if (asked === "") return tell(context, words.say("who-how"));
    const answer = await parts.app.who(asked);
    if (answer.ok) await sendView(context.api, chatOf(context), whoCard(answer.who, 0, words));
    else await tell(context, words.say("who-no-name", { why: words.plain(`invalid-${answer.reason}`) }));
  });
  menu.on("callback_query:data", async (context, next) => {
    const press = readWhoPress(context.callbackQuery.data);
    return press ? pressed(parts, context, press) : next();
  });
  return menu;
}

async function pressed(parts: BotParts, context: OperatorContext, press: WhoPress): Promise<void> {
  switch (press.verb) {
    case "page":
      await answered(context);
      return refresh(parts, context, press);
    case "block":
      return block(parts, context, press);
    case "askAllow":
      return askAllow(parts, context, press);
    case "allow":
      return allow(parts, context, press);
    case "resolve":
      return resolve(parts, context, press);
    case "askBack":
      return askBack(parts, context, press);
    case "back":
      return takeBack(parts, context, press);
    case "tags":
      await answered(context);
      await sendView(context.api, chatOf(context), await tagsOf(parts, press.name, context));
      return;
    case "export":
      return sendPerson(parts, context, press);
    case "askErase":
      return askErase(parts, context, press);
    case "erase":
      return erase(parts, context, press);
    case "keep":
      await answered(context);
      return replaceCard(context, { text: context.words.say("who-kept") });
  }
}

async function whoIs({ app }: BotParts, { name }: WhoPress): Promise<Who | undefined> {
  const answer = await app.who(name);
  return answer.ok ? answer.who : undefined;
}

/** The card as it is now, in the place of the one that was pressed. */
async function refresh(parts: BotParts, context: OperatorContext, press: WhoPress): Promise<void> {
  const who = await whoIs(parts, press);
  if (who) await replaceCard(context, whoCard(who, pageOf(press), context.words));
}

function pageOf({ about }: WhoPress): number {
  return /^\d{1,6}$/.test(about) ? Number(about) : 0;
}

async function block(parts: BotParts, context: OperatorContext, press: WhoPress): Promise<void> {
  const who = await whoIs(parts, press);
  if (!who) return gone(context);
  const listed = new Set(who.suppressed.map(({ username }) => username));
  // Whoever said stop stays on the list as somebody who said stop.
  const names = namesNow(who).filter((name) => !listed.has(name));
  const { changed } = await parts.app.suppress.add(names, "blocked");
  await answered(context, context.words.plain("who-blocked", { count: changed }));
  await refresh(parts, context, press);
}

async function askAllow(parts: BotParts, context: OperatorContext, press: WhoPress): Promise<void> {
  const who = await whoIs(parts, press);
  if (!who || who.suppressed.length === 0) return gone(context);
  await answered(context);
  await sendView(context.api, chatOf(context), allowQuestion(who, parts.clock.now(), context.words));
}

/** Whoever said stop after the question was asked stays on the list. */
async function allow(parts: BotParts, context: OperatorContext, press: WhoPress): Promise<void> {
  const { words } = context;
  const { askedAt } = press;
  if (askedAt === undefined || !isFresh(askedAt, parts.clock.now()))
    return answered(context, words.plain("question-old"));
  const who = await whoIs(parts, press);
  if (!who) return gone(context);
  await answered(context);
  const names = who.suppressed.map(({ username }) => username);
  const { changed } = await parts.app.suppress.remove(names, askedAt + WITHIN_THE_SECOND);
  await replaceCard(context, { text: words.say("suppress-removed", { count: changed }) });
}

/** Moments in buttons are to the second. */
const WITHIN_THE_SECOND = 999;

async function resolve(parts: BotParts, context: OperatorContext, press: WhoPress): Promise<void> {
  const id = await campaignOf(parts, press);
  const cards = id === undefined ? [] : await parts.app.uncertain(id);
  const card = cards.find(({ username }) => username === press.name);
  if (id === undefined || !card) return answered(context, context.words.plain("resolved-already"));
  await answered(context);
  await sendView(context.api, chatOf(context), uncertainCard(id, card, context.words));
}

async function campaignOf({ app }: BotParts, { about }: WhoPress): Promise<string | undefined> {
  return byKey(await app.campaigns(), about, ({ id }) => id)?.id;
}

async function askBack(parts: BotParts, context: OperatorContext, press: WhoPress): Promise<void> {
  const { words } = context;
  const campaignId = await campaignOf(parts, press);
  if (campaignId === undefined) return gone(context);
  await answered(context);
  const scope = { kind: "name", username: press.name } as const;
  const plan = await parts.app.planAmendment(campaignId, { kind: "takeBack", scope });
  if (!plan || plan.count === 0)
    return tell(context, words.say("who-back-none", { id: campaignId, username: press.name }));
  const question = backQuestion({ campaignId, username: press.name }, parts.clock.now(), words);
  await sendView(context.api, chatOf(context), question);
}

async function takeBack(parts: BotParts, context: OperatorContext, press: WhoPress): Promise<void> {
  const { words, operatorId } = context;
  if (!isFresh(press.askedAt, parts.clock.now())) return answered(context, words.plain("question-old"));
  const campaignId = await campaignOf(parts, press);
  if (campaignId === undefined) return gone(context);
  await answered(context);
  const scope = { kind: "name", username: press.name } as const;
  const result = await context.work.handOver(() =>
    parts.app.amend(campaignId, { kind: "takeBack", scope, by: String(operatorId) }),
  );
  parts.reporter.refresh(campaignId);
  await replaceCard(context, { text: amendNote(result, campaignId, "takeBack")(words) });
}

async function gone(context: OperatorContext): Promise<void> {
  await answered(context, context.words.plain("gone-button"));
}

async function tell(context: OperatorContext, text: string): Promise<void> {
  await sendView(context.api, chatOf(context), { text });
}
