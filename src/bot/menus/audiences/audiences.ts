/** /audiences: people kept under a name; each is looked at, renamed, removed, or written to by a new campaign. */
import { Composer } from "grammy";
import type { Audience } from "../../../domain/people/audience.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import {
  AUDIENCE_PRESS,
  audienceCard,
  audiencesView,
  removeQuestion,
} from "../../views/audiences/audience-cards.ts";
import { isFresh, momentOf } from "../../views/callback-data.ts";
import type { View } from "../../views/view.ts";
import { sendView } from "../../views/view.ts";
import { echo } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import { audienceOfKey } from "./audience-of-key.ts";
import { answered } from "../begin.ts";
import { replaceCard } from "../campaigns/uncertain.ts";

export function audiencesMenu(parts: BotParts): Composer<OperatorContext> {
  const { audiences } = parts.app;
  const menu = new Composer<OperatorContext>();
  menu.command("audiences", async (context) => {
    const { words } = context;
    const renaming = /^(.*?)[=＝](.*)$/s.exec(context.match);
    const view = renaming
      ? await renamed(parts, { from: renaming[1] ?? "", to: renaming[2] ?? "" }, words)
      : audiencesView(await audiences.all(), words);
    await sendView(context.api, chatOf(context), view);
  });
  menu.callbackQuery(AUDIENCE_PRESS, async (context) => {
    const [, verb = "", key = "", stamp] = context.match;
    const audience = await audienceOfKey(parts, key);
    if (!audience) return answered(context, context.words.plain("gone-button"));
    await pressed(parts, context, { verb, audience, ...momentOf(stamp) });
  });
  return menu;
}

interface Press {
  readonly verb: string;
  readonly audience: Audience;
  /** ms since the epoch */
  readonly askedAt?: number;
}

async function pressed(
  { app, clock }: BotParts,
  context: OperatorContext,
  { verb, audience, askedAt }: Press,
): Promise<void> {
  const { words } = context;
  const { name } = audience;
  if (verb === "remove" && (askedAt === undefined || !isFresh(askedAt, clock.now())))
    return answered(context, words.plain("question-old"));
  await answered(context);
  const show = (view: View) => sendView(context.api, chatOf(context), view);
  if (verb === "ask") await show(removeQuestion(audience, clock.now(), words));
  else if (verb === "remove") {
    await context.work.handOver(() => app.audiences.remove(name));
    await replaceCard(context, { text: words.say("audience-removed", { name }) });
  } else {
    const look = await app.audiences.look(name);
    const view = look ? audienceCard(look, words) : { text: words.say("audience-gone", { name }) };
    if (verb === "keep") await replaceCard(context, view);
    else await show(view);
  }
}

/** `/audiences Old name = New name` */
async function renamed(
  { app }: BotParts,
  { from, to }: { readonly from: string; readonly to: string },
  words: Words,
): Promise<View> {
  const outcome = await app.audiences.rename(from, to);
  if (outcome === "gone") return { text: words.say("audience-gone", { name: echo(from.trim()) }) };
  return { text: words.say(`audience-${outcome}`, { name: to.trim() }) };
}
