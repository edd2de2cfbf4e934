/** What the buttons about answers carry: a verb, and the number of the answer or the name of a channel. */
import { z } from "zod";

const answerPress = z.tuple([
  z.literal("an"),
  z.enum(["card", "who", "block"]),
  z.string().regex(/^[1-9]\d{0,9}$/),
]);
const keepPress = z.tuple([
  z.literal("ak"),
  z.enum(["ask", "on", "off", "leave"]),
  z.string().regex(/^[a-z]{1,20}$/),
]);

export type AnswerVerb = z.infer<typeof answerPress>[1];
export type KeepVerb = z.infer<typeof keepPress>[1];

/** About one answer. */
export function answerChoice(verb: AnswerVerb, number: number): string {
  return `an:${verb}:${number}`;
}

export function readAnswerPress(text: string): { verb: AnswerVerb; number: number } | undefined {
  const { data } = answerPress.safeParse(text.split(":"));
  return data && { verb: data[1], number: Number(data[2]) };
}

/** About all answers through one channel. */
export function keepChoice(verb: KeepVerb, channel: string): string {
  return `ak:${verb}:${channel}`;
}

export function readKeepPress(text: string): { verb: KeepVerb; channel: string } | undefined {
  const { data } = keepPress.safeParse(text.split(":"));
  return data && { verb: data[1], channel: data[2] };
}
