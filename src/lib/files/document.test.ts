import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { openDocument } from "./document.ts";
import { BrokenDocumentError } from "./stored-document.ts";

interface Settings {
  readonly words: readonly string[];
}

const schema: z.ZodType<Settings> = z.object({ words: z.array(z.string().max(5)) });
const format = { version: 1, schema, initial: { words: [] } };

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "document-"));
  path = join(folder, "settings.json");
});

afterEach(() => rmSync(folder, { recursive: true }));

function adding(word: string): (value: Settings) => Settings {
  return ({ words }) => ({ words: [...words, word] });
}

describe("a document", () => {
  test("starts from its initial value and is found again as it was left", async () => {
    const document = await openDocument(path, format);
    expect(document.get()).toEqual({ words: [] });
    await document.update(adding("پیک"));
    expect((await openDocument(path, format)).get()).toEqual({ words: ["پیک"] });
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ version: 1, value: { words: ["پیک"] } });
    expect(readdirSync(folder)).toEqual(["settings.json"]);
  });

  test("applies updates made at the same time one after another and loses none", async () => {
    const document = await openDocument(path, format);
    const words = Array.from({ length: 50 }, (_, index) => `${index}`);
    await Promise.all(words.map((word) => document.update(adding(word))));
    expect((await openDocument(path, format)).get()).toEqual({ words });
  });

  test("writes those that wait together: the first alone, all others at once", async () => {
    let writes = 0;
    const document = await openDocument(path, { ...format, beforeWrite: () => void writes++ });
    await Promise.all(["a", "b", "c", "d"].map((word) => document.update(adding(word))));
    expect(writes).toBe(2);
  });

  test("shows a value only once it is on disk", async () => {
    const document = await openDocument(path, format);
    const updated = document.update(adding("a"));
    expect(document.get()).toEqual({ words: [] });
    await updated;
    expect(document.get()).toEqual({ words: ["a"] });
  });

  test("keeps the value of before when a write fails, and writes again when it can", async () => {
    let isWritable = true;
    const beforeWrite = (): void => {
      if (!isWritable) throw new Error("not now");
    };
    const document = await openDocument(path, { ...format, beforeWrite });
    await document.update(adding("a"));
    isWritable = false;
    await expect(document.update(adding("lost"))).rejects.toThrow("not now");
    expect(document.get()).toEqual({ words: ["a"] });
    isWritable = true;
    await document.update(adding("b"));
    expect((await openDocument(path, format)).get()).toEqual({ words: ["a", "b"] });
  });

  test("keeps the value of before when the folder is gone", async () => {
    const document = await openDocument(join(folder, "none", "settings.json"), format);
    await expect(document.update(adding("a"))).rejects.toThrow("ENOENT");
    expect(document.get()).toEqual({ words: [] });
  });

  test("writes nothing when no change could be made", async () => {
    const document = await openDocument(path, format);
    await expect(document.update(adding("too long"))).rejects.toThrow(BrokenDocumentError);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("fails only the update whose change throws or doesn't fit", async () => {
    const document = await openDocument(path, format);
    const results = await Promise.allSettled([
      document.update(adding("a")),
      document.update(() => {
        throw new Error("no change");
      }),
      document.update(adding("too long")),
      document.update(adding("b")),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
    expect((await openDocument(path, format)).get()).toEqual({ words: ["a", "b"] });
  });
});

describe("a document that can't be understood", () => {
  const contents: [string, string, string][] = [
    ["torn", '{"version": 1, "value": {"wor', "it is not JSON"],
    ["empty", "", "it is not JSON"],
    ["of a later version", '{"version": 2, "words": []}', "its version is 2, not 1"],
    ["without version", '{"words": []}', 'it is no document, {"version", "value"}'],
    ["something else", "[1]", 'it is no document, {"version", "value"}'],
    ["not fitting", '{"version": 1, "value": {"words": ["a", 5]}}', "words.1: "],
  ];

  test.each(contents)("and is %s stops the opening and is left as it is", async (_, content, problem) => {
    writeFileSync(path, content);
    const opened = openDocument(path, format);
    await expect(opened).rejects.toThrow(BrokenDocumentError);
    await expect(opened).rejects.toThrow(`${path} can't be used: ${problem}`);
    expect(readFileSync(path, "utf8")).toBe(content);
    expect(readdirSync(folder)).toEqual(["settings.json"]);
  });

  test("is set aside under a name of its own and reported, when that is asked for", async () => {
    const reported: string[] = [];
    const onSetAside = ({ message }: Error): void => void reported.push(message);
    for (const content of ["first", "second"]) {
      writeFileSync(path, content);
      const document = await openDocument(path, { ...format, onSetAside });
      expect(document.get()).toEqual({ words: [] });
      await document.update(adding("new"));
    }
    expect(reported).toEqual(
      [1, 2].map((n) => `${path} can't be used: it is not JSON. It was kept as ${path}.broken-${n}.`),
    );
    expect(readFileSync(`${path}.broken-1`, "utf8")).toBe("first");
    expect(readFileSync(`${path}.broken-2`, "utf8")).toBe("second");
    expect((await openDocument(path, format)).get()).toEqual({ words: ["new"] });
  });

  test("may not be missing where there is no initial value", async () => {
    const opened = openDocument(path, { version: 1, schema });
    await expect(opened).rejects.toThrow("there is no such file");
  });
});
