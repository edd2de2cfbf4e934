/**
 * What the buttons about answers carry: a verb, and the number of the answer with its mark, or the name of a channel. Numbers
 * are given again where the file of answers was lost or put back from a backup, and an old card must not mean somebody else.
 */
import { z } from "zod";
import type { Answer } from "../../../domain/people/answer.ts";
import { keyOf } from "../../campaign-key.ts";

const answerPress = z.tuple([
  z.literal("an"),
  z.enum(["card", "who", "block"]),
  z.string().regex(/^[1-9]\d{0,9}$/),
  z.string().regex(/^[\w-]{10}$/),
]);
const keepPress = z.tuple([
  z.literal("ak"),
  z.enum(["ask", "on", "off", "leave"]),
  z.string().regex(/^[a-z]{1,20}$/),
]);

export type AnswerVerb = z.infer<typeof answerPress>[1];
export type KeepVerb = z.infer<typeof keepPress>[1];

type Marked = Pick<Answer, "number" | "channel" | "key">;

/** Which answer is meant. */
export interface AnswerMeant {
  readonly number: number;
  readonly mark: string;
}

/** About one answer. */
export function answerChoice(verb: AnswerVerb, answer: Marked): string {
  return `an:${verb}:${answer.number}:${markOf(answer)}`;
}

export function readAnswerPress(text: string): ({ verb: AnswerVerb } & AnswerMeant) | undefined {
  const { data } = answerPress.safeParse(text.split(":"));
  return data && { verb: data[1], number: Number(data[2]), mark: data[3] };
}

/** Tells whether the answer is the one that a button was made for, and not another one of its number. */
export function isMeant(answer: Marked, { number, mark }: AnswerMeant): boolean {
  return answer.number === number && markOf(answer) === mark;
}

/** The same for the same message of the platform, and for no other. */
function markOf({ channel, key }: Marked): string {
  return keyOf(`${channel} ${key}`);
}

/** About all answers through one channel. */
export function keepChoice(verb: KeepVerb, channel: string): string {
  return `ak:${verb}:${channel}`;
}

export function readKeepPress(text: string): { verb: KeepVerb; channel: string } | undefined {
  const { data } = keepPress.safeParse(text.split(":"));
  return data && { verb: data[1], channel: data[2] };
}
