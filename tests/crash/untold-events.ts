/** Judges a feed of events by the journal alone: whatever ended on record is told, in that order, whatever killed whom. */
import { z } from "zod";
import type { Where } from "../support/stored.ts";
import { storedEvents, storedJournal } from "../support/on-record.ts";

const eventSchema = z.object({
  kind: z.enum(["settled", "skipped"]),
  username: z.string(),
  state: z.string().optional(),
});

const beginnings: ReadonlySet<string> = new Set(["claim", "leaves"]);

/**
 * How many endings of a campaign to `name_0`, `name_1`, … are missing in what was told, or stand elsewhere than on record;
 * the record alone knows.
 */
export async function untoldEvents(where: Where, id: string): Promise<number> {
  const recorded = (await storedJournal(where, id)).flatMap(({ t, r }) =>
    r === undefined || beginnings.has(t) ? [] : [`name_${r} ${t}`],
  );
  const told = (await storedEvents(where)).flatMap((event) => {
    const read = eventSchema.safeParse(event);
    return read.success ? [`${read.data.username} ${read.data.state ?? "skipped"}`] : [];
  });
  const agreed = recorded.findIndex((ending, at) => told[at] !== ending);
  return (agreed === -1 ? 0 : recorded.length - agreed) + Math.max(0, told.length - recorded.length);
}
