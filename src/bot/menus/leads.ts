/** /leads lists what was collected; the buttons of a list steer it and hand its people on. */
import { Composer } from "grammy";
import type { leadFormats, LeadsActionResult } from "../../app/leads/leads.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { targetKey } from "../../domain/collecting/lead.ts";
import { leadWords } from "../../words/file-words.ts";
import { chatOf } from "../conversations/dialogue.ts";
import { sendFile } from "../calls/send-file.ts";
import { isFresh } from "../views/callback-data.ts";
import { leadChoice, readLeadPress } from "../views/leads/lead-data.ts";
import type { LeadPress } from "../views/leads/lead-data.ts";
import { isBegun, leadCard } from "../views/leads/lead-card.ts";
import { leadListsView } from "../views/leads/lead-lists.ts";
import type { Button } from "../views/view.ts";
import { sendView } from "../views/view.ts";
import { itemsOf } from "../../words/lead-lines.ts";
import type { Words } from "../../words/words.ts";
import { answered, leadListOf } from "./begin.ts";
import { sendText } from "./campaigns/campaign-deeds.ts";
import { closeOldCopy } from "./old-copy.ts";

/** The command and every button of a list. Each press is looked up against what is true now, and answered once. */
export function leadsMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("leads", async (context) => {
    const { leads } = parts.app;
    const lists = await leads.lists();
    await sendView(context.api, chatOf(context), leadListsView(lists, await leads.kpis(), context.words));
  });
  menu.on("callback_query:data", async (context, next) => {
    const press = readLeadPress(context.callbackQuery.data);
    if (!press) return next();
    const list = await leadListOf(parts, press.listKey);
    if (list === undefined) await answered(context, context.words.plain("leads-unknown"));
    else {
      await follow(parts, context, press, list);
      await closeOldCopy(context, parts.leadReporter.liveMessage(chatOf(context), list), async () => {
        const view = await parts.app.leads.view(list);
        return view && leadCard(view, context.words).text;
      });
    }
  });
  return menu;
}

async function follow(
  parts: BotParts,
  context: OperatorContext,
  press: LeadPress,
  list: string,
): Promise<void> {
  const { leads } = parts.app;
  const { words } = context;
  switch (press.verb) {
    case "pause":
    case "resume": {
      const result = await leads[press.verb](list);
      context.work.letOthersPass();
      await answered(context, outcome(press.verb, result, words));
      return parts.leadReporter.refresh(list);
    }
    case "open":
      await answered(context);
      return parts.leadReporter.follow(chatOf(context), list);
    case "export":
      await answered(context);
      return askFormat(parts, context, list);
    case "csv":
    case "xlsx":
    case "json":
    case "jsonl":
      await answered(context);
      return sendExport(parts, context, { list, format: press.verb });
    case "targets":
      await answered(context);
      return showTargets(parts, context, list);
    case "askCancel":
    case "askSuppress":
    case "askReset":
      await answered(context);
      return askBefore(parts, context, press, list);
    case "cancel":
    case "suppress":
    case "reset":
    case "keep":
      return answerQuestion(parts, context, press, list);
  }
}

function outcome(
  verb: "pause" | "resume" | "cancel" | "reset",
  result: LeadsActionResult,
  words: Words,
): string {
  if (result.ok) return words.plain(`leads-did-${verb}`);
  return words.plain(result.problem === "notNow" ? "leads-not-now" : "leads-unknown");
}

const questions = { askCancel: "cancel", askSuppress: "suppress", askReset: "reset" } as const;

async function askBefore(
  { app, clock }: BotParts,
  context: OperatorContext,
  { verb, target }: LeadPress,
  list: string,
): Promise<void> {
  if (verb !== "askCancel" && verb !== "askSuppress" && verb !== "askReset") return;
  const view = await app.leads.view(list);
  if (!view) return sendText(context, context.words.say("leads-unknown"));
  const deed = questions[verb];
  const { words } = context;
  const detail = { askedAt: clock.now(), ...(target === undefined ? {} : { target }) };
  const query = target === undefined ? list : (view.targets[target]?.target.query ?? list);
  await sendView(context.api, chatOf(context), {
    text: words.say(`leads-confirm-${deed}`, { list, query, count: view.delivered, items: itemsOf(view) }),
    rows: [
      [{ label: words.plain(`button-leads-${deed}`), choice: leadChoice(deed, list, detail) }],
      [{ label: words.plain("button-leads-keep"), choice: leadChoice("keep", list, detail) }],
    ],
  });
}

