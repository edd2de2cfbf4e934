/**
 * What a reading process is given and what it answers: JSON, one frame a line. The process runs our own code on somebody
 * else's file, so what it says is checked like anything from outside.
 */
import { z } from "zod";
import { invalidReasons, parseUsername } from "../../domain/people/username.ts";
import type { ListInput, OpeningProblem } from "../open-list.ts";
import { brokenFormats } from "../row.ts";
import type { LeftOut, ListChoices, ListQuestion, ReadFrom } from "../reading.ts";

/** No frame is longer, in characters: a batch of rows is an eighth of it at most. */
export const LONGEST_FRAME = 8 << 20;

const count = z.int().nonnegative();

const choices: z.ZodType<ListChoices> = z.strictObject({
  column: z.string().exactOptional(),
  sheet: z.string().exactOptional(),
  sheets: z.array(z.string()).exactOptional(),
  allSheets: z.boolean().exactOptional(),
  headerRow: count.exactOptional(),
  encoding: z.string().exactOptional(),
  optOuts: z.boolean().exactOptional(),
});

const input: z.ZodType<ListInput> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("file"), path: z.string(), name: z.string() }),
  z.strictObject({ kind: z.literal("text"), text: z.string() }),
]);

/** What the process is to read. */
export const jobSchema = z.strictObject({ input, choices, hasShortNames: z.boolean() });

export type ReaderJob = z.infer<typeof jobSchema>;

const readFrom: z.ZodType<ReadFrom> = z.strictObject({
  column: z.string().exactOptional(),
  columnNumber: count.exactOptional(),
  sheets: z.array(z.string()).exactOptional(),
  encoding: z.string().exactOptional(),
});

const leftOut: z.ZodType<LeftOut> = z.strictObject({
  hiddenSheets: count,
  hiddenRows: count,
  filteredRows: count,
  hiddenColumns: count,
  totalsRows: count,
  repeatedHeaders: count,
  otherLines: count,
});

const texts = z.array(z.string());

const table = z.strictObject({
  columns: z.array(z.strictObject({ name: z.string(), samples: texts, mayBeNames: z.boolean() })),
  rows: z.array(z.strictObject({ line: count, cells: texts })),
});

const sheet = z.string().exactOptional();

const question: z.ZodType<ListQuestion> = z.discriminatedUnion("ask", [
  z.strictObject({ ask: z.literal("column"), why: z.enum(["several", "unclear", "notThere"]), sheet, table }),
  z.strictObject({
    ask: z.literal("sheet"),
    among: z.enum(["sheets", "lists"]),
    sheets: z.array(z.strictObject({ name: z.string(), rowCount: count, samples: texts })),
  }),
  z.strictObject({ ask: z.literal("headerRow"), sheet, table }),
  z.strictObject({
    ask: z.literal("encoding"),
    encodings: z.array(z.strictObject({ encoding: z.string(), lines: texts })),
  }),
]);

/** Which problems there are is told by the front ends, which have a sentence for each. */
const problem = z.custom<OpeningProblem>(
  (value) => z.looseObject({ problem: z.string() }).safeParse(value).success,
);

/** A username as parsed, so that parsing it again gives the same. */
const username = z.string().refine((text) => {
  const parsed = parseUsername(text);
  return parsed.ok && parsed.username === text;
});

const line = count.exactOptional();

/** One line of what the process says: an answer first; after `open` rows, then one that is no rows. */
export const frameSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("problem"), problem }),
  z.strictObject({ kind: z.literal("question"), question }),
  z.strictObject({ kind: z.literal("broken"), format: z.enum(brokenFormats), line }),
  z.strictObject({
    kind: z.literal("stopped"),
    reason: z.enum(["takesTooLong", "needsTooMuchMemory", "holdsTooMuch", "failed"]),
    line,
  }),
  z.strictObject({ kind: z.literal("open"), columns: texts, readFrom }),
  z.strictObject({
    kind: z.literal("rows"),
    names: z.array(z.strictObject({ username, values: texts })),
    rejected: z.array(z.strictObject({ line: count, text: z.string(), reason: z.enum(invalidReasons) })),
    duplicates: count,
  }),
  z.strictObject({ kind: z.literal("end"), leftOut }),
]);

export type Frame = z.infer<typeof frameSchema>;
