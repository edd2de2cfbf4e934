/** The second question: who is written to. */
import type { ListProblem, ListReport, ListSource } from "../../../app/app.ts";
import { shorten } from "../../markup.ts";
import { sendFile } from "../../send-file.ts";
import { isAllSent, listProblemText, listReportText, originText } from "../../views/list-report.ts";
import type { View } from "../../views/view.ts";
import type { Words } from "../../words.ts";
import type { Answer } from "../answer.ts";
import { chatOf } from "../dialogue.ts";
import type { DraftState } from "../draft-state.ts";
import type { Note, Step, Talk, Turn } from "../step.ts";
import { exitOf, exits, lines, paragraphs } from "../step.ts";
import { sourceFrom } from "./list-source.ts";

/** Takes a list pasted or as a file, shows what cleaning found, and takes another one for as long as it is wanted. */
export const recipientsStep: Step = { name: "recipients", run: askRecipients };

async function askRecipients(talk: Talk, state: DraftState): Promise<Turn> {
  let note: Note | undefined;
  let waiting: Answer | undefined;
  for (;;) {
    const answer: Answer = waiting ?? (await ask(talk, state, note));
    [waiting, note] = [undefined, undefined];
    const given = await sourceFrom(talk, answer);
    if (given.kind === "note") note = given.note;
    else if (given.kind === "answer") {
      const exit = exitOf(given.answer);
      if (exit) return exit;
      if (given.answer.choice === "keep" && state.list) return "next";
    } else {
      const outcome = await importFrom(talk, state, given.source);
      if (typeof outcome === "function") note = outcome;
      else if (typeof outcome === "string") return outcome;
      else {
        const reviewed = await review(talk, state, outcome);
        if (typeof reviewed === "string") return reviewed;
        waiting = reviewed.kind === "button" ? undefined : reviewed;
      }
    }
  }
}

async function ask(talk: Talk, state: DraftState, note: Note | undefined): Promise<Answer> {
  await talk.dialogue.ask((words) => recipientsQuestion(words, state, note));
  return talk.dialogue.next();
}

function recipientsQuestion(words: Words, { id = "", list }: DraftState, note: Note | undefined): View {
  const kept = list && words.say("list-kept", { count: list.valid, origin: originText(list.origin, words) });
  return {
    text: note ? lines(note(words), kept) : paragraphs(words.say("ask-recipients", { id }), kept),
    rows: [list ? [{ label: words.plain("button-keep"), choice: "keep" }] : [], exits(words, "later")],
  };
}

/** Cleans the list; asks for the username column where that is unclear. */
async function importFrom(
  talk: Talk,
  state: DraftState,
  source: ListSource,
): Promise<ListReport | Note | Turn> {
  let found = await importOnce(talk, state, source);
  if (found.kind === "problem" && found.problem === "chooseColumn") {
    const column = await askColumn(talk, found);
    if (column.kind === "exit") {
      await forget(talk, source);
      return column.turn;
    }
    if (await isGone(talk, source)) return (words) => words.say("problem-listGone");
    found = await importOnce(talk, state, source, column.name);
  }
  await forget(talk, source);
  if (found.kind === "report") return found;
  const problem = found;
  return (words) => listProblemText(problem, words);
}

function importOnce(
  { dialogue, parts }: Talk,
  { id: campaignId = "" }: DraftState,
  source: ListSource,
  usernameColumn?: string,
): Promise<ListReport | ListProblem> {
  const column = usernameColumn === undefined ? {} : { usernameColumn };
  return dialogue.perform(() => parts.app.importList({ source, campaignId, ...column }));
}

/** The question for the column may be answered days later. */
async function isGone({ dialogue, parts }: Talk, source: ListSource): Promise<boolean> {
  return source.kind === "file" && !(await dialogue.perform(() => parts.uploads.has(source.path)));
}

async function forget({ dialogue, parts }: Talk, source: ListSource): Promise<void> {
  if (source.kind === "file")
    await dialogue.perform(() => parts.uploads.remove(source.path).then(() => null));
}

type ColumnChoice =
  { readonly kind: "column"; readonly name: string } | { readonly kind: "exit"; readonly turn: Turn };

async function askColumn(
  { dialogue }: Talk,
  problem: Extract<ListProblem, { problem: "chooseColumn" }>,
): Promise<ColumnChoice> {
  for (;;) {
    await dialogue.ask((words) => ({
      text: listProblemText(problem, words),
      rows: [
        ...problem.columns.map(({ name }, index) => [
          { label: shorten(name, 40) || String(index + 1), choice: String(index) },
        ]),
        exits(words, "later"),
      ],
    }));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return { kind: "exit", turn: exit };
    const column = answer.kind === "button" ? problem.columns[Number(answer.choice)] : undefined;
    if (column) return { kind: "column", name: column.name };
  }
}

/** Shows the report and keeps the list; answers the next list when one is sent right away. */
async function review(talk: Talk, state: DraftState, report: ListReport): Promise<Turn | Answer> {
  const { listId, origin, columns, valid } = report;
  const before = state.list?.listId;
  state.list = { listId, origin, columns, valid };
  if (before !== undefined && before !== listId) await discard(talk, before);
  await talk.dialogue.ask((words) => reportView(words, report));
  await sendRejected(talk, report);
  const answer = await talk.dialogue.next();
  const exit = exitOf(answer);
  if (exit) return exit;
  return answer.kind === "button" && answer.choice === "continue" ? "next" : answer;
}

function reportView(words: Words, report: ListReport): View {
  const another = { label: words.plain("button-another-list"), choice: "another" };
  const onward = isAllSent(report) ? [] : [{ label: words.plain("button-continue"), choice: "continue" }];
  return { text: listReportText(report, words), rows: [onward, [another], exits(words, "later")] };
}

async function sendRejected({ dialogue, parts }: Talk, { rejectedFile: path }: ListReport): Promise<void> {
  if (path === undefined) return;
  await dialogue.perform(async (context) => {
    const caption = context.words.say("rejected-caption");
    const file = { chatId: chatOf(context), path, name: "rejected-rows.csv", caption };
    // The report above has the first lines; a file that can't be sent must not end the dialogue.
    await sendFile(context.api, parts.clock, file).catch(() => undefined);
    return null;
  });
}

async function discard({ dialogue, parts }: Talk, listId: string): Promise<void> {
  await dialogue.perform(() => parts.app.discardList(listId).then(() => null));
}
