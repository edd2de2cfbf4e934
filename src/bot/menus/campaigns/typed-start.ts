/**
 * `/schedule spring tomorrow 9`: a typed start for a campaign that waits for one. It is told in full, or asked about, and taken
 * by the button under it, which carries all that it takes: it works after a restart and beside an open dialogue.
 */
import { Composer } from "grammy";
import type { TypedMoment } from "../../../domain/when/moment/meaning.ts";
import type { StartMoment } from "../../../domain/when/schedule.ts";
import { timeZoneNamed } from "../../../domain/when/zone-name.ts";
import { escapeHtml } from "../../../words/markup.ts";
import { momentChoiceText, momentProblemText } from "../../../words/when-answers.ts";
import { fullMoment } from "../../../words/when-words.ts";
import type { Words } from "../../../words/words.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { byKey, keyOf } from "../../campaign-key.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import type { Note } from "../../conversations/step.ts";
import type { Button, View } from "../../views/view.ts";
import { sendView } from "../../views/view.ts";
import { answered } from "../begin.ts";

/** A moment in seconds, base 36, as all are whole minutes; the longest time zone has 32 characters, so it fits 64 bytes. */
const CHOICE = /^at:([\w-]{10}):([\da-z]{1,9}):([\w+/-]{1,40})$/;

/** Tells in full, or asks about, the start that was typed for a campaign. */
export async function offerTypedStart(
  parts: BotParts,
  context: OperatorContext,
  id: string,
  text: string,
): Promise<void> {
  const found = parts.app.when.readMoment(text);
  // The card has the button that starts it at once.
  if (found.kind === "now") return parts.reporter.follow(chatOf(context), id);
  await sendView(context.api, chatOf(context), offer(found, id, context.words));
}

function offer(found: Exclude<TypedMoment, { kind: "now" }>, id: string, words: Words): View {
  if (found.kind === "problem") return { text: escapeHtml(momentProblemText(found, words)), rows: [] };
  const { timeZone } = found;
  const full = (at: number): string => fullMoment(at, timeZone, words);
  const button = (label: string, at: number): Button[] => [{ label, choice: choiceOf(id, { at, timeZone }) }];
  if (found.kind === "choices")
    return {
      text: escapeHtml(momentChoiceText(found, words)),
      rows: found.moments.map((at) => button(full(at), at)),
    };
  return {
    text: words.say("move-start-right", { id, moment: full(found.at) }),
    rows: [button(words.plain("button-moment-right"), found.at)],
  };
}

function choiceOf(id: string, { at, timeZone }: StartMoment): string {
  return `at:${keyOf(id)}:${Math.floor(at / 1000).toString(36)}:${timeZone}`;
}

/** The button under what was typed. */
export function typedStartMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.callbackQuery(CHOICE, async (context) => {
    await answered(context);
    const [, key = "", seconds = "", zone = ""] = CHOICE.exec(context.callbackQuery.data) ?? [];
    const timeZone = timeZoneNamed(zone);
    const campaign = byKey(await parts.app.campaigns(), key, ({ id }) => id);
    const at = Number.parseInt(seconds, 36) * 1000;
    const note =
      !campaign || timeZone === undefined
        ? unknown
        : await moveStartTo(parts, context, campaign.id, { at, timeZone });
    await sendView(context.api, chatOf(context), { text: note(context.words), rows: [] });
  });
  return menu;
}

function unknown(words: Words): string {
  return words.say("unknown-campaign");
}

/** Sets another start, shows the card, and tells what came of it. */
export async function moveStartTo(
  { app, reporter }: BotParts,
  context: OperatorContext,
  id: string,
  start: StartMoment,
): Promise<Note> {
  const by = String(context.operatorId);
  const result = await context.work.handOver(() => app.moveStart(id, start, by));
  await reporter.follow(chatOf(context), id);
  if (!result.ok) return (words) => words.say(`move-refused-${result.problem}`, { id });
  return (words) =>
    words.say("started-scheduled", { id, moment: fullMoment(start.at, start.timeZone, words) });
}
