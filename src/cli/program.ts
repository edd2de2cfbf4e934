/**
 * The command line: what can be typed, and the help that teaches it. Owns words and options; what a command does stands
 * in a file of its own, and everything a command can ask for is the app's.
 */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { ResultsFile } from "../app/campaigns/results-file.ts";
import { problemText, terminalJson, withoutSecrets } from "../lib/text/plain-text.ts";
import type { Decision } from "./campaigns/campaign-deeds.ts";
import { cleanUp, decisions, exportCampaign, formats } from "./campaigns/campaign-deeds.ts";
import type { AtRest, Json, Looking, Run } from "./command.ts";
import { runCommand, withLook, withPeyk } from "./command.ts";
import { tellReport } from "./doctor.ts";
import { importCheckpoint } from "./campaigns/import-checkpoint.ts";
import { addListOptions } from "./lists/list-options.ts";
import { addLeads } from "./leads/lead-commands.ts";
import type { ResolveOptions } from "./campaigns/resolve.ts";
import { resolve } from "./campaigns/resolve.ts";
import { send } from "./campaigns/send.ts";
import type { SendOptions } from "./campaigns/send-request.ts";
import { listCampaigns, showCampaign } from "./campaigns/status.ts";
import { addSuppress } from "./lists/suppress.ts";
import type { ProgramParts } from "./program-parts.ts";
import { DONE, FAILED } from "./program-parts.ts";
import { addSync } from "./sync.ts";

const GENERAL_HELP = `
Every command takes --json: one JSON object a line, the last one the summary.
Exit codes: 0 done, 1 wrong input or failure, 3 stopped before the end (paused, interrupted, nothing left to send with).
Settings come from the environment and .env: DATA_DIR, TIME_ZONE, MAX_PER_ACCOUNT and the rest of .env.example.

Begin here, nobody real is written to:
  $ printf '@ali\\n@sara\\n' > people.txt
  $ peyk send --list people.txt --message 'Hello {{username}}' --channel simulator --task-id first
  $ peyk status first
  $ peyk export first --format xlsx --out first.xlsx`;

const SEND_HELP = `
The same --task-id is the same campaign: whoever has its message is skipped. So after a stop, a crash or a day's limit
give the same command again. What a campaign has (message, accounts, consent) stays unless an option changes it; a list
given again brings corrected values to whoever is still to be written to. Names may be written @name, name or as a
link; other columns of the list are variables.

Examples:
  $ peyk send --list people.csv --message 'Hello {{name|friend}}' --channel simulator --dry-run
  $ peyk send --list people.csv --message-file hello.txt --channel simulator --task-id spring --max-per-account 50
  $ peyk send --list members.xlsx --message-file hello.txt --channel x --task-id spring \\
      --consent 'They ticked the box for news when they joined in May'`;

const RESOLVE_HELP = `
Examples:
  $ peyk resolve spring-news                     who is uncertain
  $ peyk resolve spring-news ali_1 sent
  $ peyk resolve spring-news --all skip --dry-run
  $ peyk resolve spring-news --all skip`;

/** Runs one command and answers its exit code. @param words What was typed after `peyk` */
export async function runProgram(words: readonly string[], parts: ProgramParts): Promise<number> {
  let exitCode = DONE;
  const program = createProgram(parts, (code) => (exitCode = code));
  try {
    await program.parseAsync(words, { from: "user" });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return DONE;
    if (words.includes("--json")) parts.out.write(`${terminalJson(misread(error, words))}\n`);
    return FAILED;
  }
}

/** The summary of a command that could not be made out. */
function misread({ message }: CommanderError, [command]: readonly string[]): object {
  const problem = withoutSecrets(message.replace(/^error: /, ""));
  return { kind: "summary", command, ok: false, exitCode: FAILED, problem, isTransient: false };
}

function createProgram(parts: ProgramParts, finish: (exitCode: number) => void): Command {
  const { out, err } = parts;
  const program = new Command("peyk")
    .description("One message to each name on a list, exactly once, and proof of what happened.")
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(problemText(text)),
    })
    .exitOverride()
    .showHelpAfterError("(peyk --help and peyk COMMAND --help explain everything)")
    .addHelpText("after", GENERAL_HELP);
  const run: Run = async (name, isJson, command) => {
    finish(await runCommand(name, isJson ?? false, parts, command));
  };
  addSend(program, parts, run);
  const looking: Looking = (work) => withLook(parts, work);
  const atRest: AtRest = (work) => withPeyk(parts, { purpose: "decide" }, work);
  addCampaignCommands(program, {
    run,
    looking,
    atRest,
    decide: (request) => parts.decide(request),
  });
  program
    .command("import-checkpoint")
    .description("honour a checkpoint of an older tool: whoever it marks as sent is skipped")
    .argument("<file>", "task_checkpoint_ID.json")
    .option("--json", "one JSON object a line")
    .action((file: string, { json }: Json) =>
      run("import-checkpoint", json, (output) => atRest((peyk) => importCheckpoint(peyk, file, output))),
    );
  addSuppress(program, { run, looking, atRest });
  addLeads(program, { run, looking, atRest, parts });
  program
    .command("doctor")
    .description("check settings, files, clock, lease, and that the numbers of every campaign add up")
    .option("--json", "one JSON object a line")
    .addHelpText("after", "\nChanges nothing, and may run while Peyk is at work.")
    .action(({ json }: Json) =>
      run("doctor", json, async (output) => tellReport(await parts.examine(), output)),
    );
  addSync(program, parts, run);
  return program;
}

