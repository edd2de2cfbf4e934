/** From a source to a cleaned list, with the question which column holds the usernames where that is unclear. */
import type {
  ListChoices,
  ListProblem,
  ListQuestion,
  ListReport,
  ListSource,
} from "../../../app/list-report.ts";
import { shorten } from "../../../words/markup.ts";
import { listProblemText } from "../../views/list-report.ts";
import type { DraftState } from "../draft-state.ts";
import type { Note, Talk, Turn } from "../step.ts";
import { exitOf, exits } from "../step.ts";

/** Cleans the list; asks for the username column where that is unclear. */
export async function importFrom(
  talk: Talk,
  state: DraftState,
  source: ListSource,
): Promise<ListReport | Note | Turn> {
  let found = await importOnce(talk, state, source);
  if (isColumnAsked(found)) {
    const column = await askColumn(talk, found);
    if (column.kind === "exit") {
      await forget(talk, source);
      return column.turn;
    }
    if (await isGone(talk, source)) return (words) => words.say("problem-listGone");
    found = await importOnce(talk, state, source, { column: column.name });
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
  choices?: ListChoices,
): Promise<ListReport | ListProblem> {
  const chosen = choices === undefined ? {} : { choices };
  return dialogue.perform(() => parts.app.importList({ source, campaignId, ...chosen }));
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

type ColumnAsked = Extract<ListProblem, { problem: "question" }> & {
  readonly question: Extract<ListQuestion, { ask: "column" }>;
};

function isColumnAsked(found: ListReport | ListProblem): found is ColumnAsked {
  return found.kind === "problem" && found.problem === "question" && found.question.ask === "column";
}

async function askColumn({ dialogue }: Talk, problem: ColumnAsked): Promise<ColumnChoice> {
  const columns = problem.question.table.columns.filter(({ mayBeNames }) => mayBeNames);
  for (;;) {
    await dialogue.ask((words) => ({
      text: listProblemText(problem, words),
      rows: [
        ...columns.map(({ name }, index) => [
          { label: shorten(name, 40) || String(index + 1), choice: String(index) },
        ]),
        exits(words, "later"),
      ],
    }));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return { kind: "exit", turn: exit };
    const column = answer.kind === "button" ? columns[Number(answer.choice)] : undefined;
    if (column) return { kind: "column", name: column.name };
  }
}
