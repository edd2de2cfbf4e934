/** /growth: how many joined, left and blocked the bot over so many days, as a picture. */
import { Composer, InputFile } from "grammy";
import type { GrowthRequest } from "../../app/growth/growth.ts";
import { MOST_DAYS } from "../../app/growth/growth.ts";
import type { Growth } from "../../domain/people/growth.ts";
import { growthCaption, growthPicture } from "../../words/growth-picture.ts";
import { typed } from "../../words/markup.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { chatOf } from "../conversations/dialogue.ts";
import { uploadRetrying } from "../calls/retried-upload.ts";
import type { Button } from "../views/view.ts";
import { keyboardOf, sendView } from "../views/view.ts";
import type { Words } from "../../words/words.ts";
import { answered } from "./begin.ts";

const USUAL_DAYS = 30;
const OFFERED = [7, 30, 90, 365] as const;
const PRESS = /^growth:(\d{1,4})$/;

export function growthButton(words: Words): Button {
  return { label: words.plain("button-growth"), choice: `growth:${USUAL_DAYS}` };
}

export function growthMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("growth", async (context) => {
    const request = requestIn(typed(context.match));
    if (request) await show(parts, context, request);
    else await sendView(context.api, chatOf(context), { text: context.words.say("growth-days-wrong") });
  });
  menu.callbackQuery(PRESS, async (context) => {
    await answered(context);
    const request = requestIn(context.match[1] ?? "");
    if (request) await show(parts, context, request);
  });
  return menu;
}

/** `90`, `90 poster` or `poster`; undefined for a number of days that can't be told. */
function requestIn(text: string): GrowthRequest | undefined {
  const [, number, source] = /^(\d+)?\s*([\w-]{1,64})?$/.exec(text.trim()) ?? [];
  if (text.trim() !== "" && number === undefined && source === undefined) return undefined;
  const days = number === undefined ? USUAL_DAYS : Number(number);
  if (days < 1 || days > MOST_DAYS) return undefined;
  return { days, ...(source === undefined ? {} : { source }) };
}

async function show(
  { app, clock }: BotParts,
  context: OperatorContext,
  request: GrowthRequest,
): Promise<void> {
  const { words } = context;
  let told: Growth | undefined;
  const bytes = await app.growth.draw(request, (growth) => growthPicture((told = growth), words));
  const rows = [
    OFFERED.map((count): Button => ({
      label: words.plain("button-growth-days", { count }),
      choice: `growth:${count}`,
    })),
  ];
  const how = {
    caption: told ? growthCaption(told, words) : "",
    reply_markup: keyboardOf({ text: "", rows }),
  };
  const { signal } = context.work;
  await uploadRetrying(
    () => context.api.sendPhoto(chatOf(context), new InputFile(bytes, "growth.png"), how),
    { clock, signal },
  );
}
