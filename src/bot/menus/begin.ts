/** What an operator sees first, and the way into a new campaign. */
import { Composer } from "grammy";
import { againGroups } from "../../domain/again.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { byKey, keyOf } from "../campaign-key.ts";
import { announceCommandsTo, commandsFor } from "../roles/announce-commands.ts";
import { CHANGE } from "../conversations/change.ts";
import { COLLECT } from "../conversations/collect.ts";
import { commandIn } from "../intake/command.ts";
import { NEW_CAMPAIGN } from "../conversations/new-campaign.ts";
import type { Opening } from "../conversations/opening.ts";
import { WELCOME } from "../conversations/welcome.ts";
import { AUDIENCE } from "../conversations/audience.ts";
import { OPT_OUTS } from "../conversations/opt-outs.ts";
import { chatOf } from "../conversations/dialogue.ts";
import { AUDIENCE_DOOR } from "../views/audiences/audience-cards.ts";
import { audienceOfKey } from "./audiences/audience-of-key.ts";
import { AGAIN_DOOR } from "./campaigns/again.ts";
import { CHANGE_DOOR } from "./campaigns/change/change-menu.ts";
import type { Button } from "../views/view.ts";
import { sendView } from "../views/view.ts";
import { WRITE_DOOR } from "../views/who/who-choice.ts";
import type { Words } from "../../words/words.ts";

