/** /history: who did what, newest first; of all, of one campaign, or to one person; and as a file. */
import { Composer } from "grammy";
import { campaignMeant } from "../../app/campaigns/campaign-id.ts";
import { peopleIn } from "../../app/history/named.ts";
import { takenOut } from "../../app/history/taking-out.ts";
import type { About } from "../../domain/history/entry.ts";
import type { HistoryQuestion } from "../../app/history/history.ts";
import { parseUsername } from "../../domain/people/username.ts";
import { historyWords } from "../../words/history-lines.ts";
import { typed } from "../../words/markup.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { byKey } from "../campaign-key.ts";
import { sendFile } from "../calls/send-file.ts";
import { chatOf } from "../conversations/dialogue.ts";
import type { HistoryOf, HistoryPress } from "../views/history/history-page.ts";
import { historyPage, readHistoryPress } from "../views/history/history-page.ts";
import { sendView } from "../views/view.ts";
import { answered } from "./begin.ts";
import { sendText } from "./campaigns/campaign-deeds.ts";
import { replaceCard } from "./campaigns/uncertain.ts";

export function historyMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("history", async (context) => {
    const given = typed(context.match);
    const of = await meant(parts, given);
    if (!of) return sendText(context, context.words.say("no-such-campaign", { id: given.slice(0, 64) }));
    await sendView(context.api, chatOf(context), await page(parts, context, of, 0));
  });
  menu.on("callback_query:data", async (context, next) => {
    const press = readHistoryPress(context.callbackQuery.data);
    if (!press) return next();
    const of = await pressedOf(parts, press);
    if (!of) return answered(context, context.words.plain("unknown-campaign"));
    await answered(context);
    if (press.page === undefined) await file(parts, context, of);
    else await show(parts, context, of, press.page);
  });
  return menu;
}

/** Nothing means all; what names a campaign means that, and any other name a person. */
async function meant({ app }: BotParts, given: string): Promise<HistoryOf | undefined> {
  if (given === "") return { kind: "all" };
  const campaign = campaignMeant(await app.campaigns(), given);
  if (campaign) return { kind: "campaign", id: campaign.id };
  const person = parseUsername(given);
  return given.startsWith("@") && person.ok ? { kind: "person", name: person.username } : undefined;
}

async function pressedOf({ app }: BotParts, press: HistoryPress): Promise<HistoryOf | undefined> {
  const { person, campaignKey } = press;
  if (person !== undefined) return { kind: "person", name: person };
  if (campaignKey === undefined) return { kind: "all" };
  const campaign = byKey(await app.campaigns(), campaignKey, ({ id }) => id);
  return campaign && { kind: "campaign", id: campaign.id };
}

function questionOf(of: HistoryOf): HistoryQuestion {
  if (of.kind === "campaign") return { campaign: of.id };
  return of.kind === "person" ? { person: of.name } : {};
}

function aboutOf(of: HistoryOf): About {
  if (of.kind === "campaign") return { campaign: of.id };
  return of.kind === "person" ? peopleIn([of.name]) : {};
}

async function page({ app }: BotParts, { words }: OperatorContext, of: HistoryOf, at: number) {
  const state = await app.history.state();
  return historyPage(await app.history.deeds(questionOf(of)), { of, page: at, state }, words);
}

/** A page that is turned takes the place of the one before; the button on a campaign's card opens a message of its own. */
async function show(parts: BotParts, context: OperatorContext, of: HistoryOf, at: number): Promise<void> {
  const view = await page(parts, context, of, at);
  const isTurned = context.callbackQuery?.message?.reply_markup?.inline_keyboard
    .flat()
    .every((button) => !("callback_data" in button) || readHistoryPress(button.callback_data));
  if (isTurned) await replaceCard(context, view);
  else await sendView(context.api, chatOf(context), view);
}

async function file(
  { app, clock, keepFile }: BotParts,
  context: OperatorContext,
  of: HistoryOf,
): Promise<void> {
  const { api, words, work } = context;
  const chatId = chatOf(context);
  const made = await takenOut(app.takingOut, { deed: "exportHistory", about: aboutOf(of) }, () =>
    app.history.file(questionOf(of), historyWords(words), "xlsx"),
  );
  work.letOthersPass();
  const caption = words.say("deeds-file-caption");
  const outcome = await sendFile(api, clock, {
    chatId,
    file: made,
    name: made.name,
    caption,
    rows: [],
    signal: work.signal,
  });
  if (outcome === "sent") return;
  const id = of.kind === "campaign" ? of.id : "history";
  await sendView(api, chatId, { text: words.say("results-too-big", { id, path: await keepFile(made) }) });
}
