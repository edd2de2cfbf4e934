/** The second question: whose followers, which posts, what keywords. */
import type { TargetProblem } from "../../../app/leads/leads.ts";
import { shorten } from "../../../words/markup.ts";
import type { View } from "../../views/view.ts";
import type { Words } from "../../../words/words.ts";
import type { ChosenSource, CollectState } from "../collect-state.ts";
import type { Note, Talk, Turn } from "../step.ts";
import { exitOf, exits, lines, paragraphs } from "../step.ts";

/** More at once would hide a slip of the hand behind many lines. */
const MOST_TARGETS = 50;

/** Takes one target a line; a line that can't be read is named, and nothing is taken until all can. */
export async function targetsStep(talk: Talk, state: CollectState): Promise<Turn> {
  const { source } = state;
  if (!source) return "back";
  let note: Note | undefined;
  for (;;) {
    const shown = note;
    await talk.dialogue.ask((words) => targetsQuestion(words, source, state.targets, shown));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind === "button") return "next";
    if (answer.kind !== "text") {
      note = (words) => words.say("targets-not-text");
      continue;
    }
    const texts = linesOf(answer.text);
    note = texts.length > MOST_TARGETS ? tooMany(texts.length) : await problemOf(talk, source, texts);
    if (note) continue;
    state.targets = texts;
    return "next";
  }
}

function linesOf(text: string): string[] {
  const found = text.split("\n").map((line) => line.trim());
  return [...new Set(found)].filter((line) => line !== "");
}

function tooMany(count: number): Note {
  return (words) => words.say("targets-too-many", { count, most: MOST_TARGETS });
}

interface BadLine {
  readonly text: string;
  readonly problem: TargetProblem;
}

async function problemOf(
  { dialogue, parts }: Talk,
  source: ChosenSource,
  texts: readonly string[],
): Promise<Note | undefined> {
  const bad = await dialogue.perform(() => {
    const parsed = texts.map((text) => ({ text, parsed: parts.app.leads.parseTarget(source.name, text) }));
    return parsed.flatMap((one): BadLine[] =>
      one.parsed?.ok === false ? [{ text: shorten(one.text, 60), problem: one.parsed.problem }] : [],
    );
  });
  if (bad.length === 0) return undefined;
  return (words) =>
    bad
      .slice(0, 5)
      .map(({ text, problem }) =>
        words.say("collect-bad-target", { text, reason: words.plain(`target-${problem}`) }),
      )
      .join("\n");
}

function targetsQuestion(
  words: Words,
  { targetKind }: ChosenSource,
  targets: readonly string[],
  note: Note | undefined,
): View {
  const kept = targets.length === 0 ? undefined : words.say("targets-kept", { texts: words.codes(targets) });
  const keep = { label: words.plain("button-keep"), choice: "keep" };
  return {
    text: note ? lines(note(words), kept) : paragraphs(words.say(`ask-targets-${targetKind}`), kept),
    rows: [targets.length === 0 ? [] : [keep], exits(words, "later")],
  };
}
