/** What is said of one answer wherever it is shown. */
import type { Answer } from "../domain/people/answer.ts";
import { countedIn, isErased } from "../domain/people/answer.ts";
import { echo } from "./markup.ts";
import type { Words } from "./words.ts";

/** What they said, with a word for what is no text. */
export function answerText(answer: Answer, words: Words): string {
  const { text, media } = answer;
  if (isErased(answer)) return words.plain("answer-erased");
  if (media === undefined) return text;
  const what = words.plain(`answer-media-${media}`);
  return text === "" ? what : `${what}\n${text}`;
}

/** Says how many people answered, and apart from them what programs wrote. @param about What was asked for; absent: all */
export function answersHeading(answers: readonly Answer[], about: string | undefined, words: Words): string {
  const { people: count, automatic } = countedIn(answers);
  const heading = about === undefined ? "answers-title" : "answers-title-about";
  const title =
    count === 0 && automatic > 0
      ? words.say("answers-title-nobody")
      : words.say(heading, about === undefined ? { count } : { count, about: echo(about) });
  return automatic > 0 ? `${title}\n${words.say("answers-automatic", { count: automatic })}` : title;
}

/** Who answered; somebody who was erased has no name. */
export function answererName(answer: Pick<Answer, "username">, words: Words): string {
  return isErased(answer) ? words.plain("answer-somebody") : answer.username;
}
