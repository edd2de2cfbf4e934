/** What is said of a text about time that can't be taken as it is, as plain text. */
import type { TypedMoment } from "../domain/when/moment/meaning.ts";
import type { TypedWindow } from "../domain/when/window-text.ts";
import type { WhenWords } from "./when-words.ts";
import { fullMoment } from "./when-words.ts";

/** Why a moment can't be taken. */
export function momentProblemText(
  { problem, text = "", at, timeZone }: Extract<TypedMoment, { kind: "problem" }>,
  words: WhenWords,
): string {
  const moment = at === undefined ? "" : fullMoment(at, timeZone, words);
  return words.plain(`moment-problem-${problem}`, { text, moment });
}

/** What is asked about a moment that may be one of several. */
export function momentChoiceText(
  { why }: Extract<TypedMoment, { kind: "choices" }>,
  words: WhenWords,
): string {
  return words.plain(`moment-choice-${why}`);
}

/** Why a window can't be taken. */
export function windowProblemText(
  found: Extract<TypedWindow, { kind: "problem" }>,
  words: WhenWords,
): string {
  return words.plain(`window-problem-${found.problem}`, { text: "text" in found ? found.text : "" });
}
