/** What cleaning a list and looking over a message found, for the terminal. */
import type { InvalidReason } from "../../domain/people/username.ts";
import { joined, joinedNames } from "../../words/joined.ts";
import { originText } from "../../words/list-origin.ts";
import { languageWord } from "../../words/language-word.ts";
import type { Words } from "../../words/words.ts";
import type { InvalidRow, ListProblem, ListReport } from "../../app/lists/list-report.ts";
import type { MessageProblem } from "../../app/drafts/draft.ts";
import { whatWasReadLines } from "./what-was-read.ts";

/** Says why a text is no username. */
export function reasonText(reason: InvalidReason, words: Words): string {
  return words.plain(`invalid-${reason}`);
}

/** Tells what was read, and the first rows that are no recipients with the reason. */
export function reportLines(report: ListReport, words: Words): readonly string[] {
  const { origin, read, valid, duplicates, invalid, firstInvalid } = report;
  const skipped = skippedText(report, words);
  const told = { origin: originText(origin, words), count: valid, read, duplicates, invalid };
  return [
    skipped === ""
      ? words.plain("cli-report", told)
      : words.plain("cli-report-skipped", { ...told, skipped }),
    ...whatWasReadLines(report, words),
    ...invalidLines(firstInvalid, words),
  ];
}

/** Those of the names that won't be written to, each counted once. */
function skippedText({ alreadySent, suppressed, contactedLately = 0 }: ListReport, words: Words): string {
  const parts = { sent: alreadySent, suppressed, lately: contactedLately };
  const each = Object.entries(parts).filter(([, count]) => count > 0);
  return joined(
    each.map(([part, count]) => words.plain(`cli-skipped-${part}`, { count })),
    words,
  );
}

/** A line for each row that names nobody, with the reason. */
export function invalidLines(rows: readonly InvalidRow[], words: Words): string[] {
  return rows.map(({ line, text, reason }) =>
    text.trim() === ""
      ? words.plain("cli-invalid-empty", { line, reason: reasonText(reason, words) })
      : words.plain("cli-invalid-line", { line, text: bare(text), reason: reasonText(reason, words) }),
  );
}

/** A text as JSON writes it, without the quotation marks: nothing in it moves the cursor. */
function bare(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Says why a file gave no list, and what to do. */
export function listProblemText(
  problem: Exclude<ListProblem, { problem: "question" }>,
  file: string,
  words: Words,
): string {
  switch (problem.problem) {
    case "picture":
    case "video":
    case "pdf":
    case "otherFile":
    case "empty":
    case "gone":
    case "zipBomb":
    case "passwordProtected":
      return words.plain(`cli-list-${problem.problem}`, { file });
    case "tooBig":
      return words.plain("cli-list-tooBig", { file, megabytes: problem.maxBytes >> 20 });
    case "foreignSpreadsheet":
      return words.plain("cli-list-foreignSpreadsheet", { file, format: problem.format });
    case "broken": {
      const id = problem.format === "quote" ? "cli-list-quote" : "cli-list-broken";
      return atLine(id, problem.line, { file, format: problem.format }, words);
    }
    case "stopped": {
      const what = words.plain(`cli-stopped-${problem.reason}`, { file });
      return atLine("cli-list-stopped", problem.line, { what }, words);
    }
    case "noUsableName":
      return [
        words.plain("cli-list-noUsableName", { file, read: problem.read }),
        ...invalidLines(problem.firstInvalid, words),
      ].join("\n");
  }
}

function atLine(
  id: "cli-list-quote" | "cli-list-broken" | "cli-list-stopped",
  line: number | undefined,
  told: Readonly<Record<string, string>>,
  words: Words,
): string {
  return line === undefined ? words.plain(id, told) : words.plain(`${id}-line`, { ...told, line });
}

/** Says what is wrong with a message, and with its text in which language. */
export function messageProblemText(problem: MessageProblem, words: Words): string {
  const text = textProblem(problem, words);
  if (problem.language === undefined) return text;
  return words.plain("cli-message-in", { language: languageWord(problem.language, words), problem: text });
}

function textProblem(problem: MessageProblem, words: Words): string {
  switch (problem.problem) {
    case "empty":
      return words.plain("cli-message-empty");
    case "tooLong":
      return words.plain("cli-message-tooLong", { length: problem.length, max: problem.max });
    case "unknownVariables":
      return words.plain("cli-message-unknownVariables", {
        unknown: braced(problem.unknown, words),
        known: braced(problem.known, words),
      });
    case "brokenVariable":
      return words.plain("cli-message-brokenVariable", { text: bare(problem.text) });
    case "notTaken":
      return words.plain(`cli-message-${problem.extra}`);
  }
}

function braced(names: readonly string[], words: Words): string {
  return joinedNames(
    names.map((name) => `{{${name}}}`),
    words,
  );
}
