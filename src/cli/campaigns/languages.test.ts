import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../lib/clock.ts";
import { createLexicon } from "../../words/words.ts";
import { translationsIn } from "./languages.ts";

const { fa, en } = createLexicon({ clock: systemClock, timeZone: "UTC" });
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-languages-"));
  await writeFile(join(folder, "hello.txt"), "سلام {{username}}\n");
});
afterEach(() => rm(folder, { recursive: true }));

test("a file is taken for each language, by its tag or by its name", async () => {
  const file = join(folder, "hello.txt");
  const messageFileFor = [`Persian=${file}`, `pt-BR=${file}`];
  const message = "سلام {{username}}";
  expect(await translationsIn({ messageFileFor }, en)).toEqual([
    { language: "fa", message },
    { language: "pt-br", message },
  ]);
  expect(await translationsIn({}, en)).toEqual([]);
});

test.each([en, fa])("what is no language, no file, or given twice is said", async (words) => {
  const file = join(folder, "hello.txt");
  const wrong = (...messageFileFor: string[]) => translationsIn({ messageFileFor }, words);
  const unknown = words.plain("cli-language-unknown", { text: "elvish tongue=a.txt" });
  await expect(wrong("elvish tongue=a.txt")).rejects.toThrow(unknown);
  await expect(wrong("fa")).rejects.toThrow(words.plain("cli-language-unknown", { text: "fa" }));
  await expect(wrong(`fa=${file}`, `farsi=${file}`)).rejects.toThrow(
    words.plain("cli-language-twice", { text: `farsi=${file}` }),
  );
  const missing = { option: "--message-file-for", path: "no.txt" };
  await expect(wrong("fa=no.txt")).rejects.toThrow(words.plain("cli-no-file", missing));
});
