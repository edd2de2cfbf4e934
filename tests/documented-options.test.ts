/** Whoever reads how to send by command or from a program finds every option there, in each language that the page has. */
import { existsSync, readFileSync } from "node:fs";
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
