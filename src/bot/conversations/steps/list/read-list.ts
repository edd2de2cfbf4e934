/** From a source to a list that was read, whatever it is for, with the questions that it leaves open. */
import type {
  ListChoices,
  ListProblem,
  ListQuestion,
  ListSource,
} from "../../../../app/lists/list-report.ts";
import { listProblemText } from "../../../views/lists/list-report.ts";
import type { Answer } from "../../answer.ts";
import type { Note, Talk } from "../../step.ts";
import { askAboutList } from "./ask-about-list.ts";

/** A list on its way, and how it is read. */
export interface Reading<R> {
  readonly source: ListSource;
  readonly choices?: ListChoices;
  /** Reads it in a way; answers something that survives JSON. */
  readonly attempt: (choices: ListChoices, signal: AbortSignal) => Promise<R | ListProblem>;
}

/** How reading ended: in a list, a sentence on why not, a step back out of it, or another list sent meanwhile. */
export type ReadOutcome<R> =
  | { readonly kind: "read"; readonly found: R; readonly choices: ListChoices }
  | { readonly kind: "note"; readonly note: Note }
  | { readonly kind: "exit"; readonly turn: "back" | "cancel" }
  | { readonly kind: "answer"; readonly answer: Answer };

/** Reads a list, asking what it leaves open. A step back leads to the question before, and from the first one out. */
export async function readList<R extends { readonly kind: string }>(
  talk: Talk,
  { source, choices = {}, attempt }: Reading<R>,
): Promise<ReadOutcome<R>> {
  const ways: ListChoices[] = [choices];
  for (;;) {
    const way = ways.at(-1) ?? {};
    if (await isGone(talk, source)) return { kind: "note", note: (words) => words.say("problem-listGone") };
    const found = await talk.dialogue.perform(({ work }) => {
      if (source.kind === "file") talk.parts.uploads.removeIfLeft(source.path, work);
      return attempt(way, work.signal);
    });
    if (!isProblem(found)) return { kind: "read", found, choices: way };
    if (found.problem !== "question") return { kind: "note", note: (words) => listProblemText(found, words) };
    const asked = await askAboutList(talk, found.question);
    if (asked.kind === "choices") ways.push(merged(sameColumn(way, found.question), asked.choices));
    else if (asked.kind === "exit" && asked.turn === "back" && ways.length > 1) ways.pop();
    else return asked;
  }
}

/** With another header the columns are called otherwise: one that was chosen before is meant by its number. */
function sameColumn(way: ListChoices, question: ListQuestion): ListChoices {
  if (question.ask !== "headerRow" || way.column === undefined) return way;
  const at = question.table.columns.findIndex(({ name }) => name === way.column);
  return at < 0 ? way : { ...way, column: String(at + 1) };
}

/** One sheet and all of them are answers to the same question. */
function merged({ sheet, allSheets, ...way }: ListChoices, answer: ListChoices): ListChoices {
  if (answer.sheet !== undefined || answer.allSheets !== undefined) return { ...way, ...answer };
  return {
    ...way,
    ...(sheet === undefined ? {} : { sheet }),
    ...(allSheets === undefined ? {} : { allSheets }),
    ...answer,
  };
}

function isProblem(found: { readonly kind: string }): found is ListProblem {
  return found.kind === "problem";
}

/** A question may be answered days later. */
async function isGone({ dialogue, parts }: Talk, source: ListSource): Promise<boolean> {
  return source.kind === "file" && !(await dialogue.perform(() => parts.uploads.has(source.path)));
}

/** Removes a list's file; whatever came of it is kept elsewhere. */
export async function forgetSource({ dialogue, parts }: Talk, source: ListSource): Promise<void> {
  if (source.kind === "file")
    await dialogue.perform(() => parts.uploads.remove(source.path).then(() => null));
}
