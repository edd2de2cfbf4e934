import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TextWriter, openTextWriter } from "./text-writer.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "text-writer-"));
  path = join(folder, "text");
});

afterEach(() => rmSync(folder, { recursive: true }));

test("writes every piece once and in order, also when nobody waits", async () => {
  const pieces = Array.from({ length: 100_000 }, (_, index) => `${index} پیک\n`);
  const writer = await openTextWriter(path);
  for (const piece of pieces) void writer.write(piece);
  await writer.finish();
  expect(readFileSync(path, "utf8")).toBe(pieces.join(""));
});

test("asks to be waited for now and then only", async () => {
  const writer = await openTextWriter(path);
  const waits = Array.from({ length: 10_000 }, () => writer.write("x".repeat(100))).filter(Boolean);
  await writer.finish();
  expect(waits).toHaveLength(3);
});

test("tells of a failed write when finishing, and writes nothing after the gap", async () => {
  const readOnly = await open(new URL(import.meta.url), "r");
  const writer = new TextWriter(readOnly);
  await expect(writer.write("x".repeat(300_000))).rejects.toThrow("EBADF");
  void writer.write("more");
  await expect(writer.finish()).rejects.toThrow("EBADF");
});

test("can be left unfinished", async () => {
  const writer = await openTextWriter(path);
  void writer.write("something");
  await writer[Symbol.asyncDispose]();
  await writer[Symbol.asyncDispose]();
  expect(readFileSync(path, "utf8")).toBe("");
});
