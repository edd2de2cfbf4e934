/**
 * What the owner answers to a request that can't be done as things stand, so that its asker says what is wrong as if it had
 * failed there.
 */
import { z } from "zod";
import type { Trouble } from "../lib/trouble.ts";
import { TroubledError, otherTroubles, settingTroubles, troublesOf } from "../lib/trouble.ts";

const troubleSchema: z.ZodType<Trouble> = z.lazy(() =>
  z.object({
    code: z.enum([...settingTroubles, ...otherTroubles]),
    with: z.record(z.string(), z.union([z.string(), z.number(), troubleSchema])).exactOptional(),
  }),
);

export interface FailedAnswer {
  readonly kind: "failed";
  readonly message: string;
  readonly trouble: Trouble;
}

export const failedAnswerSchema = z.object({
  kind: z.literal("failed"),
  message: z.string(),
  trouble: troubleSchema,
});

/**
 * For what is wrong with Peyk's own files, such as a damaged journal.
 * @throws {unknown} The error itself, where the same may work on the next try: the disk is full, or nobody foresaw it
 */
export function failedBy(error: unknown): FailedAnswer {
  const [trouble] = troublesOf(error);
  if (!trouble || trouble.code.startsWith("system")) throw error;
  return { kind: "failed", message: error instanceof Error ? error.message : String(error), trouble };
}

/** The same error in the asking process. */
export function errorOf({ message, trouble }: FailedAnswer): TroubledError {
  return new TroubledError(message, trouble);
}
