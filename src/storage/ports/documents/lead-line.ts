/** What must be kept of an entry of a list of leads, one JSON line each in files, and of what is said of a list. */
import { z } from "zod";
import type { FinishedRequest, LeadListSummary } from "../../../domain/collecting/collection.ts";
import type { LeadEntry } from "../../../domain/collecting/lead-entry.ts";
import { reason } from "./reason-schema.ts";

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

const collectionEnd = z.enum([
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
const collectionStatus = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("running") }),
  z.object({ kind: z.literal("paused"), pause }),
  z.object({ kind: z.literal("ended"), end: collectionEnd, at: moment }),
]);

export const leadEntrySchema: z.ZodType<LeadEntry> = z.discriminatedUnion("t", [
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

export const finishedSchema: z.ZodType<FinishedRequest> = z.object({
  list: z.string(),
  number: z.number(),
  targets: z.array(z.object({ source: z.string(), query: z.string() })),
  count: z.number(),
  delivered: z.number(),
  calls: z.number(),
  end: collectionEnd,
  startedAt: z.number(),
  endedAt: z.number(),
});

/** What sums a list up. */
export const summarySchema = z.object({
  list: z.string(),
  targets: z.array(
    z.object({ key: z.string(), isCompleted: z.boolean(), identity: z.string().exactOptional() }),
  ),
  isOfPosts: z.boolean().exactOptional(),
  size: z.number(),
  delivered: z.number(),
  request: z
    .object({ number: z.number(), count: z.number(), delivered: z.number(), status: collectionStatus })
    .exactOptional(),
  changedAt: z.number(),
}) satisfies z.ZodType<LeadListSummary>;

/** @throws when the line is no entry */
export function parseLeadLine(line: string): LeadEntry {
  return leadEntrySchema.parse(JSON.parse(line));
}