function addSend(program: Command, parts: ProgramParts, run: Run): void {
  const command = program
    .command("send")
    .description("send a message to every name on a list, or go on with it")
    .requiredOption("--list <file>", "usernames: .txt, .csv, .xlsx or .json; or subscribers[:SOURCE]");
  addListOptions(command)
    .option("--message <text>", "the message; {{column}} stands for a value of the list")
    .option("--message-file <file>", "a text file with the message")
    .requiredOption("--channel <name>", "through what: simulator, x, telegram")
    .option(
      "--consent <text>",
      "where the permission to write to these people comes from; real channels need it",
    )
    .option("--task-id <id>", "name of the campaign; made up when absent")
    .option("--max-per-account <n>", "messages an account may send a day", wholeNumber)
    .option(
      "--not-within-days <n>",
      "leave out whom another campaign wrote to within so many days",
      wholeNumber,
    )
    .option(
      "--exclude-campaign <id>",
      "leave out whom that campaign wrote to or may have; may be given several times",
      (id: string, before: readonly string[]) => [...before, id],
      [],
    )
    .option("--change-message", "send this message from now on in a campaign that has another")
    .option(
      "--change-accounts",
      "send through all accounts that are set up now in a campaign that has others",
    )
    .option("--resume", "go on with a campaign that somebody paused")
    .option("--concurrency <n>", "sends under way at the same time, at most", wholeNumber)
    .option("--dry-run", "show the plan and three messages, send nothing")
    .option("--verbose", "say what happens to every name")
    .option("--json", "one JSON object a line")
    .addHelpText("after", SEND_HELP)
    .action((options: SendOptions) => run("send", options.json, (output) => send(options, output, parts)));
}

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly atRest: AtRest;
}

function addCampaignCommands(
  program: Command,
  { run, looking, atRest, decide }: Ways & Pick<ProgramParts, "decide">,
): void {
  program
    .command("status")
    .description("how all campaigns stand, or everything about one")
    .argument("[id]", "task id")
    .option("--json", "one JSON object a line")
    .action((id: string | undefined, { json }: Json) =>
      run("status", json, (output) =>
        looking((peyk) => (id === undefined ? listCampaigns(peyk, output) : showCampaign(peyk, id, output))),
      ),
    );
  program
    .command("resolve")
    .description("decide on names that may or may not have got the message; without a decision, list them")
    .argument("<id>", "task id")
    .argument("[name]", "username")
    .addArgument(
      new Argument("[decision]", "sent: it arrived; again: send it; skip: leave it").choices(decisions),
    )
    .addOption(new Option("--all <decision>", "decide on everybody who is uncertain").choices(decisions))
    .option("--dry-run", "show whom that is about, decide nothing")
    .option("--json", "one JSON object a line")
    .addHelpText("after", RESOLVE_HELP)
    .action((id: string, name: string | undefined, decision: Decision | undefined, options: ResolveOptions) =>
      run("resolve", options.json, (output) =>
        resolve({ looking, decide }, { ...options, id, name, decision }, output),
      ),
    );
  program
    .command("export")
    .description("write what became of every name to a file")
    .argument("<id>", "task id")
    .addOption(new Option("--format <format>", "of the file").choices(formats).default("csv"))
    .option("--out <file>", "where to, - is standard output; absent: a file in the data folder")
    .option("--json", "one JSON object a line")
    .action((id: string, { json, ...file }: Json & ResultsFile & { readonly out?: string }) =>
      run("export", json, (output) => looking((peyk) => exportCampaign(peyk, { id, ...file }, output))),
    );
  program
    .command("cleanup")
    .description("remove a finished campaign's checkpoint; its journal and results stay")
    .argument("<id>", "task id")
    .option("--json", "one JSON object a line")
    .action((id: string, { json }: Json) =>
      run("cleanup", json, (output) => atRest((peyk) => cleanUp(peyk, id, output))),
    );
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError("Give a whole number from 1.");
  return Number(text);
}
