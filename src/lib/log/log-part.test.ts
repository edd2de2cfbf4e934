import { appendFile, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LogPart, LogPosition } from "./log-part.ts";
import { LOG_START, readLogPart } from "./log-part.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-log-part-"));
  path = join(folder, "log.jsonl");
});

afterEach(() => rm(folder, { recursive: true }));

async function part(from: LogPosition, maxLines = 100): Promise<Extract<LogPart, { kind: "part" }>> {
  const read = await readLogPart(path, from, maxLines);
  if (read.kind !== "part") throw new Error("the log diverged");
  return read;
}

test("a log that is not there yet is empty", async () => {
  expect(await part(LOG_START)).toEqual({ kind: "part", lines: [], to: LOG_START, isAtEnd: true });
});

test("reading goes on where it stopped, and leaves a line that is still being written", async () => {
  await writeFile(path, "one\ntwo\nthr");
  const first = await part(LOG_START, 1);
  expect(first).toMatchObject({ lines: ["one"], to: { offset: 4, lines: 1 }, isAtEnd: false });
  const second = await part(first.to);
  expect(second).toMatchObject({ lines: ["two"], to: { offset: 8, lines: 2 }, isAtEnd: true });
  expect(await part(second.to)).toMatchObject({ lines: [], to: second.to });
  await appendFile(path, "ee\nfour\n");
  expect(await part(second.to)).toMatchObject({ lines: ["three", "four"], to: { lines: 4 } });
});

test("whatever the parts, every complete line comes once and in order", async () => {
  const line = fc.string({ unit: "grapheme", maxLength: 30 }).filter((text) => !text.includes("\n"));
  await fc.assert(
    fc.asyncProperty(
      fc.array(line),
      fc.integer({ min: 1, max: 7 }),
      fc.string(),
      async (lines, max, torn) => {
        const tail = torn.replaceAll("\n", "");
        await writeFile(path, lines.map((text) => `${text}\n`).join("") + tail);
        const seen: string[] = [];
        let at = LOG_START;
        for (;;) {
          const read = await part(at, max);
          seen.push(...read.lines);
          at = read.to;
          if (read.isAtEnd) break;
        }
        expect(seen).toEqual(lines.map((text) => Buffer.from(text).toString()));
      },
    ),
    { numRuns: 60 },
  );
});

test("lines longer than a reading's chunk are whole", async () => {
  const long = "سلام".repeat(100_000);
  await writeFile(path, `${long}\nshort\n`);
  expect((await part(LOG_START)).lines).toEqual([long, "short"]);
});

test("a log that was cut off or replaced is noticed, however long it is by now", async () => {
  await writeFile(path, "one\ntwo\n");
  const { to } = await part(LOG_START);
  await truncate(path, 4);
  expect(await readLogPart(path, to, 10)).toEqual({ kind: "diverged" });
  await appendFile(path, "TWO\nthree\n");
  expect(await readLogPart(path, to, 10)).toEqual({ kind: "diverged" });
  await rm(path);
  expect(await readLogPart(path, to, 10)).toEqual({ kind: "diverged" });
});

test("a line that is no text is an error that names it", async () => {
  await writeFile(path, Buffer.from([0x61, 10, 0xff, 10]));
  await expect(readLogPart(path, LOG_START, 10)).rejects.toThrow(`${path}, line 2: `);
});
