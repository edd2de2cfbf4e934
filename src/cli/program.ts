/**
 * The command line: what can be typed, and the help that teaches it. Owns words and options; what a command does stands
 * in a file of its own, and everything a command can ask for is the app's.
 */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { ResultsFile } from "../app/campaigns/results-file.ts";
import { problemText, terminalJson, terminalText, withoutSecrets } from "../lib/text/plain-text.ts";
import { withoutDirectionMarks } from "../lib/text/direction-marks.ts";
import { helpText, speakHelp, usageText } from "./help.ts";
import type { Words } from "../words/words.ts";
import type { Decision } from "./campaigns/campaign-deeds.ts";
import { addAmending } from "./campaigns/amend-commands.ts";
import type { ChangeOptions } from "./campaigns/change.ts";
import { changeCampaign } from "./campaigns/change.ts";
import { cleanUp, decisions, exportCampaign, formats } from "./campaigns/campaign-deeds.ts";
import type { AtRest, Json, Looking, Performing, Run } from "./command.ts";
import { doneOr, runCommand, withLook, withPeyk } from "./command.ts";
import { tellReport } from "./doctor.ts";
import { drawCampaign } from "./campaigns/report.ts";
import { importCheckpoint } from "./campaigns/import-checkpoint.ts";
import { addListOptions } from "./lists/list-options.ts";
import { addLeads } from "./leads/lead-commands.ts";
import type { ResolveOptions } from "./campaigns/resolve.ts";
import { resolve } from "./campaigns/resolve.ts";
import type { FormerState } from "./campaigns/former-states.ts";
import { formerStates } from "./campaigns/former-states.ts";
import { joined } from "../words/joined.ts";
import { send } from "./campaigns/send.ts";
import type { SendOptions } from "./campaigns/send-request.ts";
import { listCampaigns, showCampaign } from "./campaigns/status.ts";
import { addSuppress } from "./lists/suppress.ts";
import type { ProgramParts } from "./program-parts.ts";
import { DONE, FAILED } from "./program-parts.ts";
import { addSync } from "./sync.ts";
import { wholeNumber } from "./whole-number.ts";

const FIRST_STEPS = `  $ printf '@ali\\n@sara\\n' > people.txt
  $ peyk send --list people.txt --message 'Hello {{username}}' --channel simulator --task-id first
  $ peyk status first
  $ peyk export first --format xlsx --out first.xlsx`;

const SEND_EXAMPLES = `  $ peyk send --list people.csv --message 'Hello {{name|friend}}' --channel simulator --dry-run
  $ peyk send --list people.csv --message-file hello.txt --channel simulator --task-id spring --max-per-account 50
  $ peyk send --list members.xlsx --message-file hello.txt --channel x --task-id spring \\
      --consent 'They ticked the box for news when they joined in May'`;

const RESOLVE_EXAMPLES = `  $ peyk resolve spring-news
  $ peyk resolve spring-news ali_1 sent
  $ peyk resolve spring-news --all skip --dry-run
  $ peyk resolve spring-news --all skip`;

/** Runs one command and answers its exit code. @param typed What was typed after `peyk` */
export async function runProgram(typed: readonly string[], parts: ProgramParts): Promise<number> {
  let exitCode = DONE;
  const program = createProgram(parts, (code) => (exitCode = code));
  try {
    await program.parseAsync(typed, { from: "user" });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return DONE;
    if (typed.includes("--json"))
      parts.out.write(`${terminalJson(misread(usageText(error.message, parts.words), typed))}\n`);
    return FAILED;
  }
}

/** The summary of a command that could not be made out. */
function misread(message: string, [command]: readonly string[]): object {
  const problem = withoutDirectionMarks(withoutSecrets(message.replace(/^error: /, "")));
  return { kind: "summary", command, ok: false, exitCode: FAILED, problem, isTransient: false };
}

