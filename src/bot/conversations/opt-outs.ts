/**
 * The dialogue that takes a whole list of people not to be written to, read the very way that a campaign's list is, and
 * says how many of its lines kept nobody from being written to.
 */
import type { Conversation } from "@grammyjs/conversations";
import type { Context } from "grammy";
import type { ListSource } from "../../app/lists/list-report.ts";
import type { OptOutReport } from "../../app/people/import-opt-outs.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import type { SuppressionReason } from "../../domain/people/suppression.ts";
import { suppressionReasons } from "../../domain/people/suppression.ts";
import { optOutReportText } from "../views/lists/opt-out-report.ts";
import type { Answer } from "./answer.ts";
import { Dialogue } from "./dialogue.ts";
import type { Note, Talk } from "./step.ts";
import { exitOf, exits } from "./step.ts";
import type { Given } from "./steps/list/list-source.ts";
import { sourceFrom } from "./steps/list/list-source.ts";
import { forgetSource, readList } from "./steps/list/read-list.ts";
import type { ReadOutcome } from "./steps/list/read-list.ts";
import { sendRejected } from "./steps/list/rejected-rows.ts";

/** The conversation's name. */
export const OPT_OUTS = "opt-outs";

/** Makes the conversation. */
export function createOptOuts(
  parts: BotParts,
): (conversation: Conversation<OperatorContext>, opened: Context) => Promise<void> {
  return async (conversation, opened) => {
    const talk = { dialogue: new Dialogue(conversation, opened, OPT_OUTS), parts };
    const report = await takeOptOuts(talk);
    await talk.dialogue.close(parts.inBackground);
    if (!report) return talk.dialogue.tell((words) => words.say("opt-outs-cancelled"));
    await sendRejected(talk, report);
    await talk.dialogue.tell((words) => optOutReportText(report, words));
    const { listId } = report;
    if (listId !== undefined)
      await talk.dialogue.perform(() => parts.app.discardList(listId).then(() => null));
  };
}

/** Asks for lists until one was read; undefined when the operator cancelled. */
async function takeOptOuts(talk: Talk): Promise<OptOutReport | undefined> {
  let note: Note | undefined;
  let waiting: Answer | undefined;
  let reason: SuppressionReason = "optedOut";
  for (;;) {
    const given: Given = await sourceFrom(talk, waiting ?? (await ask(talk, reason, note)));
    [waiting, note] = [undefined, undefined];
    if (given.kind === "note") note = given.note;
    else if (given.kind === "answer") {
      if (exitOf(given.answer)) return undefined;
      reason = suppressionReasons.find((one) => one === given.answer.choice) ?? reason;
    } else {
      const outcome = await put(talk, reason, given.source);
      if (outcome.kind === "read") return outcome.found;
      if (outcome.kind === "exit" && outcome.turn === "cancel") return undefined;
      if (outcome.kind === "note") note = outcome.note;
      if (outcome.kind === "answer") waiting = outcome.answer;
    }
  }
}

/** The reason that holds for all of the list stands among the buttons, and another can be chosen. */
async function ask({ dialogue }: Talk, reason: SuppressionReason, note: Note | undefined): Promise<Answer> {
  await dialogue.ask((words) => ({
    text: note ? note(words) : words.say("ask-opt-outs", { reason: words.plain(`suppressed-${reason}`) }),
    rows: [
      suppressionReasons
        .filter((one) => one !== reason)
        .map((one) => ({ label: words.plain(`suppressed-${one}`), choice: one })),
      exits(words, "first"),
    ],
  }));
  return dialogue.next();
}

async function put(
  talk: Talk,
  reason: SuppressionReason,
  source: ListSource,
): Promise<ReadOutcome<OptOutReport>> {
  if (source.kind !== "file" && source.kind !== "text") throw new Error("a list of opt-outs is sent");
  const outcome = await readList(talk, {
    source,
    attempt: (choices, signal) => talk.parts.app.suppress.importList({ source, reason, choices }, signal),
  });
  await forgetSource(talk, source);
  return outcome;
}