/** /start and /help. */
export function beginMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("start", async (context) => {
    const { words } = context;
    const sample = parts.sample ? `\n\n${words.say("welcome-sample")}` : "";
    const kept = await parts.keptDrafts.of(context.operatorId);
    const rows = [
      kept ? [draftButton(words, kept.state.id ?? "")] : [],
      parts.sample ? [sampleButton(words)] : [],
      [newButton(words), campaignsButton(words)],
    ];
    await sendView(context.api, chatOf(context), { text: words.say("welcome") + sample, rows });
    // The menu of commands is a comfort, and the chat may be too new for it a moment ago.
    await announceCommandsTo(context.api, chatOf(context), parts.operators).catch(() => undefined);
  });
  menu.command("help", async (context) => {
    const { words } = context;
    const list = commandsFor(parts.operators, context.operatorId).map((command) =>
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

function draftButton(words: Words, id: string): Button {
  return { label: words.plain("button-draft", { id }), choice: "go:draft" };
}

function newButton(words: Words): Button {
  return { label: words.plain("button-new"), choice: "go:new" };
}

function campaignsButton(words: Words): Button {
  return { label: words.plain("button-campaigns"), choice: "go:campaigns" };
}

/**
 * The ways into a dialogue; `use-` and a list's key begins a campaign with the people of that list, `write-` and a name one
 * for that person, `change-`, a topic and a campaign's key changes that of it.
 */
const GO =
  /^go:(new|draft|sample|collect|optouts|audience|welcome|use-[\w-]{10}|aud-[\w-]{10}|write-[a-z0-9_.]{1,32}|change-[A-Za-z]{1,20}-[\w-]{10}|again-[A-Za-z]{1,20}-[\w-]{10})$/;
const OVER =
  /^over:(new|sample|collect|optouts|audience|welcome|use-[\w-]{10}|aud-[\w-]{10}|write-[a-z0-9_.]{1,32}|change-[A-Za-z]{1,20}-[\w-]{10}|again-[A-Za-z]{1,20}-[\w-]{10})$/;

/**
 * Guards the ways into the dialogue while one is open: asks whether to go on or begin anew. Registered before the
 * conversation, which would swallow them.
 * @param beforeLeaving Called before a dialogue is left without its end
 */
export function dialogueGuard(
  beforeLeaving: (context: OperatorContext, door: string) => Promise<void>,
): Composer<OperatorContext> {
  const guard = new Composer<OperatorContext>();
  guard.command(["new", "collect"], async (context, next) => {
    if (!isOpen(context)) return next();
    await askWhich(context, commandIn(context.update) === "collect" ? "collect" : "new");
  });
  guard.callbackQuery(GO, async (context, next) => {
    await answered(context);
    if (!isOpen(context)) return next();
    // The draft of the dialogue that is open is the one in hand.
    const door = context.match[1] ?? "new";
    await askWhich(context, door === "draft" ? "new" : door);
  });
  guard.callbackQuery(OVER, async (context, next) => {
    await answered(context);
    await context.editMessageReplyMarkup().catch(() => undefined);
    await beforeLeaving(context, context.match[1] ?? "new");
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

const dialogues = [NEW_CAMPAIGN, COLLECT, OPT_OUTS, CHANGE, AUDIENCE, WELCOME] as const;

function isOpen(context: OperatorContext): boolean {
  return dialogues.some((name) => context.conversation.active(name) > 0);
}

/** The ways into the dialogue. Registered after the conversation, because only then it can be entered. */
export function dialogueDoors(parts: BotParts): Composer<OperatorContext> {
  const doors = new Composer<OperatorContext>();
  doors.command("new", (context) => {
    const name = context.match.trim();
    return enter(context, name === "" ? { kind: "new" } : { kind: "new", name });
  });
  doors.command("collect", (context) => context.conversation.enter(COLLECT));
  doors.callbackQuery([GO, OVER], (context) => openDoor(parts, context, context.match[1] ?? "new"));
  return doors;
}

async function openDoor(parts: BotParts, context: OperatorContext, door: string): Promise<void> {
  if (door === "new" || door === "sample" || door === "draft") return enter(context, { kind: door });
  if (door === "collect") return context.conversation.enter(COLLECT);
  if (door === "welcome") return context.conversation.enter(WELCOME);
  if (door === "audience") return context.conversation.enter(AUDIENCE);
  if (door === "optouts") return context.conversation.enter(OPT_OUTS);
  const [, topic, key = ""] = CHANGE_DOOR.exec(door) ?? [];
  if (topic !== undefined) return openChange(parts, context, topic, key);
  const [, audience] = AUDIENCE_DOOR.exec(door) ?? [];
  if (audience !== undefined) return openAudience(parts, context, audience);
  const again = AGAIN_DOOR.exec(door);
  if (again) return openAgain(parts, context, again);
  const [, name] = WRITE_DOOR.exec(door) ?? [];
  if (name !== undefined) return enter(context, { kind: "person", name });
  const list = await leadListOf(parts, door.slice("use-".length));
  if (list !== undefined) return enter(context, { kind: "leads", list });
  await sendView(context.api, chatOf(context), { text: context.words.say("leads-unknown") });
}

async function openChange(
  { app }: BotParts,
  context: OperatorContext,
  topic: string,
  key: string,
): Promise<void> {
  const campaign = byKey(await app.campaigns(), key, ({ id }) => id);
  if (campaign) return context.conversation.enter(CHANGE, { campaignId: campaign.id, topic });
  await sendView(context.api, chatOf(context), { text: context.words.say("unknown-campaign") });
}

async function openAgain(
  { app }: BotParts,
  context: OperatorContext,
  [, named, key = ""]: RegExpExecArray,
): Promise<void> {
  const group = againGroups.find((one) => one === named);
  const campaign = byKey(await app.campaigns(), key, ({ id }) => id);
  if (campaign && group) return enter(context, { kind: "again", id: campaign.id, group });
  await sendView(context.api, chatOf(context), { text: context.words.say("unknown-campaign") });
}

async function openAudience(parts: BotParts, context: OperatorContext, key: string): Promise<void> {
  const audience = await audienceOfKey(parts, key);
  if (!audience) return answered(context, context.words.plain("gone-button"));
  const { name, kind } = audience;
  await enter(context, {
    kind: "audience",
    name,
    ...(kind === "conditions" ? { isSubscribers: true } : {}),
  });
}

/** The list of leads that a key stands for; undefined when it is gone. */
export async function leadListOf({ app }: BotParts, key: string): Promise<string | undefined> {
  return (await app.leads.lists()).find(({ list }) => keyOf(list) === key)?.list;
}

async function enter(context: OperatorContext, opening: Opening): Promise<void> {
  await context.conversation.enter(NEW_CAMPAIGN, opening);
}

/** Says which dialogue is open, and what would take its place. */
async function askWhich(context: OperatorContext, door: string): Promise<void> {
  const { words } = context;
  const open = dialogues.find((name) => context.conversation.active(name) > 0) ?? NEW_CAMPAIGN;
  const instead = insteadOf(door);
  await sendView(context.api, chatOf(context), {
    text: words.say(`dialogue-busy-${open}`),
    rows: [
      [{ label: words.plain("button-go-on"), choice: "over:stay" }],
      [{ label: words.plain(`button-start-over-${instead}`), choice: `over:${door}` }],
    ],
  });
}

function insteadOf(door: string): "collect" | "optouts" | "audience" | "welcome" | "change" | "campaign" {
  if (CHANGE_DOOR.test(door)) return "change";
  const named = (["collect", "optouts", "audience", "welcome"] as const).find((one) => one === door);
  return named ?? "campaign";
}

/** Ends the spinner on a button. An answer that comes too late is refused, which matters to nobody. */
export async function answered(context: OperatorContext, text?: string): Promise<void> {
  await context.answerCallbackQuery(text === undefined ? {} : { text }).catch(() => undefined);
}
