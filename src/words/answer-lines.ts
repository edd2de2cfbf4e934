/** What is said of one answer wherever it is shown. */
import type { Answer } from "../domain/people/answer.ts";
import { isErased } from "../domain/people/answer.ts";
import type { Words } from "./words.ts";

/** What they said, with a word for what is no text. */
export function answerText(answer: Answer, words: Words): string {
  const { text, media } = answer;
  if (isErased(answer)) return words.plain("answer-erased");
  if (media === undefined) return text;
  const what = words.plain(`answer-media-${media}`);
  return text === "" ? what : `${what}\n${text}`;
}

/** Who answered; somebody who was erased has no name. */
export function answererName(answer: Pick<Answer, "username">, words: Words): string {
  return isErased(answer) ? words.plain("answer-somebody") : answer.username;
}
