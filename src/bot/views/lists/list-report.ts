/** What cleaning a list found, in words. */
import type { InvalidRow, ListProblem, ListReport } from "../../../app/lists/list-report.ts";
import { shorten } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import { nameLines, sourceLines } from "./what-was-read.ts";

/** The cleaning report: counts, the first lines that could not be used and why, and the columns for the message. */
export function listReportText(report: ListReport, words: Words): string {
  const { read, valid, duplicates, invalid, alreadySent, columns } = report;
  const counts = words.say("report-counts", { read, valid, duplicates, invalid });
  const sent = alreadySent === 0 ? undefined : sentSentence(report, words);
  const skipped = skipSentences(report, words);
  const rows = [...invalidLines(report.firstInvalid, words), restSentence(report, words)];
  const people = [...nameLines(report.names, words), ...sourceLines(report, words)];
  const usable =
    columns.length > 0 ? words.say("report-columns", { columns: words.codes(columns) }) : undefined;
  return [[counts, sent, ...skipped], people, rows, [usable]]
    .map((part) => part.filter((line) => line !== undefined).join("\n"))
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Tells whether nobody on the list is new to the campaign. */
export function isAllSent({ valid, alreadySent }: ListReport): boolean {
  return valid > 0 && alreadySent >= valid;
}

function sentSentence(report: ListReport, words: Words): string {
  if (isAllSent(report)) return words.say("report-all-sent");
  return words.say("report-already-sent", { count: report.alreadySent });
}

function skipSentences({ suppressed, contactedLately = 0 }: ListReport, words: Words): string[] {
  return [
    ...(suppressed === 0 ? [] : [words.say("report-suppressed", { count: suppressed })]),
    ...(contactedLately === 0 ? [] : [words.say("report-contacted-lately", { count: contactedLately })]),
  ];
}

/** Says where the rest of the unusable rows is; undefined when there are none. */
export function restSentence(
  { invalid, firstInvalid }: Pick<ListReport, "invalid" | "firstInvalid">,
  words: Words,
): string | undefined {
  if (invalid === 0) return undefined;
  const more = invalid - firstInvalid.length;
  return more > 0 ? words.say("report-invalid-more", { count: more }) : words.say("report-invalid-file");
}

/** A line for each row that names nobody, with the reason. */
export function invalidLines(rows: readonly InvalidRow[], words: Words): string[] {
  return rows.map(({ line, text, reason: why }) => {
    const reason = words.plain(`invalid-${why}`);
    if (text.trim() === "") return words.say("report-invalid-empty", { line, reason });
    return words.say("report-invalid-row", { line, text: shorten(text, 64), reason });
  });
}

const MEGABYTE = 1024 * 1024;

/** Why a source gave no list, for good. */
export type Refusal = Exclude<ListProblem, { problem: "question" }>;

/** One clear sentence on why something gave no list. */
export function listProblemText(problem: Refusal, words: Words): string {
  switch (problem.problem) {
    case "tooBig":
      return words.say("problem-tooBig", { megabytes: Math.floor(problem.maxBytes / MEGABYTE) });
    case "broken":
      return problem.line === undefined || problem.format === "xlsx"
        ? words.say(`problem-broken-${problem.format}`)
        : words.say(`problem-broken-${problem.format}-line`, { line: problem.line });
    case "stopped":
      return problem.line === undefined
        ? words.say(`problem-stopped-${problem.reason}`)
        : words.say("problem-stopped-line", { line: problem.line });
    case "noUsableName":
      return [
        words.say("problem-noUsableName", { read: problem.read }),
        ...invalidLines(problem.firstInvalid, words),
      ].join("\n");
    case "foreignSpreadsheet":
      return words.say("problem-foreignSpreadsheet", { format: `.${problem.format}` });
    case "picture":
    case "pdf":
    case "video":
    case "otherFile":
    case "empty":
    case "gone":
    case "zipBomb":
    case "passwordProtected":
      return words.say(`problem-${problem.problem}`);
  }
}
