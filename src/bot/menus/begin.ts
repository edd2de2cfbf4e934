/** What an operator sees first, and the way into a new campaign. */
import { Composer } from "grammy";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { announceCommandsTo, commandNames } from "../commands.ts";
import { NEW_CAMPAIGN } from "../conversations/new-campaign.ts";
import type { Opening } from "../conversations/new-campaign.ts";
import { chatOf } from "../conversations/dialogue.ts";
import type { Button } from "../views/view.ts";
import { sendView } from "../views/view.ts";
import type { Words } from "../words.ts";

/** /start and /help. */
export function beginMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("start", async (context) => {
    const { words } = context;
    const sample = parts.sample ? `\n\n${words.say("welcome-sample")}` : "";
    const rows = [parts.sample ? [sampleButton(words)] : [], [newButton(words), campaignsButton(words)]];
    await sendView(context.api, chatOf(context), { text: words.say("welcome") + sample, rows });
    // The menu of commands is a comfort, and the chat may be too new for it a moment ago.
    await announceCommandsTo(context.api, chatOf(context), words).catch(() => undefined);
  });
  menu.command("help", async (context) => {
    const { words } = context;
    const list = commandNames.map((command) =>
      words.say("help-line", { command, meaning: words.plain(`command-${command}`) }),
    );
    const text = [words.say("help-title"), ...list, "", words.say("help-end")].join("\n");
    await sendView(context.api, chatOf(context), { text });
  });
  return menu;
}

function sampleButton(words: Words): Button {
  return { label: words.plain("button-sample"), choice: "go:sample" };
}

function newButton(words: Words): Button {
  return { label: words.plain("button-new"), choice: "go:new" };
}

function campaignsButton(words: Words): Button {
  return { label: words.plain("button-campaigns"), choice: "go:campaigns" };
}

/**
 * Guards the ways into the dialogue while one is open: asks whether to go on or begin anew. Registered before the
 * conversation, which would swallow them.
 */
export function dialogueGuard(): Composer<OperatorContext> {
  const guard = new Composer<OperatorContext>();
  guard.command("new", async (context, next) => {
    if (!isOpen(context)) return next();
    await askWhich(context, "new");
  });
  guard.callbackQuery(["go:new", "go:sample"], async (context, next) => {
    await answered(context);
    if (!isOpen(context)) return next();
    await askWhich(context, context.callbackQuery.data === "go:sample" ? "sample" : "new");
  });
  guard.callbackQuery(["over:new", "over:sample"], async (context, next) => {
    await answered(context);
    await context.editMessageReplyMarkup().catch(() => undefined);
    await context.conversation.exitAll();
    await next();
  });
  guard.callbackQuery("over:stay", async (context) => {
    await answered(context);
    const sentence = isOpen(context) ? "dialogue-goes-on" : "nothing-asked";
    await context.editMessageText(context.words.say(sentence)).catch(() => undefined);
  });
  return guard;
}

function isOpen(context: OperatorContext): boolean {
  return context.conversation.active(NEW_CAMPAIGN) > 0;
}

/** The ways into the dialogue. Registered after the conversation, because only then it can be entered. */
export function dialogueDoors(): Composer<OperatorContext> {
  const doors = new Composer<OperatorContext>();
  doors.command("new", (context) => {
    const name = context.match.trim();
    return enter(context, name === "" ? { kind: "new" } : { kind: "new", name });
  });
  doors.callbackQuery(["go:new", "over:new"], (context) => enter(context, { kind: "new" }));
  doors.callbackQuery(["go:sample", "over:sample"], (context) => enter(context, { kind: "sample" }));
  return doors;
}

async function enter(context: OperatorContext, opening: Opening): Promise<void> {
  await context.conversation.enter(NEW_CAMPAIGN, opening);
}

async function askWhich(context: OperatorContext, opening: "new" | "sample"): Promise<void> {
  const { words } = context;
  await sendView(context.api, chatOf(context), {
    text: words.say("dialogue-busy"),
    rows: [
      [{ label: words.plain("button-go-on"), choice: "over:stay" }],
      [{ label: words.plain("button-start-over"), choice: `over:${opening}` }],
    ],
  });
}

/** Ends the spinner on a button. An answer that comes too late is refused, which matters to nobody. */
export async function answered(context: OperatorContext, text?: string): Promise<void> {
  await context.answerCallbackQuery(text === undefined ? {} : { text }).catch(() => undefined);
}
