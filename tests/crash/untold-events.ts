/** Judges a feed of events by the journal alone: whatever ended on record is told, in that order, whatever killed whom. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const entrySchema = z.object({ t: z.string(), r: z.number().optional() });
const lineSchema = z.object({
  e: z.object({ kind: z.enum(["settled", "skipped"]), username: z.string(), state: z.string().optional() }),
});

const beginnings: ReadonlySet<string> = new Set(["claim", "leaves"]);

/**
 * How many endings of a campaign to `name_0`, `name_1`, … are missing in what was told, or stand elsewhere than on record;
 * the record alone knows.
 */
export async function untoldEvents(folder: string, id: string): Promise<number> {
  const journal = await linesOf(join(folder, "campaigns", id, "journal.jsonl"));
  const recorded = journal.flatMap((line) => {
    const { t, r } = entrySchema.parse(line);
    return r === undefined || beginnings.has(t) ? [] : [`name_${r} ${t}`];
  });
  const told = [
    ...(await linesOf(join(folder, "events-before.jsonl"))),
    ...(await linesOf(join(folder, "events.jsonl"))),
  ].flatMap((line) => {
    const read = lineSchema.safeParse(line);
    return read.success ? [`${read.data.e.username} ${read.data.e.state ?? "skipped"}`] : [];
  });
  const agreed = recorded.findIndex((ending, at) => told[at] !== ending);
  return (agreed === -1 ? 0 : recorded.length - agreed) + Math.max(0, told.length - recorded.length);
}

async function linesOf(path: string): Promise<readonly unknown[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
}