function createProgram(parts: ProgramParts, finish: (exitCode: number) => void): Command {
  const { out, err, words } = parts;
  const program = new Command("peyk")
    .description(words.plain("cli-about"))
    .configureOutput({
      writeOut: (text) => out.write(terminalText(text, out.isBidirectional)),
      writeErr: (text) => err.write(problemText(text)),
      outputError: (text, write) => write(`${usageText(text.trimEnd(), words)}\n`),
    })
    .exitOverride()
    .showHelpAfterError(words.plain("cli-help-after-error"))
    .addHelpText("after", helpText(words, "general", FIRST_STEPS));
  const run: Run = async (name, isJson, command) => {
    finish(await runCommand(name, isJson ?? false, parts, command));
  };
  addSend(program, parts, run);
  const looking: Looking = (work) => withLook(parts, work);
  const atRest: AtRest = (work) => withPeyk(parts, { purpose: "decide" }, work);
  const performing: Performing = async (deed, look) => doneOr(await parts.perform(deed), look, words);
  addCampaignCommands(program, {
    run,
    looking,
    performing,
    decide: (request) => parts.decide(request),
    words,
  });
  addChange(program, { run, looking, change: (request) => parts.change(request), words });
  addAmending(program, parts, run);
  program
    .command("import-checkpoint")
    .description(words.plain("cli-command-import-checkpoint"))
    .argument("<file>", "task_checkpoint_ID.json")
    .option("--json", words.plain("cli-option-json"))
    .action((file: string, { json }: Json) =>
      run("import-checkpoint", json, (output) => importCheckpoint({ performing, words }, file, output)),
    );
  addSuppress(program, { run, looking, atRest, performing, now: () => parts.clock.now(), words });
  addLeads(program, { run, looking, atRest, performing, parts });
  program
    .command("doctor")
    .description(words.plain("cli-command-doctor"))
    .option("--json", words.plain("cli-option-json"))
    .addHelpText("after", `\n${words.plain("cli-help-doctor")}`)
    .action(({ json }: Json) =>
      run("doctor", json, async (output) => tellReport(await parts.examine(), output, words)),
    );
  addSync(program, parts, run);
  speakHelp(program, words);
  return program;
}

function addSend(program: Command, parts: ProgramParts, run: Run): void {
  const { words } = parts;
  const whole = (text: string): number => wholeNumber(text, words);
  const command = program
    .command("send")
    .description(words.plain("cli-command-send"))
    .option("--list <file>", words.plain("cli-option-list"))
    .option("--from <id>", words.plain("cli-option-from"))
    .option("--states <names>", words.plain("cli-option-states"), (text) => statesIn(text, words));
  addListOptions(command, words)
    .option("--message <text>", words.plain("cli-option-message"))
    .option("--message-file <file>", words.plain("cli-option-message-file"))
    .option("--channel <name>", words.plain("cli-option-channel"))
    .option("--consent <text>", words.plain("cli-option-consent"))
    .option("--task-id <id>", words.plain("cli-option-task-id"))
    .option("--max-per-account <n>", words.plain("cli-option-max-per-account"), whole)
    .option("--not-within-days <n>", words.plain("cli-option-not-within-days"), whole)
    .option(
      "--exclude-campaign <id>",
      words.plain("cli-option-exclude-campaign"),
      (id: string, before: readonly string[]) => [...before, id],
      [],
    )
    .option("--at <when>", words.plain("cli-option-at"))
    .option("--window <hours>", words.plain("cli-option-window"))
    .option("--try-first <n>", words.plain("cli-option-try-first"), whole)
    .option("--priority <n>", words.plain("cli-option-priority"), (text) => wholeNumber(text, words, 1))
    .option("--per-minute <n>", words.plain("cli-option-per-minute"), whole)
    .option("--per-hour <n>", words.plain("cli-option-per-hour"), whole)
    .option("--per-day <n>", words.plain("cli-option-per-day"), whole)
    .option("--spend-cap <dollars>", words.plain("cli-option-spend-cap"), whole)
    .option("--no-guard-rails", words.plain("cli-option-no-guard-rails"))
    .option("--change-message", words.plain("cli-option-change-message"))
    .option("--text-only", words.plain("cli-option-text-only"))
    .option("--change-accounts", words.plain("cli-option-change-accounts"))
    .option("--resume", words.plain("cli-option-resume"))
    .option("--concurrency <n>", words.plain("cli-option-concurrency"), whole)
    .option("--dry-run", words.plain("cli-option-send-dry-run"))
    .option("--verbose", words.plain("cli-option-verbose"))
    .option("--json", words.plain("cli-option-json"))
    .addHelpText("after", helpText(words, "send", SEND_EXAMPLES))
    .action((options: SendOptions) => run("send", options.json, (output) => send(options, output, parts)));
}

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly performing: Performing;
  readonly words: Words;
}

