/** The question whether a reply is to go out although somebody else's was given before it. */
import { z } from "zod";
import type { Answer } from "../../../domain/people/answer.ts";
import type { OwnReply } from "../../../domain/people/own-reply.ts";
import { answererName } from "../../../words/answer-lines.ts";
import { quoted, shorten } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import type { View } from "../view.ts";
import type { AnswerMeant } from "./answer-choice.ts";

const LONGEST_REPLY = 300;

const press = z.tuple([z.literal("as"), z.string().regex(/^[1-9]\d{0,9}$/), z.string().regex(/^[\w-]{10}$/)]);

/** Which answer the reply is for; the reply is the message that the question quotes. */
export function readSecondPress(text: string): AnswerMeant | undefined {
  const { data } = press.safeParse(text.split(":"));
  return data && { number: Number(data[1]), mark: data[2] };
}

/** @param who Who gave the other one */
export function secondQuestion(
  { answer, another, who }: { readonly answer: Answer; readonly another: OwnReply; readonly who: string },
  { number, mark }: AnswerMeant,
  words: Words,
): View {
  const told = { who, name: answererName(answer, words), moment: words.moment(another.at) };
  return {
    text: [
      words.say("reply-another", told),
      quoted(shorten(another.text, LONGEST_REPLY)),
      words.say("reply-another-ask"),
    ].join("\n"),
    rows: [[{ label: words.plain("button-reply-too"), choice: `as:${number}:${mark}` }]],
  };
}
