/** `peyk history [ID]`: who did what, newest first, or all of it as a file. It only looks, beside a running Peyk too. */
import type { Command } from "commander";
import { Option } from "commander";
import { historyProblem } from "../../app/health/history-problem.ts";
import type { HistoryFormat, HistoryQuestion } from "../../app/history/history.ts";
import { historyFormats } from "../../app/history/history.ts";
import { peopleIn } from "../../app/history/named.ts";
import { recordOf } from "../../app/history/look-at-history.ts";
import { textOfHtml } from "../../lib/text/html-text.ts";
import { deedLine, historyWords } from "../../words/history-lines.ts";
import { unknownCampaign } from "../campaigns/status.ts";
import type { Ending, Json, Looking, Run } from "../command.ts";
import { wholeNumber } from "../number-options.ts";
import { recorded } from "../taking-out.ts";
import { NO_FILE, writtenTo } from "../out-file.ts";
import type { Output } from "../output.ts";
import type { LookedAt, ProgramParts } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";

/** A screen or two; the file has all. */
const LINES = 50;

interface HistoryOptions extends Json {
  readonly name?: string;
  readonly format?: HistoryFormat;
  readonly out?: string;
  readonly count?: number;
}

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly parts: Pick<ProgramParts, "takingOut" | "words">;
}

export function addHistory(program: Command, { run, looking, parts }: Ways): void {
  const { words } = parts;
  program
    .command("history")
    .description(words.plain("cli-command-history"))
    .argument("[id]", words.plain("cli-argument-history"))
    .option("--name <name>", words.plain("cli-option-history-name"))
    .option("--count <n>", words.plain("cli-option-history-count"), (text) => wholeNumber(text, words))
    .addOption(
      new Option("--format <format>", words.plain("cli-option-history-format")).choices(historyFormats),
    )
    .option("--out <file>", words.plain("cli-option-out"))
    .option("--json", words.plain("cli-option-json"))
    .action((id: string | undefined, options: HistoryOptions) =>
      run("history", options.json, (output) =>
        looking((peyk) => tellHistory(peyk, { ...options, id, parts }, output)),
      ),
    );
}

async function tellHistory(
  peyk: LookedAt,
  {
    id,
    name,
    format,
    out,
    parts,
    count = LINES,
  }: HistoryOptions & Pick<Ways, "parts"> & { readonly id: string | undefined },
  output: Output,
): Promise<Ending> {
  const { app, words } = peyk;
  const campaign = id === undefined ? undefined : (await app.view(id))?.campaign.id;
  if (id !== undefined && campaign === undefined) throw await unknownCampaign(app, id, words);
  const question: HistoryQuestion = {
    ...(campaign === undefined ? {} : { campaign }),
    ...(name === undefined ? {} : { person: name }),
  };
  if (format !== undefined || out !== undefined)
    return writeHistory(peyk, question, { format, out, parts }, output);
  const deeds = await app.history.deeds(question);
  for (const deed of deeds) output.record({ kind: "deed", ...recordOf(deed) });
  // The newest stands last, where one looks on a terminal.
  for (const deed of deeds.slice(0, count).toReversed()) output.say(textOfHtml(deedLine(deed, words)));
  if (deeds.length === 0) output.say(textOfHtml(words.say("deeds-heading", { count: 0 })));
  const broken = historyProblem(await app.history.state(), { say: (one, told) => words.plain(one, told) });
  if (broken !== undefined) output.complain(words.plain("cli-history-not-whole", { problem: broken }));
  const older = deeds.length - count;
  if (older > 0) output.say(words.plain("cli-history-more", { count: older }));
  return {
    exitCode: DONE,
    summary: { taskId: campaign, deeds: deeds.length, isWhole: broken === undefined },
  };
}

async function writeHistory(
  { app, words, keep }: LookedAt,
  question: HistoryQuestion,
  {
    format = "csv",
    out,
    parts,
  }: Pick<Ways, "parts"> & {
    readonly format: HistoryFormat | undefined;
    readonly out: string | undefined;
  },
  output: Output,
): Promise<Ending> {
  const file = await app.history.file(question, historyWords(words), format);
  const { campaign, person } = question;
  const about = {
    ...(campaign === undefined ? {} : { campaign }),
    ...(person === undefined ? {} : peopleIn([person])),
    what: [format],
  };
  const path = await recorded(parts, { deed: "exportHistory", about }, () =>
    writtenTo({ out, output, words, keep }, file),
  );
  if (path !== NO_FILE) output.say(path);
  return { exitCode: DONE, summary: { taskId: question.campaign, format, path } };
}