function addCampaignCommands(
  program: Command,
  { run, looking, performing, decide, words }: Ways & Pick<ProgramParts, "decide">,
): void {
  program
    .command("status")
    .description(words.plain("cli-command-status"))
    .argument("[id]", words.plain("cli-argument-id"))
    .option("--json", words.plain("cli-option-json"))
    .action((id: string | undefined, { json }: Json) =>
      run("status", json, (output) =>
        looking((peyk) => (id === undefined ? listCampaigns(peyk, output) : showCampaign(peyk, id, output))),
      ),
    );
  program
    .command("resolve")
    .description(words.plain("cli-command-resolve"))
    .argument("<id>", words.plain("cli-argument-id"))
    .argument("[name]", words.plain("cli-argument-name"))
    .addArgument(new Argument("[decision]", words.plain("cli-argument-decision")).choices(decisions))
    .addOption(new Option("--all <decision>", words.plain("cli-option-all")).choices(decisions))
    .option("--dry-run", words.plain("cli-option-resolve-dry-run"))
    .option("--json", words.plain("cli-option-json"))
    .addHelpText("after", `\n${words.plain("cli-examples")}\n${RESOLVE_EXAMPLES}`)
    .action((id: string, name: string | undefined, decision: Decision | undefined, options: ResolveOptions) =>
      run("resolve", options.json, (output) =>
        resolve({ looking, decide }, { ...options, id, name, decision }, output),
      ),
    );
  program
    .command("export")
    .description(words.plain("cli-command-export"))
    .argument("<id>", words.plain("cli-argument-id"))
    .addOption(
      new Option("--format <format>", words.plain("cli-option-format")).choices(formats).default("csv"),
    )
    .option("--out <file>", words.plain("cli-option-out"))
    .option("--json", words.plain("cli-option-json"))
    .action((id: string, { json, ...file }: Json & ResultsFile & { readonly out?: string }) =>
      run("export", json, (output) => looking((peyk) => exportCampaign(peyk, { id, ...file }, output))),
    );
  program
    .command("report")
    .description(words.plain("cli-command-report"))
    .argument("<id>", words.plain("cli-argument-id"))
    .option("--out <file>", words.plain("cli-option-report-out"))
    .option("--json", words.plain("cli-option-json"))
    .action((id: string, { json, ...file }: Json & { readonly out?: string }) =>
      run("report", json, (output) => looking((peyk) => drawCampaign(peyk, { id, ...file }, output))),
    );
  program
    .command("cleanup")
    .description(words.plain("cli-command-cleanup"))
    .argument("<id>", words.plain("cli-argument-id"))
    .option("--json", words.plain("cli-option-json"))
    .action((id: string, { json }: Json) =>
      run("cleanup", json, (output) => cleanUp({ looking, performing }, { id, words }, output)),
    );
}

function addChange(
  program: Command,
  { run, looking, change, words }: Omit<Ways, "performing"> & Pick<ProgramParts, "change">,
): void {
  program
    .command("change")
    .description(words.plain("cli-command-change"))
    .argument("<id>", words.plain("cli-argument-id"))
    .option("--message <text>", words.plain("cli-option-message"))
    .option("--message-file <file>", words.plain("cli-option-message-file"))
    .option("--text-only", words.plain("cli-option-text-only"))
    .option("--json", words.plain("cli-option-json"))
    .action((id: string, options: ChangeOptions) =>
      run("change", options.json, (output) =>
        changeCampaign({ looking, change }, { ...options, id }, output),
      ),
    );
}

/** @throws {InvalidArgumentError} for a state that is none */
function statesIn(text: string, words: Words): readonly FormerState[] {
  return text.split(",").map((given) => {
    const state = formerStates.find((one) => one.toLowerCase() === given.trim().toLowerCase());
    if (state) return state;
    throw new InvalidArgumentError(words.plain("cli-choices", { values: joined(formerStates, words) }));
  });
}
