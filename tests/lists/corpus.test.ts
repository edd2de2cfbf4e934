/**
 * Lists as people have them, each a file with what is right about it in `corpus/expected.json`: who becomes a recipient,
 * or what stops it before anybody does. Every kind has neighbours; a rule that serves one file alone mends nothing.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createInProcessReader } from "../../src/lists/reader/in-process-reader.ts";
import { BrokenList } from "../../src/lists/row.ts";

const folder = join(import.meta.dirname, "corpus");

const expectedSchema = z.record(
  z.string(),
  z.strictObject({
    /** Exactly these become recipients, without a question. */
    names: z.array(z.string()).optional(),
    /** Nobody does: what is asked, what is wrong, or `broken` with its line. */
    stop: z.string().optional(),
    /** What a column is for the first of them. */
    values: z.record(z.string(), z.string()).optional(),
    columns: z.array(z.string()).optional(),
    /** Line and reason of the rows that name nobody. */
    rejected: z.array(z.tuple([z.number(), z.string()])).optional(),
    leftOut: z.record(z.string(), z.number()).optional(),
    encoding: z.string().optional(),
  }),
);

const expected = expectedSchema.parse(JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")));

interface Read {
  readonly stop?: string;
  readonly names: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly rejected: readonly (readonly [number, string])[];
  readonly leftOut: Readonly<Record<string, number>>;
  readonly encoding?: string;
}

const nothing: Read = { names: [], values: {}, columns: [], rejected: [], leftOut: {} };

async function read(name: string): Promise<Read> {
  try {
    return await readWhole(name);
  } catch (error) {
    if (!(error instanceof BrokenList)) throw error;
    return { ...nothing, stop: error.line === undefined ? "broken" : `broken:${error.line}` };
  }
}

async function readWhole(name: string): Promise<Read> {
  await using reader = createInProcessReader();
  const opened = await reader.read({ kind: "file", path: join(folder, name), name });
  if ("question" in opened) return { ...nothing, stop: opened.question.ask };
  if ("problem" in opened) return { ...nothing, stop: opened.problem };
  const names: string[] = [];
  const rejected: [number, string][] = [];
  let first: readonly string[] | undefined;
  for await (const batch of opened.batches) {
    names.push(...batch.names.map(({ username }) => username));
    rejected.push(...batch.rejected.map(({ line, reason }): [number, string] => [line, reason]));
    first ??= batch.names[0]?.values;
  }
  await opened[Symbol.asyncDispose]();
  const { columns, leftOut, readFrom } = opened;
  const values = Object.fromEntries(columns.map((column, at) => [column, first?.[at] ?? ""]));
  const encoding = readFrom.encoding === undefined ? {} : { encoding: readFrom.encoding };
  const stop = names.length > 0 ? {} : { stop: rejected.length > 0 ? "noUsableName" : "empty" };
  return { names, values, columns, rejected, leftOut: { ...leftOut }, ...encoding, ...stop };
}

describe("a list of the corpus", () => {
  test.each(Object.entries(expected))("%s", async (name, { stop, leftOut, ...right }) => {
    const found = await read(name);
    if (stop !== undefined) {
      expect(found.names).toEqual([]);
      expect(found.stop).toBe(stop);
    }
    expect(found).toMatchObject(right);
    expect(found.leftOut).toMatchObject(leftOut ?? {});
  });

  test("is every file of its folder", () => {
    const files = readdirSync(folder).filter((name) => name !== "expected.json");
    expect(files.toSorted()).toEqual(Object.keys(expected).toSorted());
  });
});
