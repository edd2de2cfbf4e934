/**
 * The dialogue that chooses subscribers by conditions and keeps these under a name. Who meets them is counted anew with every
 * answer, and nobody is written to by it.
 */
import type { Conversation } from "@grammyjs/conversations";
import type { Context } from "grammy";
import type { Conditions } from "../../domain/people/audience.ts";
import type { ConditionKind } from "../../words/condition-words.ts";
import { conditionKinds, pastProblemText } from "../../words/condition-words.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import type { TappedKind } from "../views/audiences/conditions-question.ts";
import { conditionsQuestion, valuesOf, valuesQuestion } from "../views/audiences/conditions-question.ts";
import { Dialogue } from "./dialogue.ts";
import type { Note, Talk } from "./step.ts";
import { exitOf, exits } from "./step.ts";

/** The conversation's name. */
export const AUDIENCE = "audience";

const asksSince: Note = (words) => words.say("audience-ask-since");
const asksName: Note = (words) => words.say("audience-ask-name-new");

export function createAudience(
  parts: BotParts,
): (conversation: Conversation<OperatorContext>, opened: Context) => Promise<void> {
  return async (conversation, opened) => {
    const talk = { dialogue: new Dialogue(conversation, opened, AUDIENCE), parts };
    const name = await chosen(talk);
    await talk.dialogue.close(parts.inBackground);
    await talk.dialogue.tell((words) =>
      name === undefined ? words.say("audience-cancelled") : words.say("audience-defined", { name }),
    );
  };
}

/** Asks until the conditions are kept; answers their name, undefined when the operator cancelled. */
async function chosen(talk: Talk): Promise<string | undefined> {
  const { dialogue, parts } = talk;
  let conditions: Conditions = {};
  for (;;) {
    const now = conditions;
    const meant = await dialogue.perform(() => parts.app.audiences.meeting(now));
    await dialogue.ask((words) => conditionsQuestion(now, meant, words));
    const answer = await dialogue.next();
    if (exitOf(answer)) return undefined;
    if (answer.kind !== "button") continue;
    if (answer.choice === "name") {
      const named = await askName(talk, now);
      if (named === "cancel") return undefined;
      if (named !== "back") return named.name;
      continue;
    }
    const kind = conditionKinds.find((one) => answer.choice === `by=${one}`);
    if (!kind) continue;
    const changed = await askCondition(talk, kind, now);
    if (changed === "cancel") return undefined;
    conditions = changed;
  }
}

async function askCondition(
  talk: Talk,
  kind: ConditionKind,
  conditions: Conditions,
): Promise<Conditions | "cancel"> {
  return kind === "joinedSince" ? askSince(talk, conditions) : askValues(talk, kind, conditions);
}

async function askValues(
  { dialogue, parts }: Talk,
  kind: TappedKind,
  conditions: Conditions,
): Promise<Conditions> {
  const choices = await dialogue.perform(() => parts.app.audiences.choices());
  const values = valuesOf(kind, choices);
  if (values.length === 0) {
    await dialogue.tell((words) => words.say("audience-nothing-to-choose"));
    return conditions;
  }
  let taken = conditions[kind] ?? [];
  for (let isNew = true; ; isNew = false) {
    const asked = { kind, values, chosen: taken };
    await (isNew
      ? dialogue.ask((words) => valuesQuestion(asked, words))
      : dialogue.redraw((words) => valuesQuestion(asked, words)));
    const answer = await dialogue.next();
    if (answer.kind !== "button") continue;
    const value = values[Number(/^v=(\d{1,3})$/.exec(answer.choice)?.[1] ?? -1)]?.value;
    if (value === undefined) break;
    taken = taken.includes(value) ? taken.filter((one) => one !== value) : [...taken, value];
  }
  const { [kind]: _, ...others } = conditions;
  return taken.length === 0 ? others : { ...others, [kind]: taken };
}

async function askSince({ dialogue, parts }: Talk, conditions: Conditions): Promise<Conditions | "cancel"> {
  const { joinedSince: _, ...others } = conditions;
  let note: Note = asksSince;
  for (;;) {
    const said = note;
    await dialogue.ask((words) => ({
      text: said(words),
      rows: [[{ label: words.plain("button-condition-none"), choice: "none" }], exits(words, "later")],
    }));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit === "cancel" ? exit : conditions;
    if (answer.kind === "button" && answer.choice === "none") return others;
    if (answer.kind !== "text") continue;
    const { text } = answer;
    const found = await dialogue.perform(() => parts.app.when.readPast(text));
    if (found.kind === "moment") return { ...others, joinedSince: found.at };
    if (found.kind === "problem")
      note = (words) => words.say("audience-since-wrong", { problem: pastProblemText(found, words) });
    else {
      const at = await askWhich({ dialogue, parts }, found.moments);
      if (at !== undefined) return { ...others, joinedSince: at };
    }
  }
}

/** Undefined: neither. */
async function askWhich({ dialogue }: Talk, moments: readonly number[]): Promise<number | undefined> {
  await dialogue.ask((words) => ({
    text: words.say("past-choice"),
    rows: [
      ...moments.map((at, place) => [{ label: words.date(at), choice: `at=${place}` }]),
      exits(words, "later"),
    ],
  }));
  const answer = await dialogue.next();
  if (answer.kind !== "button") return undefined;
  return moments[Number(/^at=(\d)$/.exec(answer.choice)?.[1] ?? -1)];
}

async function askName(
  { dialogue, parts }: Talk,
  conditions: Conditions,
): Promise<{ readonly name: string } | "back" | "cancel"> {
  let note: Note = asksName;
  for (;;) {
    const said = note;
    await dialogue.ask((words) => ({ text: said(words), rows: [exits(words, "later")] }));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    const name = answer.kind === "text" ? answer.text.trim() : "";
    const outcome = await dialogue.perform(({ update }) =>
      parts.app.audiences.define({ name, conditions, ask: `chat ${update.update_id}` }),
    );
    if (outcome === "kept") return { name };
    note = (words) => words.say(`audience-${outcome}`, { name });
  }
}
