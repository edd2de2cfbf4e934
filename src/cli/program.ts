/**
 * The command line: what can be typed, and the help that teaches it. Owns words and options; what a command does stands
 * in a file of its own, and everything a command can ask for is the app's.
 */
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { problemText, terminalJson, terminalText, withoutSecrets } from "../lib/text/plain-text.ts";
import { withoutDirectionMarks } from "../lib/text/direction-marks.ts";
import { helpText, speakHelp, usageText } from "./help.ts";
import type { Words } from "../words/words.ts";
import { addAddNames } from "./campaigns/add-names.ts";
import { addAmending } from "./campaigns/amend-commands.ts";
import { addEndFollowUps } from "./campaigns/end-follow-ups.ts";
import { addCampaignCommands } from "./campaigns/campaign-commands.ts";
import type { ChangeOptions } from "./campaigns/change.ts";
import { changeCampaign } from "./campaigns/change.ts";
import type { Json, Looking, Performing, Planning, Run } from "./command.ts";
import { oneMore } from "./one-more.ts";
import { doneOr, runCommand, withLook, withPlan } from "./command.ts";
import { tellReport } from "./doctor.ts";
import { addMove } from "./move.ts";
import { addBackup } from "./backup.ts";
import { addListOptions } from "./lists/list-options.ts";
import { addLeads } from "./leads/lead-commands.ts";
import type { FormerState } from "./campaigns/former-states.ts";
import { formerStates } from "./campaigns/former-states.ts";
import { joinedNames } from "../words/joined.ts";
import { send } from "./campaigns/send.ts";
import type { SendOptions } from "./campaigns/send-request.ts";
import { addTexts } from "./saved-texts.ts";
import { addAudiences } from "./audiences/audiences.ts";
import { addGrowth } from "./growth/growth.ts";
import { addWelcome } from "./welcome/welcome.ts";
import { addTags } from "./audiences/tags.ts";
import { addWebhooks } from "./hooks/webhooks.ts";
import { addTokens } from "./hooks/tokens.ts";
import { addSuppress } from "./lists/suppress.ts";
import type { ProgramParts } from "./program-parts.ts";
import { DONE, FAILED } from "./program-parts.ts";
import { addHistory } from "./people/history.ts";
import { addAnswers } from "./people/answers.ts";
import { addKeepAnswers } from "./people/keep-answers.ts";
import { addReply } from "./people/reply.ts";
import { addErase } from "./people/erase.ts";
import { addRoles } from "./people/roles.ts";
import { addWho } from "./people/who.ts";
import { addServing } from "./serving.ts";
import { addSync } from "./sync.ts";
import { LONGEST_FOLLOW_UP_DAYS } from "../domain/settings/follow-up.ts";
import { dollarsIn, wholeNumber } from "./number-options.ts";

const FIRST_STEPS = `  $ printf '@ali\\n@sara\\n' > people.txt
  $ peyk send --list people.txt --message 'Hello {{username}}' --channel simulator --task-id first
  $ peyk status first
  $ peyk export first --format xlsx --out first.xlsx`;

const SEND_EXAMPLES = `  $ peyk send --list people.csv --message 'Hello {{name|friend}}' --channel simulator --dry-run
  $ peyk send --list people.csv --message-file hello.txt --channel simulator --task-id spring --max-per-account 50
  $ peyk send --list members.xlsx --message-file hello.txt --channel x --task-id spring \\
      --consent 'They ticked the box for news when they joined in May'`;

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

