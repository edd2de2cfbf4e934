/** What must be kept of an amendment's entry; in files one line of `amendments.jsonl`. */
import { z } from "zod";
import type { AmendmentEntry } from "../../../domain/amending/amendment.ts";
import { extrasSchema } from "./campaign-schema.ts";
import { reason } from "./reason-schema.ts";

const count = z.int().nonnegative();
const about = { n: z.int().positive(), at: z.number() };

const scope = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all") }),
  z.strictObject({ kind: z.literal("revision"), revision: count }),
  z.strictObject({ kind: z.literal("name"), username: z.string() }),
]);

export const amendmentSchema: z.ZodType<AmendmentEntry> = z.discriminatedUnion("t", [
  z.strictObject({
    t: z.literal("begin"),
    ...about,
    kind: z.enum(["takeBack", "mend"]),
    scope,
    message: z
      .strictObject({
        text: z.string(),
        extras: extrasSchema.exactOptional(),
        keepsExtras: z.literal(true).exactOptional(),
      })
      .exactOptional(),
    count,
    by: z.string(),
  }),
  z.strictObject({
    t: z.literal("status"),
    ...about,
    status: z.enum(["running", "paused", "stopped", "finished"]),
    why: reason.exactOptional(),
  }),
  z.strictObject({ t: z.literal("claim"), ...about, r: count }),
  z.strictObject({ t: z.literal("done"), ...about, r: count }),
  z.strictObject({ t: z.literal("kept"), ...about, r: count, why: reason }),
  z.strictObject({ t: z.literal("uncertain"), ...about, r: count, why: reason }),
]);

/** Reads one line; throws when it is none. */
export function parseAmendmentLine(line: string): AmendmentEntry {
  return amendmentSchema.parse(JSON.parse(line));
}
