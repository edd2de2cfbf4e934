/** The words and options of `peyk collect` and `peyk leads`. */
import type { Command } from "commander";
import { Argument, Option } from "commander";
import type { LeadFormat } from "../../app/leads/leads.ts";
import { leadFormats } from "../../app/leads/leads.ts";
import type { CollectOptions } from "./collect-request.ts";
import { collectLeads } from "./collect.ts";
import type { Json, Looking, Performing, Run } from "../command.ts";
import { cancelLeads, exportLeadList, listLeads, resetLeads, showKpis, showLeads } from "./leads.ts";
import type { ProgramParts } from "../program-parts.ts";
import type { Words } from "../../words/words.ts";
import { helpText } from "../help.ts";
import { wholeNumber } from "../number-options.ts";

/** Largest number of people or posts. */
const MOST = 999_999_999;

const EXAMPLES = `  $ peyk collect tiktok "coffee" --count 1500
  $ peyk collect bluesky-followers mira.bsky.social tomas.bsky.social --count 500 --list roasters
  $ peyk collect x-posts "#coffee" "#tea" --per-target 500
  $ peyk collect x-repliers https://x.com/mira/status/1234567890 --count 100 --max-calls 20`;

/** Adds `collect` and `leads` to the program. */
export function addLeads(
  program: Command,
  { run, parts, ...ways }: Ways & { readonly parts: ProgramParts },
): void {
  const { words } = parts;
  const whole = (text: string): number => wholeNumber(text, words, MOST);
  const option = (name: string): string => words.plain(`cli-option-${name}`);
  program
    .command("collect")
    .description(words.plain("cli-command-collect"))
    .addArgument(new Argument("<source>", words.plain("cli-argument-source")))
    .argument("<targets...>", words.plain("cli-argument-targets"))
    .option("--count <n>", option("count"), whole)
    .option("--per-target <n>", option("per-target"), whole)
    .option("--suite <list>", option("suite"), (text: string) => wholeNumbers(text, words))
    .option("--again <n>", option("again"), whole)
    .option("--list <name>", option("collect-list"))
    .option("--max-calls <n>", option("max-calls"), whole)
    .option("--test", option("test"))
    .option("--dry-run", option("collect-dry-run"))
    .option("--cycle-minutes <n>", option("cycle-minutes"), whole)
    .option("--cycle-leads <n>", option("cycle-leads"), whole)
    .option("--json", option("json"))
    .addHelpText("after", helpText(words, "collect", EXAMPLES))
    .action((source: string, targets: string[], options: CollectOptions) =>
      run("collect", options.json, (output) => collectLeads({ source, targets, options }, output, parts)),
    );
  addListCommands(program, { run, ...ways, parts });
}

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly performing: Performing;
}

function addListCommands(
  program: Command,
  { run, looking, performing, parts }: Ways & { readonly parts: Pick<ProgramParts, "takingOut" | "words"> },
): void {
  const { words } = parts;
  const leads = program
    .command("leads")
    .description(words.plain("cli-command-leads"))
    .option("--json", words.plain("cli-option-json"))
    .action(({ json }: Json) => run("leads", json, (output) => looking((peyk) => listLeads(peyk, output))));
  leads
    .command("status")
    .description(words.plain("cli-command-leads-status"))
    .argument("<list>")
    .action((list: string, _: Json, command: Command) =>
      run("leads status", isJson(command), (output) => looking((peyk) => showLeads(peyk, list, output))),
    );
  leads
    .command("reset")
    .description(words.plain("cli-command-leads-reset"))
    .argument("<list>")
    .option("--target <key>", words.plain("cli-option-target"))
    .action((list: string, options: { readonly target?: string }, command: Command) =>
      run("leads reset", isJson(command), (output) =>
        resetLeads({ performing, words }, { list, ...options }, output),
      ),
    );
  leads
    .command("cancel")
    .description(words.plain("cli-command-leads-cancel"))
    .argument("<list>")
    .action((list: string, _: Json, command: Command) =>
      run("leads cancel", isJson(command), (output) =>
        cancelLeads({ looking, performing, words }, list, output),
      ),
    );
  leads
    .command("export")
    .description(words.plain("cli-command-leads-export"))
    .argument("<list>")
    .addOption(
      new Option("--format <format>", words.plain("cli-option-format")).choices(leadFormats).default("csv"),
    )
    .option("--out <file>", words.plain("cli-option-out"))
    .action((list: string, file: { readonly format: LeadFormat; readonly out?: string }, command: Command) =>
      run("leads export", isJson(command), (output) =>
        looking((peyk) => exportLeadList(peyk, { list, ...file, parts }, output)),
      ),
    );
  leads
    .command("kpis")
    .description(words.plain("cli-command-leads-kpis"))
    .action((_: Json, command: Command) =>
      run("leads kpis", isJson(command), (output) => looking((peyk) => showKpis(peyk, output))),
    );
}

/** `--json` is the parent's option: it may stand on either side of the subcommand. */
function isJson(command: Command): boolean {
  return command.optsWithGlobals<Json>().json ?? false;
}

function wholeNumbers(text: string, words: Words): readonly number[] {
  return text.split(/[,،]/).map((each) => wholeNumber(each, words, MOST));
}
