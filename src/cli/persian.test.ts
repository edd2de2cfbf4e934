/** The terminal in Persian: the same program, asked in another language. */
import { expect, test } from "vitest";
import { systemClock } from "../lib/clock.ts";
import { createLexicon } from "../words/words.ts";
import { createOutput } from "./output.ts";
import { runProgram } from "./program.ts";

const { fa } = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });
const neverOpened = (): never => {
  throw new Error("this command opens nothing");
};

async function typed(...words: string[]) {
  let [out, err] = ["", ""];
  const exitCode = await runProgram(words, {
    clock: systemClock,
    words: fa,
    out: { write: (text) => void (out += text) },
    err: { write: (text) => void (err += text) },
    interrupted: new AbortController().signal,
    open: neverOpened,
    decide: neverOpened,
    change: neverOpened,
    amend: neverOpened,
    perform: neverOpened,
    look: neverOpened,
    plan: neverOpened,
    examine: neverOpened,
    erasuresWaiting: neverOpened,
    takingOut: { begun: neverOpened, ended: neverOpened },
    syncSql: async () => "",
    backup: neverOpened,
    restore: neverOpened,
    move: neverOpened,
    savedTexts: () => Promise.resolve([]),
    openSync: neverOpened,
    serve: neverOpened,
  });
  return { exitCode, out, err };
}

/** What is left of a help's line when what is typed or named is taken away: commands, options, settings, endings. */
function prose(text: string): string {
  return text
    .split("\n")
    .filter((line) => !/^ +\$ |^ {6}--/.test(line))
    .join("\n")
    .replaceAll(/["'][^"']*["']|<[^>]*>|\[[^\]]*\]|\{\{[^}]*\}\}/g, "")
    .replaceAll(/--?[a-z][\w-]*(?: N)?|\b[A-Z][A-Z_]{2,}\b|\.[a-z]+\b/g, "");
}

test.each([
  ["--help"],
  ["send", "--help"],
  ["resolve", "--help"],
  ["suppress", "import", "--help"],
  ["collect", "--help"],
  ["leads", "export", "--help"],
  ["sync", "--help"],
])("its help is Persian: %s %s %s", async (...words) => {
  const { exitCode, out } = await typed(...words);
  expect(exitCode).toBe(0);
  const english = prose(out).match(/[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}/g) ?? [];
  expect(english.filter((words_) => !/^(?:peyk|simulator)\b/.test(words_))).toEqual([]);
});

test.each([
  [["frob"], "فرمان frob شناخته نیست."],
  [["status", "--moon"], "گزینهٔ --moon شناخته نیست."],
  [["send", "--list", "x"], "گزینهٔ --channel <name> لازم است و داده نشده است."],
  [["export", "x", "--format", "pdf"], "مقدار pdf پذیرفته نیست. یکی از: csv، xlsx، json"],
  [
    ["collect", "tiktok", "tea", "--count", "many"],
    "مقدار many پذیرفته نیست. عددی صحیح از ۱ تا ۹۹۹٬۹۹۹٬۹۹۹ بنویسید.",
  ],
])("a command that can't be made out is answered in Persian: %j", async (words, said) => {
  const { exitCode, err } = await typed(...words);
  expect(exitCode).toBe(1);
  expect(err.split("\n")[0]).toBe(said);
});

test("names stay apart where the terminal knows the marks, and plain order is given elsewhere", () => {
  const line = fa.plain("cli-cleaned", { id: "spring" });
  const shownBy = (isBidirectional: boolean): string => {
    let out = "";
    const sink = { write: (text: string) => void (out += text), isBidirectional };
    createOutput({ out: sink, err: sink, isJson: false, now: () => 0, words: fa }).say(line);
    return out;
  };
  expect(shownBy(true)).toContain("\u2068spring\u2069");
  expect(shownBy(false)).not.toMatch(/[\u2066-\u2069]/);
});
