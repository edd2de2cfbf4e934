/** Whoever reads how to send by command or from a program finds every option there, in each language that the page has. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { programParts } from "../src/composition/command-line.ts";
import { runProgram } from "../src/cli/program.ts";

/** The page and its Persian edition, where there is one. */
function editionsOf(page: string): readonly string[] {
  return [`docs/${page}`, `docs/fa/${page}`].filter((path) => existsSync(path));
}

function missingIn(page: string, names: readonly string[]): readonly string[] {
  return editionsOf(page).flatMap((path) => {
    const text = readFileSync(path, "utf8");
    return names
      .filter((name) => !new RegExp(`${name}(?![\\w-])`).test(text))
      .map((name) => `${path}: ${name}`);
  });
}

test("every option of peyk send stands in the page about the command line", async () => {
  let help = "";
  const silent = { write: () => undefined };
  const out = { write: (text: string) => (help += text) };
  const { signal: interrupted } = new AbortController();
  await runProgram(["send", "--help"], programParts({ env: { LC_ALL: "C" }, out, err: silent, interrupted }));
  const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, name = ""]) => name);
  expect(options.length).toBeGreaterThan(30);
  expect(
    missingIn(
      "command-line.md",
      options.filter((name) => name !== "--help"),
    ),
  ).toEqual([]);
});

/** Commands as pages show them, as the shell takes them apart; none of which a page leaves something out with an ellipsis. */
function commandsShown(): readonly { readonly line: string; readonly words: readonly string[] }[] {
  const pages = [
    "README.md",
    ...readdirSync("docs")
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  ];
  const blocks = pages.flatMap((page) => readFileSync(page, "utf8").match(/^```(?:sh)?\n[^]*?^```/gm) ?? []);
  return blocks.flatMap((block) =>
    [...block.replaceAll(/\\\n\s*/g, " ").matchAll(/^(?:\$ )?(?:npx )?peyk ((?!.*\s…).*)$/gm)].map(
      ([line, rest = ""]) => ({
        line,
        words: (rest.replace(/\s+(?:#|\||>).*$/, "").match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? []).map(
          (word) => word.replaceAll(/['"]/g, ""),
        ),
      }),
    ),
  );
}

function opensNothing(): never {
  throw new Error("nothing is opened");
}

test("every command that a page shows can be made out", async () => {
  let err = "";
  const { signal: interrupted } = new AbortController();
  const out = { write: () => undefined };
  const made = programParts({
    env: { LC_ALL: "C" },
    out,
    err: { write: (text) => (err += text) },
    interrupted,
  });
  const parts = {
    ...made,
    look: opensNothing,
    open: opensNothing,
    decide: opensNothing,
    change: opensNothing,
    amend: opensNothing,
    perform: opensNothing,
    plan: opensNothing,
    examine: opensNothing,
    erasuresWaiting: opensNothing,
    backup: opensNothing,
    restore: opensNothing,
    openSync: opensNothing,
    savedTexts: opensNothing,
    syncSql: opensNothing,
  };
  const shown = commandsShown();
  expect(shown.length).toBeGreaterThan(30);
  const wrong: string[] = [];
  for (const { line, words } of shown) {
    err = "";
    await runProgram([...words], parts);
    if (err.includes("--help")) wrong.push(`${line}: ${err}`);
  }
  expect(wrong).toEqual([]);
});

test("every option and every call of CampaignSender stands in the page about programs", () => {
  const options = readFileSync("src/library/options.ts", "utf8");
  const names = [...options.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name = ""]) => name);
  const calls = [...readFileSync("src/library.ts", "utf8").matchAll(/^ {2}(?:async )?([a-z]\w+)\(.*\{$/gm)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "constructor");
  expect(names.length).toBeGreaterThan(20);
  expect(calls).toContain("takeBack");
  expect(missingIn("library.md", [...names, ...calls])).toEqual([]);
});
