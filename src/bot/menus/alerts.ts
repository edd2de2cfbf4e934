/** /alerts: when an operator wants to hear nothing of what has stopped. */
import { Composer } from "grammy";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { chatOf } from "../conversations/dialogue.ts";
import type { QuietHours } from "../documents.ts";
import type { View } from "../views/view.ts";
import { editView, sendView } from "../views/view.ts";
import type { Words } from "../../words/words.ts";
import { answered } from "./begin.ts";

/** From one hour of the day to another; the second is in the morning after. */
const offered: readonly QuietHours[] = [
  { from: 21, to: 9 },
  { from: 22, to: 8 },
  { from: 23, to: 7 },
];

export function alertsMenu({ operators }: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("alerts", async (context) => {
    const shown = quietQuestion(operators.quietHoursOf(context.operatorId), context.words);
    await sendView(context.api, chatOf(context), shown);
  });
  menu.callbackQuery(/^quiet:(off|\d{1,2}-\d{1,2})$/, async (context) => {
    const chosen = offered.find((hours) => choiceOf(hours) === context.match[1]);
    await answered(context);
    await operators.chooseQuiet(context.operatorId, chosen);
    const messageId = context.callbackQuery.message?.message_id;
    if (messageId === undefined) return;
    // The same choice again changes nothing in the message, which Telegram refuses.
    await editView(
      context.api,
      { chatId: chatOf(context), messageId },
      quietQuestion(chosen, context.words),
    ).catch(() => undefined);
  });
  return menu;
}

function quietQuestion(now: QuietHours | undefined, words: Words): View {
  const isOff = now === undefined;
  const row = (label: string, isChosen: boolean, choice: string) => [
    { label: isChosen ? words.plain("button-chosen", { label }) : label, choice: `quiet:${choice}` },
  ];
  return {
    text: words.say("ask-quiet", { now: isOff ? words.plain("quiet-off") : hoursText(now, words) }),
    rows: [
      ...offered.map((hours) => row(hoursText(hours, words), now?.from === hours.from, choiceOf(hours))),
      row(words.plain("button-quiet-off"), isOff, "off"),
    ],
  };
}

function hoursText({ from, to }: QuietHours, words: Words): string {
  return words.plain("quiet-hours", { from, to });
}

function choiceOf({ from, to }: QuietHours): string {
  return `${from}-${to}`;
}
