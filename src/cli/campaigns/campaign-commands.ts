/** The words and options of the commands that look at campaigns, decide on them and change them. */
import type { Command } from "commander";
import { Argument, Option } from "commander";
import type { ResultFormat } from "../../app/campaigns/results-file.ts";
import type { Json, Looking, Performing, Run } from "../command.ts";
import type { ProgramParts } from "../program-parts.ts";
import type { Decision } from "./campaign-deeds.ts";
import { cleanUp, decisions, exportCampaign, formats } from "./campaign-deeds.ts";
import { importCheckpoint } from "./import-checkpoint.ts";
import { drawCampaign } from "./report.ts";
import type { ResolveOptions } from "./resolve.ts";
import { resolve } from "./resolve.ts";
import { listCampaigns, showCampaign } from "./status.ts";

const EXAMPLES = `  $ peyk resolve spring-news
  $ peyk resolve spring-news ali_1 sent
  $ peyk resolve spring-news --all skip --dry-run
  $ peyk resolve spring-news --all skip`;

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly performing: Performing;
  readonly parts: Pick<ProgramParts, "decide" | "takingOut" | "words">;
}

/** Adds them to the program. */
export function addCampaignCommands(program: Command, { run, looking, performing, parts }: Ways): void {
  const { words } = parts;
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
    .addHelpText("after", `\n${words.plain("cli-examples")}\n${EXAMPLES}`)
    .action((id: string, name: string | undefined, decision: Decision | undefined, options: ResolveOptions) =>
      run("resolve", options.json, (output) =>
        resolve(
          { looking, decide: (request) => parts.decide(request) },
          { ...options, id, name, decision },
          output,
        ),
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
    .action(
      (id: string, { json, ...file }: Json & { readonly format: ResultFormat; readonly out?: string }) =>
        run("export", json, (output) =>
          looking((peyk) => exportCampaign(peyk, { id, ...file, parts }, output)),
        ),
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
  addKeeping(program, { run, looking, performing, words });
}

/** What is kept of campaigns, here and by other tools. */
function addKeeping(
  program: Command,
  { run, looking, performing, words }: Omit<Ways, "parts"> & Pick<ProgramParts, "words">,
): void {
  program
    .command("cleanup")
    .description(words.plain("cli-command-cleanup"))
    .argument("<id>", words.plain("cli-argument-id"))
    .option("--json", words.plain("cli-option-json"))
    .action((id: string, { json }: Json) =>
      run("cleanup", json, (output) => cleanUp({ looking, performing }, { id, words }, output)),
    );
  program
    .command("import-checkpoint")
    .description(words.plain("cli-command-import-checkpoint"))
    .argument("<file>", "task_checkpoint_ID.json")
    .option("--json", words.plain("cli-option-json"))
    .action((file: string, { json }: Json) =>
      run("import-checkpoint", json, (output) => importCheckpoint({ performing, words }, file, output)),
    );
}
