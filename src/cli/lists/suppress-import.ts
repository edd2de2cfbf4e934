/**
 * `peyk suppress import FILE`: the list is read here, and everybody on it is put on the do-not-send list here or, where a
 * Peyk is at work, by it.
 */
import { basename } from "node:path";
import { stat } from "node:fs/promises";
import type { OptOutReport } from "../../app/people/import-opt-outs.ts";
import { optOutReport } from "../../app/people/import-opt-outs.ts";
import type { SuppressionReason } from "../../domain/people/suppression.ts";
import { rejectedWords } from "../../words/file-words.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Performing, Planning } from "../command.ts";
import { whoDid } from "../command.ts";
import type { Output } from "../output.ts";
import { DONE, FAILED } from "../program-parts.ts";
import { invalidLines, listProblemText } from "./list-lines.ts";
import type { ListOptions } from "./list-options.ts";
import { choicesOf, unanswered } from "./list-options.ts";
import { LOOK, changeText } from "./suppress-lines.ts";
import { whatWasReadLines } from "./what-was-read.ts";

export interface ImportOptions extends ListOptions {
  readonly reason: SuppressionReason;
  readonly note?: string;
}

interface Doing {
  readonly planning: Planning;
  readonly performing: Performing;
  readonly output: Output;
  readonly words: Words;
}

/** @throws {SaidError} when the file is none, or leaves something open; nobody is put on the list then */
export function importFile(
  path: string,
  { reason, note, ...options }: ImportOptions,
  { planning, performing, output, words }: Doing,
): Promise<Ending> {
  return planning(async ({ app, keep }) => {
    if (!(await isFile(path))) throw new SaidError(words.plain("cli-no-such-file", { path }));
    const source = { kind: "file", path, name: basename(path) } as const;
    const read = await app.suppress.readList({ source, choices: choicesOf(options) });
    if (read.kind === "problem") {
      if (read.problem === "question") throw unanswered(read.question, { file: path, output, words });
      throw new SaidError(listProblemText(read, path, words));
    }
    const why = { reason, ...(note === undefined ? {} : { note }) };
    const asked = { names: read.usernames, ...why, keepsKnown: true };
    const { result, byProcess } = await performing({ deed: "suppress", asked }, LOOK);
    const report = optOutReport(read, result.changed);
    const rejected = async (listId: string): Promise<string> => {
      const table = await app.rejectedRows(listId, rejectedWords(words));
      return table ? keep(table) : "";
    };
    return importEnding(report, { byProcess, rejected, output, words });
  });
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

interface Told extends Pick<Doing, "output" | "words"> {
  readonly byProcess: number | undefined;
  /** Writes the rows that name nobody to a file. */
  readonly rejected: (listId: string) => Promise<string>;
}

/** Whoever could not be read is written to as before, so an import with such rows ends as a failure. */
async function importEnding(
  report: OptOutReport,
  { byProcess, rejected, output, words }: Told,
): Promise<Ending> {
  const { changed, unchanged, read, duplicates, invalid, listId } = report;
  output.say(`${changeText("added", { changed, unchanged }, words)}${whoDid(byProcess, words)}`);
  output.say(words.plain("cli-suppress-read", { read, duplicates, invalid }));
  for (const line of whatWasReadLines(report, words)) output.say(line);
  for (const line of invalidLines(report.firstInvalid, words)) output.complain(line);
  if (listId !== undefined) {
    const path = await rejected(listId);
    output.complain(words.plain("cli-suppress-missed", { count: invalid, path }));
  }
  return { exitCode: invalid > 0 ? FAILED : DONE, summary: { ...report, byProcess, kind: "summary" } };
}
