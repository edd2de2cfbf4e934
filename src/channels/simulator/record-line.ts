/** One line of the simulator's record, as it stands in the file and as a message that arrived. */
import { z } from "zod";

/** One message that arrived. */
export interface Delivery {
  readonly username: string;
  readonly account: string;
  readonly dedupKey: string;
  /** See `textHashOf`: of a message the record keeps no more than this. */
  readonly textHash: string;
  readonly messageId: string;
  /** ms since the epoch */
  readonly at: number;
}

const request = { u: z.string(), a: z.string(), key: z.string(), at: z.number() };

const recordLineSchema = z.discriminatedUnion("e", [
  z.object({ e: z.literal("asked"), ...request }),
  z.object({ e: z.literal("delivered"), ...request, text: z.string(), id: z.string() }),
  z.object({ e: z.literal("takenBack"), ...request, id: z.string() }),
  z.object({ e: z.literal("mended"), ...request, text: z.string(), id: z.string() }),
]);

/** Short keys: `u` username, `a` account, `at` ms since the epoch; `asked` is a request that came in, `id` the message. */
export type RecordLine = z.infer<typeof recordLineSchema>;

/** Reads one line; throws when it is none. */
export function parseRecordLine(text: string): RecordLine {
  const line = recordLineSchema.safeParse(jsonOf(text));
  if (!line.success) throw new Error("is no line of a simulator's record");
  return line.data;
}

/** The message that arrived by this line; absent when the line tells of none. */
export function deliveryOf(line: RecordLine): Delivery | undefined {
  if (line.e !== "delivered") return undefined;
  const { u: username, a: account, key: dedupKey, text: textHash, id: messageId, at } = line;
  return { username, account, dedupKey, textHash, messageId, at };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
