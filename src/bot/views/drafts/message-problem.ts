/** What keeps a message from being sent, in one sentence each. */
import type { MessageProblem } from "../../../app/drafts/draft.ts";
import { shorten } from "../../../words/markup.ts";
import { languageWord } from "../../../words/language-word.ts";
import type { Words } from "../../../words/words.ts";

/** Says what keeps a message from being sent, and in which language. */
export function problemText(problem: MessageProblem, words: Words): string {
  const text = problemAlone(problem, words);
  if (problem.language === undefined) return text;
  return words.say("message-problem-in", {
    language: languageWord(problem.language, words),
    problem: { html: text },
  });
}

function problemAlone(problem: MessageProblem, words: Words): string {
  switch (problem.problem) {
    case "empty":
      return words.say("message-empty");
    case "tooLong":
      return words.say("message-too-long", { length: problem.length, max: problem.max });
    case "brokenVariable":
      return words.say("message-broken-variable", { text: shorten(problem.text, 60) });
    case "unknownVariables":
      return words.say("message-unknown-variables", {
        unknown: words.codes(inBraces(problem.unknown)),
        known: words.codes(inBraces(problem.known)),
      });
    case "notTaken":
      return words.say(`message-not-taken-${problem.extra}`);
  }
}

/** Names of variables as they stand in a message. */
export function inBraces(names: readonly string[]): string[] {
  return names.map((name) => `{{${name}}}`);
}
