/** /subscribers: how many there are and the link that brings more; /subscribe and /stop for an operator's own chat. */
import { Composer } from "grammy";
import { LEAVE_PRESS } from "../../domain/people/leave-press.ts";
import type { SourceCount } from "../../app/people/subscribers.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { operatorUnsubscribedText, profileOf, subscribedText } from "../public/public-side.ts";
import type { Words } from "../../words/words.ts";
import { chatOf } from "../conversations/dialogue.ts";
import { sendView } from "../views/view.ts";
import { growthButton } from "./growth.ts";
import { answered } from "./begin.ts";
import { sendText } from "./campaigns/campaign-deeds.ts";

const MOST_SOURCES = 20;

/** An operator who subscribes can be sent a test, and meets what subscribers meet. */
export function subscribersMenu({ app, link }: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("subscribers", async (context) => {
    const { subscribers } = app;
    const [count, sources] = [await subscribers.count(), await subscribers.bySource()];
    const { words } = context;
    const text = overview({ count, sources, link: link() }, words);
    await sendView(context.api, chatOf(context), { text, rows: [[growthButton(words)]] });
  });
  menu.command("subscribe", async (context) => {
    // Whoever has left since does not come back by what they said before.
    if (!context.from || context.work.isOvertaken) return;
    const kind = await app.subscribers.subscribe(profileOf(context.from));
    await sendText(context, subscribedText(kind, context.me.first_name, context.words));
  });
  menu.command(["stop", "unsubscribe"], async (context) => {
    const wasSubscribed = (await context.work.departed) ?? false;
    await sendText(context, operatorUnsubscribedText(wasSubscribed, context.words));
  });
  menu.callbackQuery(LEAVE_PRESS, async (context) => {
    const wasSubscribed = (await context.work.departed) ?? false;
    await answered(
      context,
      context.words.plain(wasSubscribed ? "operator-unsubscribed" : "operator-not-subscribed"),
    );
  });
  return menu;
}

interface Overview {
  readonly count: number;
  readonly sources: readonly SourceCount[];
  readonly link: string | undefined;
}

function overview({ count, sources, link }: Overview, words: Words): string {
  const lines = sources
    .slice(0, MOST_SOURCES)
    .map(({ source, count: here }) => words.say("subscribers-source", { source, count: here }));
  const hint =
    link === undefined ? [] : ["", words.say("subscribers-link", { link, example: `${link}?start=poster` })];
  return [
    words.say("subscribers-count", { count }),
    ...lines,
    ...hint,
    "",
    words.say("subscribers-self"),
  ].join("\n");
}