/** The question disappears whatever the answer, so that it can't be answered twice. */
async function answerQuestion(
  parts: BotParts,
  context: OperatorContext,
  press: LeadPress,
  list: string,
): Promise<void> {
  const { words } = context;
  const isLate = !isFresh(press.askedAt, parts.clock.now());
  const text =
    press.verb === "keep"
      ? words.plain("question-kept")
      : isLate
        ? words.plain("question-old")
        : await decided(parts, press, list, words);
  context.work.letOthersPass();
  await answered(context, text);
  await context.editMessageText(text).catch(() => undefined);
  parts.leadReporter.refresh(list);
}

async function decided(
  { app }: BotParts,
  { verb, target }: LeadPress,
  list: string,
  words: Words,
): Promise<string> {
  const { leads } = app;
  if (verb === "cancel") return outcome("cancel", await leads.cancel(list), words);
  if (verb === "suppress") {
    const done = await leads.addToSuppression(list);
    if (!done) return words.plain("leads-unknown");
    const added = words.plain("leads-did-suppress", { count: done.added });
    if (done.unusable === 0) return added;
    return `${added} ${words.plain("leads-suppress-unusable", { count: done.unusable })}`;
  }
  const view = await leads.view(list);
  const found = target === undefined ? undefined : view?.targets[target]?.target;
  const result = found
    ? await leads.reset(list, targetKey(found))
    : ({ ok: false, problem: "unknownTarget" } as const);
  return outcome("reset", result, words);
}

async function showTargets({ app }: BotParts, context: OperatorContext, list: string): Promise<void> {
  const { words } = context;
  const view = await app.leads.view(list);
  const begun = (view?.targets ?? []).flatMap((state, index) =>
    isBegun(state) ? [{ query: state.target.query, index }] : [],
  );
  if (begun.length === 0) return sendText(context, words.say("leads-nothing-begun"));
  await sendView(context.api, chatOf(context), {
    text: words.say("leads-targets", { list }),
    rows: begun.map(({ query, index }) => [
      { label: query, choice: leadChoice("askReset", list, { target: index }) },
    ]),
  });
}

async function askFormat({ app }: BotParts, context: OperatorContext, list: string): Promise<void> {
  const { words } = context;
  const items = itemsOf((await app.leads.view(list)) ?? { targets: [] });
  const choice = (format: LeadsFile["format"]): Button => ({
    label: words.plain(`button-leads-${format}`),
    choice: leadChoice(format, list),
  });
  await sendView(context.api, chatOf(context), {
    text: words.say("leads-ask-format", { list, items }),
    rows: [
      [choice("csv"), choice("xlsx")],
      [choice("json"), choice("jsonl")],
    ],
  });
}

interface LeadsFile {
  readonly list: string;
  readonly format: (typeof leadFormats)[number];
}

async function sendExport(
  { app, clock, keepFile }: BotParts,
  context: OperatorContext,
  { list, format }: LeadsFile,
): Promise<void> {
  const { words } = context;
  // A large file takes its time; the chat goes on meanwhile.
  context.work.letOthersPass();
  const leads = await app.leads.exportLeads(list, leadWords(words), format);
  if (!leads) return sendText(context, words.say("leads-unknown"));
  const items = itemsOf((await app.leads.view(list)) ?? { targets: [] });
  const caption = words.say("leads-caption", { list, items });
  const { signal } = context.work;
  const file = { chatId: chatOf(context), file: leads, name: `${list}.${format}`, caption, signal };
  if ((await sendFile(context.api, clock, file)) === "sent") return;
  await sendText(context, words.say("results-too-big", { id: list, path: await keepFile(leads) }));
}
