/** What must be kept of what an operator wrote back. */
import { z } from "zod";
import type { OwnReply } from "../../../domain/people/own-reply.ts";
import { ownReplyStates } from "../../../domain/people/own-reply.ts";
import { reason } from "./reason-schema.ts";

export const ownReplySchema: z.ZodType<OwnReply> = z.strictObject({
  id: z.string(),
  answer: z.int().positive(),
  text: z.string(),
  by: z.string(),
  at: z.number(),
  state: z.enum(ownReplyStates),
  since: z.number(),
  why: reason.exactOptional(),
  messageId: z.string().exactOptional(),
  claimedAt: z.number().exactOptional(),
  isLeft: z.literal(true).exactOptional(),
  isTold: z.literal(true).exactOptional(),
});
