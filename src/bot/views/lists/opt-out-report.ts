import type { OptOutReport } from "../../../app/people/import-opt-outs.ts";
import type { Words } from "../../../words/words.ts";
import { invalidLines, restSentence } from "./list-report.ts";
import { nameLines, sourceLines } from "./what-was-read.ts";

/** What became of a list of people not to be written to; lines that name nobody are said first of all that follows. */
export function optOutReportText(report: OptOutReport, words: Words): string {
  const { read, changed, unchanged, duplicates, invalid } = report;
  const missed = invalid === 0 ? [] : [words.say("opt-outs-missed", { count: invalid })];
  const rest = restSentence(report, words);
  return [
    [
      words.say("suppress-added", { count: changed }),
      words.say("opt-outs-counts", { read, unchanged, duplicates, invalid }),
    ],
    [...nameLines(report.names, words), ...sourceLines(report, words)],
    [...missed, ...invalidLines(report.firstInvalid, words), ...(rest === undefined ? [] : [rest])],
  ]
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n");
}
