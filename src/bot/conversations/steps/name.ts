/** The first question: what the campaign is called. */
import type { ExistingCampaign } from "../../../app/drafts/draft.ts";
import { typed } from "../../../words/markup.ts";
import type { View } from "../../views/view.ts";
import type { Words } from "../../../words/words.ts";
import type { Answer } from "../answer.ts";
import { textAnswer } from "../answer.ts";
import type { DraftState } from "../draft-state.ts";
import type { Note, Step, Talk, Turn } from "../step.ts";
import { exitOf, exits, lines, paragraphs } from "../step.ts";
import { idProblem, nameProblem } from "./name-problem.ts";

/** Asks for the name, which is the task id; a name that exists already is said so and confirmed. */
export const nameStep: Step = { name: "name", run: askName };

async function askName(talk: Talk, state: DraftState): Promise<Turn> {
  let note: Note | undefined;
  for (;;) {
    const answer = await nameAnswer(talk, state, note);
    note = undefined;
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind === "button" && answer.choice === "keep") return "next";
    const name = await nameFrom(talk, answer);
    if (typeof name === "function") note = name;
    else {
      const verdict = await lookAt(talk, name);
      if (typeof verdict === "function") note = verdict;
      else if (verdict === "cancel") return "cancel";
      else if (verdict !== "other") {
        use(state, name, verdict);
        return "next";
      }
    }
  }
}

/** Of what was chosen for another campaign nothing is taken for this one: each has its own changes. */
function use(state: DraftState, id: string, verdict: "new" | ExistingCampaign): void {
  state.id = id;
  state.changes = [];
  if (verdict === "new") delete state.existing;
  else state.existing = verdict;
}

async function nameAnswer(talk: Talk, state: DraftState, note: Note | undefined): Promise<Answer> {
  const { given } = state;
  delete state.given;
  if (given !== undefined) return textAnswer(given);
  await talk.dialogue.ask((words) => nameQuestion(words, state, note));
  return talk.dialogue.next();
}

function nameQuestion(words: Words, { id }: DraftState, note: Note | undefined): View {
  const kept = id === undefined ? undefined : words.say("name-kept", { id });
  const keep = id === undefined ? [] : [{ label: words.plain("button-keep"), choice: "keep" }];
  return {
    text: note ? lines(note(words), kept) : paragraphs(words.say("ask-name"), kept),
    rows: [keep, [{ label: words.plain("button-generate"), choice: "generate" }], exits(words, "first")],
  };
}

/** The name meant by an answer, or what is wrong with it. */
async function nameFrom({ dialogue, parts }: Talk, answer: Answer): Promise<string | Note> {
  if (answer.kind === "button") return dialogue.perform(() => parts.app.newCampaignId());
  if (answer.kind !== "text") return (words) => words.say("name-not-text");
  const name = typed(answer.text);
  const problem = nameProblem(name);
  if (problem) return problem;
  const named = await dialogue.perform(() => parts.app.nameCampaign(name));
  return named.ok ? named.id : idProblem(named.problem, name);
}

type Verdict = "new" | "other" | "cancel" | ExistingCampaign | Note;

/** Asks what to do when a campaign of this name exists. */
async function lookAt({ dialogue, parts }: Talk, name: string): Promise<Verdict> {
  const existing = await dialogue.perform(async () => (await parts.app.existing(name)) ?? null);
  if (!existing) return "new";
  if (existing.status === "cancelled") return (words) => words.say("name-cancelled", { id: name });
  for (;;) {
    await dialogue.ask((words) => existingQuestion(words, existing));
    const answer = await dialogue.next();
    if (answer.kind !== "button") continue;
    if (answer.choice === "cancel") return "cancel";
    return answer.choice === "use" ? existing : "other";
  }
}

function existingQuestion(words: Words, { id, status, sent, total }: ExistingCampaign): View {
  return {
    text: words.say("name-exists", { id, sent, total, status: words.plain(`status-${status}`) }),
    rows: [
      [{ label: words.plain("button-same-campaign"), choice: "use" }],
      [{ label: words.plain("button-other-name"), choice: "other" }],
      exits(words, "first"),
    ],
  };
}