/** Everything that can be typed. @param finish Told the exit code of the command that was */
export function createProgram(parts: ProgramParts, finish: (exitCode: number) => void): Command {
  const { out, err, words } = parts;
  const program = new Command("peyk")
    .description(words.plain("cli-about"))
    .configureOutput({
      writeOut: (text) => out.write(terminalText(text, out.isBidirectional)),
      writeErr: (text) => err.write(problemText(text, err.isBidirectional)),
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
  const planning: Planning = (work) => withPlan(parts, work);
  const performing: Performing = async (deed, look) => doneOr(await parts.perform(deed), look, words);
  addCampaignCommands(program, { run, looking, performing, parts });
  addEndFollowUps(program, { run, looking, performing, words });
  addChange(program, { run, looking, change: (request) => parts.change(request), words });
  addAddNames(program, run, { planning, performing, words });
  addAmending(program, parts, run);
  addTexts(program, run, { savedTexts: () => parts.savedTexts(), words });
  addWho(program, { run, looking, parts });
  addAnswers(program, { run, looking, words });
  addKeepAnswers(program, { run, looking, performing, parts });
  addReply(program, { run, looking, performing, words });
  addErase(program, { run, performing, parts });
  const audienceWays = { run, looking, planning, performing, now: () => parts.clock.now(), words };
  addAudiences(program, audienceWays);
  addTags(program, audienceWays);
  addRoles(program, { run, looking, performing, words });
  addHistory(program, { run, looking, parts });
  addWelcome(program, audienceWays);
  addGrowth(program, audienceWays);
  addSuppress(program, { run, looking, planning, performing, now: () => parts.clock.now(), words });
  addLeads(program, { run, looking, performing, parts });
  program
    .command("doctor")
    .description(words.plain("cli-command-doctor"))
    .option("--backup <file>", words.plain("cli-option-doctor-backup"))
    .option("--json", words.plain("cli-option-json"))
    .addHelpText("after", `\n${words.plain("cli-help-doctor")}`)
    .action(({ backup, json }: Json & { readonly backup?: string }) =>
      run("doctor", json, async (output) => tellReport(await parts.examine(backup), output, words)),
    );
  addBackup(program, { run, looking, performing, parts });
  addMove(program, { run, parts });
  addServing(program, parts, run);
  addSync(program, parts, run);
  addTokens(program, { run, looking, performing, words });
  addWebhooks(program, { run, looking, performing, words });
  speakHelp(program, words);
  return program;
}

function addSend(program: Command, parts: ProgramParts, run: Run): void {
  const { words } = parts;
  const whole = (text: string): number => wholeNumber(text, words);
  const dollars = (text: string): number => dollarsIn(text, words);
  const command = program
    .command("send")
    .description(words.plain("cli-command-send"))
    .option("--list <file>", words.plain("cli-option-list"))
    .option("--from <id>", words.plain("cli-option-from"))
    .option("--states <names>", words.plain("cli-option-states"), (text) => statesIn(text, words));
  addListOptions(command, words)
    .option("--message <text>", words.plain("cli-option-message"))
    .option("--message-file <file>", words.plain("cli-option-message-file"))
    .option("--message-file-for <language=file>", words.plain("cli-option-message-file-for"), oneMore, [])
    .option("--saved-text <name>", words.plain("cli-option-saved-text"))
    .option("--channel <name>", words.plain("cli-option-channel"))
    .option("--consent <text>", words.plain("cli-option-consent"))
    .option("--task-id <id>", words.plain("cli-option-task-id"))
    .option("--max-per-account <n>", words.plain("cli-option-max-per-account"), whole)
    .option("--not-within-days <n>", words.plain("cli-option-not-within-days"), whole)
    .option("--exclude-campaign <id>", words.plain("cli-option-exclude-campaign"), oneMore, [])
    .option("--at <when>", words.plain("cli-option-at"))
    .option("--window <hours>", words.plain("cli-option-window"))
    .option("--try-first <n>", words.plain("cli-option-try-first"), whole)
    .option("--priority <n>", words.plain("cli-option-priority"), (text) => wholeNumber(text, words, 9))
    .option("--per-minute <n>", words.plain("cli-option-per-minute"), whole)
    .option("--per-hour <n>", words.plain("cli-option-per-hour"), whole)
    .option("--per-day <n>", words.plain("cli-option-per-day"), whole)
    .option("--spend-cap <dollars>", words.plain("cli-option-spend-cap"), dollars)
    .option(
      "--follow-up <text>",
      words.plain("cli-option-follow-up"),
      added<string>((text) => text),
      [],
    )
    .option(
      "--follow-up-after <days>",
      words.plain("cli-option-follow-up-after"),
      added((text) => wholeNumber(text, words, LONGEST_FOLLOW_UP_DAYS)),
      [],
    )
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

/** An option that may be given more than once. */
function added<T>(read: (text: string) => T) {
  return (text: string, before: readonly T[]): readonly T[] => [...before, read(text)];
}

interface Changing extends Pick<ProgramParts, "change" | "words"> {
  readonly run: Run;
  readonly looking: Looking;
}

function addChange(program: Command, { run, looking, change, words }: Changing): void {
  program
    .command("change")
    .description(words.plain("cli-command-change"))
    .argument("<id>", words.plain("cli-argument-id"))
    .option("--message <text>", words.plain("cli-option-message"))
    .option("--message-file <file>", words.plain("cli-option-message-file"))
    .option("--message-file-for <language=file>", words.plain("cli-option-message-file-for"), oneMore, [])
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
    throw new InvalidArgumentError(words.plain("cli-choices", { values: joinedNames(formerStates, words) }));
  });
}
