/** How an entry of a list of leads stands in its file, one JSON line each. */
import { z } from "zod";
import type { LeadEntry } from "../../../domain/collecting/lead-entry.ts";
import { reason } from "../../ports/documents/reason-schema.ts";

const moment = z.number();
const place = z.int().nonnegative();
const targetEnd = z.enum(["exhausted", "noNewPeople", "emptyPages", "cursorLoop", "unclear", "gone", "twin"]);

const lead = z.object({
  id: z.string().min(1),
  username: z.string(),
  displayName: z.string().exactOptional(),
  details: z.record(z.string(), z.string()).exactOptional(),
});

const pause = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("operator") }),
  z.object({ kind: z.literal("restored") }),
  z.object({ kind: z.enum(["creditsGone", "accessLost", "storage"]), why: reason }),
]);

/** Also what a summary says of how a request ended. */
export const collectionEnd = z.enum([
  "targetReached",
  "sourceExhausted",
  "noNewPeople",
  "emptyPages",
  "cursorLoop",
  "unclear",
  "targetGone",
  "callLimit",
  "creditsGone",
  "accessLost",
  "cancelled",
]);

/** How a request stands, as a summary says it. */
export const collectionStatus = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("running") }),
  z.object({ kind: z.literal("paused"), pause }),
  z.object({ kind: z.literal("ended"), end: collectionEnd, at: moment }),
]);

const entrySchema: z.ZodType<LeadEntry> = z.discriminatedUnion("t", [
  z.object({ t: z.literal("target"), source: z.string(), query: z.string(), at: moment }),
  z.object({
    t: z.literal("request"),
    targets: z.array(place),
    count: z.int().positive(),
    perTarget: z.int().positive().exactOptional(),
    maxCalls: z.int().nonnegative().exactOptional(),
    cycle: z.object({ everyMs: z.number(), leads: z.int().positive() }).exactOptional(),
    at: moment,
  }),
  z.object({
    t: z.literal("page"),
    k: place,
    cursor: z.string().exactOptional(),
    next: z.string().exactOptional(),
    rows: place,
    leads: z.array(lead),
    known: z.array(place),
    again: place,
    unreadable: place.exactOptional(),
    sample: z.string().exactOptional(),
    total: z.number().exactOptional(),
    credits: z.number().exactOptional(),
    identity: z.string().exactOptional(),
    twin: place.exactOptional(),
    end: targetEnd.exactOptional(),
    trouble: reason.exactOptional(),
    at: moment,
  }),
  z.object({
    t: z.literal("fault"),
    k: place,
    fault: z.string(),
    why: reason,
    end: targetEnd.exactOptional(),
    at: moment,
  }),
  z.object({ t: z.literal("saved"), k: place, leads: z.array(lead), at: moment }),
  z.object({ t: z.literal("reset"), k: place, ask: z.string().exactOptional(), at: moment }),
  z.object({ t: z.literal("cycle"), at: moment }),
  z.object({ t: z.literal("pause"), pause, at: moment }),
  z.object({ t: z.literal("resume"), at: moment }),
  z.object({ t: z.literal("end"), end: collectionEnd, at: moment }),
  z.object({ t: z.literal("told"), at: moment }),
]);

/** @throws when the line is no entry */
export function parseLeadLine(line: string): LeadEntry {
  return entrySchema.parse(JSON.parse(line));
}
