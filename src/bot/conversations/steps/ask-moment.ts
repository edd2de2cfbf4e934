/** When something is to happen: a moment to tap or to type, told in full before it is taken, and asked about where it is not clear. */
import type { TypedMoment } from "../../../domain/when/moment/meaning.ts";
import type { StartMoment } from "../../../domain/when/schedule.ts";
import { escapeHtml } from "../../../words/markup.ts";
import { momentChoiceText, momentProblemText } from "../../../words/when-answers.ts";
import { fullMoment } from "../../../words/when-words.ts";
import type { Words } from "../../../words/words.ts";
import type { Button, View } from "../../views/view.ts";
import type { Answer } from "../answer.ts";
import type { Talk } from "../step.ts";
import { exitOf, exits, paragraphs } from "../step.ts";

export interface MomentQuestion {
  readonly text: (words: Words) => string;
  /** What stands on the button that means "at once"; absent: there is none. */
  readonly now?: (words: Words) => string;
}

type Typed = Extract<Answer, { kind: "text" }>;

/** Moments to tap, by the words that mean them; those that are over are not offered. */
const offered = [
  ["button-in-an-hour", "in an hour"],
  ["button-this-evening", "today 18:00"],
  ["button-tomorrow-morning", "tomorrow 9:00"],
] as const;

/** Asks in place of the open question until the answer is a moment to come, "now", or a way out. */
export async function askMoment(
  talk: Talk,
  question: MomentQuestion,
): Promise<StartMoment | "now" | "back" | "cancel"> {
  let problem: Extract<TypedMoment, { kind: "problem" }> | undefined;
  let typed: Typed | undefined;
  for (;;) {
    const said = problem;
    if (!typed) {
      const open = await offeredNow(talk);
      await talk.dialogue.show((words) => questionView({ question, problem: said, open }, words));
    }
    const answer: Answer = typed ?? (await talk.dialogue.next());
    typed = undefined;
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind === "button" && answer.choice === "now") return "now";
    const tapped = offered.find(([id]) => answer.kind === "button" && answer.choice === id)?.[1];
    const text = tapped ?? (answer.kind === "text" ? answer.text : "");
    const found = await talk.dialogue.perform(async () => talk.parts.app.when.readMoment(text));
    problem = found.kind === "problem" ? found : undefined;
    if (found.kind === "now" && question.now) return "now";
    const taken = found.kind === "moment" || found.kind === "choices" ? await confirm(talk, found) : "again";
    if (typeof taken === "object" && "kind" in taken) typed = taken;
    else if (taken !== "again") return taken;
  }
}

async function offeredNow({ dialogue, parts }: Talk): Promise<readonly string[]> {
  return dialogue.perform(async () =>
    offered.filter(([, text]) => parts.app.when.readMoment(text).kind === "moment").map(([id]) => id),
  );
}

interface Shown {
  readonly question: MomentQuestion;
  readonly problem: Extract<TypedMoment, { kind: "problem" }> | undefined;
  readonly open: readonly string[];
}

function questionView({ question, problem, open }: Shown, words: Words): View {
  const { now } = question;
  const buttons = open.map((id): Button[] => [{ label: words.plain(id), choice: id }]);
  return {
    text: paragraphs(problem && escapeHtml(momentProblemText(problem, words)), question.text(words)),
    rows: [...(now ? [[{ label: now(words), choice: "now" }]] : []), ...buttons, exits(words, "later")],
  };
}

/** Tells the moment in full, or all that may be meant, and takes the one that is tapped. */
async function confirm(
  talk: Talk,
  found: Extract<TypedMoment, { kind: "moment" | "choices" }>,
): Promise<StartMoment | Typed | "again" | "cancel"> {
  const { timeZone } = found;
  const moments = found.kind === "moment" ? [found.at] : found.moments;
  for (;;) {
    await talk.dialogue.show((words) => momentsView(found, moments, words));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit === "back" ? "again" : "cancel";
    // Whoever writes another moment instead means that one.
    if (answer.kind === "text") return answer;
    const at = answer.kind === "button" ? moments[Number(answer.choice.replace("at", ""))] : undefined;
    if (at !== undefined) return { at, timeZone };
  }
}

function momentsView(
  found: Extract<TypedMoment, { kind: "moment" | "choices" }>,
  moments: readonly number[],
  words: Words,
): View {
  const full = moments.map((at) => fullMoment(at, found.timeZone, words));
  const text =
    found.kind === "choices"
      ? escapeHtml(momentChoiceText(found, words))
      : words.say("moment-right", { moment: full[0] ?? "" });
  const label = (moment: string): string =>
    found.kind === "choices" ? moment : words.plain("button-moment-right");
  return {
    text,
    rows: [
      ...full.map((moment, index) => [{ label: label(moment), choice: `at${index}` }]),
      exits(words, "later"),
    ],
  };
}
