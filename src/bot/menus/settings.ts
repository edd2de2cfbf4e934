/** /language and /log: how Peyk speaks with this operator. */
import { Composer } from "grammy";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { announceCommandsTo } from "../roles/announce-commands.ts";
import { chatOf } from "../conversations/dialogue.ts";
import { verbosities } from "../documents.ts";
import { sendView } from "../views/view.ts";
import { locales } from "../../words/locale.ts";
import { answered } from "./begin.ts";

/** The settings of one operator. */
export function settingsMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("language", (context) => askLanguage(context));
  menu.command("log", (context) => askVerbosity(parts, context));
  menu.on("callback_query:data", async (context, next) => {
    const [kind, value] = context.callbackQuery.data.split(":");
    const locale = locales.find((one) => kind === "language" && one === value);
    const verbosity = verbosities.find((one) => kind === "log" && one === value);
    if (locale) await chooseLanguage(parts, context, locale);
    else if (verbosity) await chooseVerbosity(parts, context, verbosity);
    else await next();
  });
  return menu;
}

async function askLanguage(context: OperatorContext): Promise<void> {
  const { words } = context;
  const rows = [
    [
      { label: words.plain("button-english"), choice: "language:en" },
      { label: words.plain("button-persian"), choice: "language:fa" },
    ],
  ];
  await sendView(context.api, chatOf(context), { text: words.say("ask-language"), rows });
}

async function chooseLanguage(
  parts: BotParts,
  context: OperatorContext,
  locale: (typeof locales)[number],
): Promise<void> {
  await answered(context);
  await parts.operators.chooseLocale(context.operatorId, locale);
  context.words = parts.operators.wordsFor(context.operatorId);
  await context.editMessageText(context.words.say("language-set")).catch(() => undefined);
  // The menu of commands is a comfort; a failure there must not undo the choice.
  await announceCommandsTo(context.api, chatOf(context), parts.operators).catch(() => undefined);
  parts.reporter.refreshChat(chatOf(context));
}

async function askVerbosity(parts: BotParts, context: OperatorContext): Promise<void> {
  const { words } = context;
  const now = words.plain(`log-${parts.operators.verbosityOf(context.operatorId)}`);
  const rows = verbosities.map((one) => [{ label: words.plain(`button-log-${one}`), choice: `log:${one}` }]);
  await sendView(context.api, chatOf(context), { text: words.say("ask-log", { now }), rows });
}

async function chooseVerbosity(
  parts: BotParts,
  context: OperatorContext,
  verbosity: (typeof verbosities)[number],
): Promise<void> {
  const { words } = context;
  await answered(context);
  await parts.operators.chooseVerbosity(context.operatorId, verbosity);
  await context
    .editMessageText(words.say("log-set", { now: words.plain(`log-${verbosity}`) }))
    .catch(() => undefined);
}
