/** `peyk suppress …`: the do-not-send list, which every campaign obeys at once and which nothing but `remove` undoes. */
import { basename } from "node:path";
import { stat } from "node:fs/promises";
import type { Command } from "commander";
import { Option } from "commander";
import type { OptOutReport } from "../../app/people/import-opt-outs.ts";
import type { SuppressionResult } from "../../app/people/suppress.ts";
import { ValidationError } from "../../domain/errors.ts";
import type { SuppressionReason } from "../../domain/people/suppression.ts";
import { suppressionReasons } from "../../domain/people/suppression.ts";
import { rejectedWords } from "../../words/file-words.ts";
import { momentText } from "../campaigns/campaign-lines.ts";
import type { AtRest, Ending, Json, Looking, Run } from "../command.ts";
import { invalidLines, listProblemText, reasonText } from "./list-lines.ts";
import type { ListOptions } from "./list-options.ts";
import { addListOptions, choicesOf, unanswered } from "./list-options.ts";
import type { Output } from "../output.ts";
import type { LookedAt, OpenPeyk } from "../program-parts.ts";
import { DONE, FAILED } from "../program-parts.ts";
import { whatWasReadLines } from "./what-was-read.ts";

const reasonWords: Readonly<Record<SuppressionReason, string>> = {
  optedOut: "opted out",
  complaint: "complained",
  blocked: "not to be written to",
};

const HELP = `
Names on the list are skipped by every campaign, also by one that is running. The list outlives cleanup.

Examples:
  $ peyk suppress add ali_1 @sara --reason complaint --note 'by email, 3 May'
  $ peyk suppress import unsubscribed.csv --reason optedOut
  $ peyk suppress list --json`;

interface Why {
  readonly reason: SuppressionReason;
  readonly note?: string;
}

type ImportOptions = Why & ListOptions;

/** Adds the command and its four parts. */
export function addSuppress(
  program: Command,
  { run, looking, atRest }: { readonly run: Run; readonly looking: Looking; readonly atRest: AtRest },
): void {
  const suppress = program
    .command("suppress")
    .description("the do-not-send list: add, remove, list, import")
    .addHelpText("after", HELP);
  whyOptions(suppress.command("add <names...>").description("put names on the list")).action(
    (names: string[], { json, reason, note }: Json & Why) =>
      run("suppress add", json, (output) =>
        atRest(async ({ app }) =>
          ending(await app.suppress.add(names, reason, note), "put on the list", output),
        ),
      ),
  );
  suppress
    .command("remove <names...>")
    .description("take names off the list")
    .option("--json", "one JSON object a line")
    .action((names: string[], { json }: Json) =>
      run("suppress remove", json, (output) =>
        atRest(async ({ app }) => ending(await app.suppress.remove(names), "taken off the list", output)),
      ),
    );
  suppress
    .command("list")
    .description("who is on the list, the latest first")
    .option("--json", "one JSON object a line")
    .action(({ json }: Json) =>
      run("suppress list", json, (output) => looking((peyk) => tellList(peyk, output))),
    );
  const everyone = suppress
    .command("import <file>")
    .description("put everyone in a file on the list, of all its sheets unless some are named");
  whyOptions(addListOptions(everyone)).action((file: string, { json, ...options }: Json & ImportOptions) =>
    run("suppress import", json, (output) => atRest((peyk) => importFile(peyk, file, options, output))),
  );
}

function whyOptions(command: Command): Command {
  return command
    .addOption(new Option("--reason <reason>", "why").choices(suppressionReasons).default("blocked"))
    .option("--note <text>", "in your own words, kept with the names")
    .option("--json", "one JSON object a line");
}

async function tellList({ app, words }: LookedAt, output: Output): Promise<Ending> {
  const names = await app.suppressed();
  if (names.length === 0) output.say("Nobody is on the do-not-send list.");
  for (const one of names) {
    const note = one.note === undefined ? "" : ` (${one.note})`;
    output.say(`${one.username}: ${reasonWords[one.reason]}, ${momentText(one.at, words)}${note}`);
    output.record({ kind: "suppressed", ...one });
  }
  return { exitCode: DONE, summary: { names: names.length } };
}

async function importFile(
  { app, words }: OpenPeyk,
  path: string,
  { reason, note, ...options }: ImportOptions,
  output: Output,
): Promise<Ending> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) throw new ValidationError(`${path}: there is no such file.`);
  const result = await app.suppress.importList({
    source: { kind: "file", path, name: basename(path) },
    reason,
    ...(note === undefined ? {} : { note }),
    choices: choicesOf(options),
  });
  if (result.kind === "report") return importEnding({ app, words }, result, output);
  if (result.problem === "question") throw unanswered(result.question, path, output);
  throw new ValidationError(listProblemText(result, path));
}

/** Whoever could not be read is written to as before, so an import with such rows ends as a failure. */
async function importEnding(
  { app, words }: Pick<OpenPeyk, "app" | "words">,
  report: OptOutReport,
  output: Output,
): Promise<Ending> {
  const { changed, unchanged, read, duplicates, invalid, listId } = report;
  output.say(`${changed} put on the list${beforeText(unchanged)}.`);
  output.say(`${read} lines read: ${duplicates} repeated, ${invalid} unusable.`);
  for (const line of whatWasReadLines(report)) output.say(line);
  for (const line of invalidLines(report.firstInvalid)) output.complain(line);
  if (listId !== undefined)
    output.complain(
      `Nobody named in these ${invalid} lines was put on the list. All of them: ${await app.rejectedRows(listId, rejectedWords(words))}`,
    );
  return { exitCode: invalid > 0 ? FAILED : DONE, summary: { ...report, kind: "summary" } };
}

const SHOWN = 10;

function ending({ changed, unchanged, invalid }: SuppressionResult, deed: string, output: Output): Ending {
  output.say(`${changed} ${deed}${beforeText(unchanged)}.`);
  for (const { text, reason } of invalid.slice(0, SHOWN))
    output.complain(`${JSON.stringify(text)} is no username: ${reasonText(reason)}.`);
  if (invalid.length > SHOWN) output.complain(`${invalid.length - SHOWN} more are no usernames.`);
  return { exitCode: invalid.length > 0 ? FAILED : DONE, summary: { changed, unchanged, invalid } };
}

function beforeText(unchanged: number): string {
  return unchanged > 0 ? `, ${unchanged} were so before` : "";
}
