/** What must be kept of an answer. */
import { z } from "zod";
import type { Answer } from "../../../domain/people/answer.ts";
import { answerMedia } from "../../../domain/people/answer.ts";

export const answerFields = {
  number: z.int().positive(),
  channel: z.string(),
  account: z.string(),
  username: z.string(),
  personId: z.string().exactOptional(),
  text: z.string(),
  media: z.enum(answerMedia).exactOptional(),
  at: z.number(),
  campaignId: z.string().exactOptional(),
  isAutomatic: z.literal(true).exactOptional(),
  key: z.string(),
};

export const answerSchema: z.ZodType<Answer> = z.strictObject(answerFields);
