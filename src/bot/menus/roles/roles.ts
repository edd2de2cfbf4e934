/** /roles: the owner sees who has which role, gives one, and takes it again; whoever it is about is told. */
import { Composer } from "grammy";
import type { GivenRole } from "../../../app/team/team.ts";
import { typed } from "../../../words/markup.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { announceCommandsTo } from "../../roles/announce-commands.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import { sendView } from "../../views/view.ts";
import { readRolePress, roleQuestion, rolesView } from "../../views/roles/roles.ts";
import { answered } from "../begin.ts";
import { sendText } from "../campaigns/campaign-deeds.ts";
import { replaceCard } from "../campaigns/uncertain.ts";
import type { MeantPerson } from "./whose-role.ts";
import { meantIn, roleNamed } from "./whose-role.ts";

export function rolesMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("roles", async (context) => {
    const { words } = context;
    const given = typed(context.match);
    if (given === "" && !context.message?.reply_to_message) return showAll(parts, context);
    const { person, rest } = await meantIn(parts, given, context.message?.reply_to_message);
    if (!person) return sendText(context, words.say("roles-who"));
    const role = rest === "" ? undefined : roleNamed(rest, words);
    if (rest !== "" && !role)
      return sendText(context, words.say("roles-which", { given: rest.slice(0, 64) }));
    if (role) return sendText(context, await decide(parts, context, person, role));
    await sendView(context.api, chatOf(context), questionFor(parts, context, person));
  });
  menu.callbackQuery(/^approval:(on|off)$/, async (context) => {
    const isOn = context.match[1] === "on";
    await parts.app.team.requireApproval(isOn);
    await answered(context, context.words.plain(isOn ? "approval-on" : "approval-off"));
    await replaceCard(context, listOf(parts, context));
  });
  menu.on("callback_query:data", async (context, next) => {
    const press = readRolePress(context.callbackQuery.data);
    if (!press) return next();
    await answered(context);
    const person = { id: press.id, ...knownAs(parts, press.id) };
    if (press.word === "ask") await replaceCard(context, questionFor(parts, context, person));
    else await replaceCard(context, { text: await decide(parts, context, person, press.word) });
  });
  return menu;
}

function knownAs({ app }: BotParts, id: number): { readonly name?: string } {
  const name = app.team.members().find((one) => one.id === id)?.name;
  return name === undefined ? {} : { name };
}

/** What somebody is called: as they call themselves here, else as they were when the role was given, else their number. */
function nameOf({ operators }: BotParts, { id, name }: MeantPerson): string {
  const called = operators.nameOf(String(id));
  return called === String(id) ? (name ?? called) : called;
}

function listOf(parts: BotParts, { words }: OperatorContext) {
  const { team } = parts.app;
  const needsApproval = team.needsApproval();
  return rolesView(team.members(), { nameOf: (one) => nameOf(parts, one), needsApproval, words });
}

async function showAll(parts: BotParts, context: OperatorContext): Promise<void> {
  await sendView(context.api, chatOf(context), listOf(parts, context));
}

function questionFor(parts: BotParts, { words }: OperatorContext, person: MeantPerson) {
  const role = parts.app.team.roleOf(person.id);
  return roleQuestion({ id: person.id, name: nameOf(parts, person), role }, words);
}

/** Decides, tells whoever it is about, and says what came of it. */
async function decide(
  parts: BotParts,
  context: OperatorContext,
  person: MeantPerson,
  role: GivenRole | "none",
): Promise<string> {
  const { team } = parts.app;
  const { words } = context;
  const name = nameOf(parts, person);
  const result = role === "none" ? await team.take(person.id) : await team.give(person.id, role, person.name);
  if (!result.ok) return words.say(`roles-${result.problem}`, { name });
  const isTold = await tell(parts, context, person.id, role);
  await announceCommandsTo(context.api, person.id, parts.operators).catch(() => undefined);
  const done =
    role === "none"
      ? words.say("roles-taken", { name })
      : words.say("roles-given", { name, role: words.plain(`role-${role}`) });
  return isTold ? done : `${done}\n${words.say("roles-untold")}`;
}

/** False: they never started the bot, or have blocked it. */
async function tell(
  { operators }: BotParts,
  { api }: OperatorContext,
  id: number,
  role: GivenRole | "none",
): Promise<boolean> {
  const words = operators.wordsFor(id);
  const text =
    role === "none"
      ? words.say("role-lost")
      : words.say("role-got", {
          role: words.plain(`role-${role}`),
          meaning: words.plain(`role-meaning-${role}`),
        });
  return sendView(api, id, { text }).then(
    () => true,
    () => false,
  );
}
