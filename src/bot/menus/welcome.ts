/** /welcome: the campaign that writes once to each new subscriber, begun by a dialogue, turned off and on. */
import { Composer } from "grammy";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { chatOf } from "../conversations/dialogue.ts";
import { momentOf } from "../views/callback-data.ts";
import { sendView } from "../views/view.ts";
import { WELCOME_PRESS, welcomeView } from "../views/welcome-view.ts";
import { answered } from "./begin.ts";
import { replaceCard } from "./campaigns/uncertain.ts";

/** Moments in buttons are to the second. */
const WITHIN_THE_SECOND = 999;

export function welcomeMenu({ app, clock }: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("welcome", async (context) => {
    const view = welcomeView(await app.welcome.look(), clock.now(), context.words);
    await sendView(context.api, chatOf(context), view);
  });
  menu.callbackQuery(WELCOME_PRESS, async (context) => {
    const { words } = context;
    const [, to, stamp] = context.match;
    const { askedAt = 0 } = momentOf(stamp);
    const isOn = to === "on";
    // A press on an old message undoes nothing that came after it.
    const turned = await context.work.handOver(() => app.welcome.turn(isOn, askedAt + WITHIN_THE_SECOND));
    await answered(
      context,
      turned === "turned"
        ? words.plain(`welcome-turned-${isOn ? "on" : "off"}`)
        : words.plain("question-old"),
    );
    await replaceCard(context, welcomeView(await app.welcome.look(), clock.now(), words));
  });
  return menu;
}
