/** One line of `answers.jsonl`. */
import { z } from "zod";
import type { Answer } from "../../../domain/people/answer.ts";
import { answerFields } from "../../ports/documents/answer-schema.ts";

const answer = z.strictObject({ t: z.literal("answer"), ...answerFields });

const keep = z.strictObject({ t: z.literal("keep"), channel: z.string(), isOn: z.boolean() });

const lineSchema = z.discriminatedUnion("t", [answer, keep]);

export type AnswerLine = z.infer<typeof lineSchema>;

/** Reads one line; throws when it is none. */
export function parseAnswerLine(line: string): AnswerLine {
  return lineSchema.parse(JSON.parse(line));
}

export function answerLine(one: Answer): string {
  return JSON.stringify({ t: "answer", ...one });
}

export function keepLine(channel: string, isOn: boolean): string {
  return JSON.stringify({ t: "keep", channel, isOn });
}
