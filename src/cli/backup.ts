/** `peyk backup`, `peyk restore` and `peyk confirm-restored`: one file with everything, and the way back from it. */
import type { Command } from "commander";
import { momentText } from "../words/moment-text.ts";
import { SaidError } from "../words/said-error.ts";
import type { Ending, Json, Looking, Performing, Run } from "./command.ts";
import { whoDid } from "./command.ts";
import { unknownCampaign } from "./campaigns/status.ts";
import { recorded } from "./taking-out.ts";
import { NO_FILE, writtenTo } from "./out-file.ts";
import type { Output } from "./output.ts";
import type { ProgramParts } from "./program-parts.ts";
import { DONE } from "./program-parts.ts";

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly performing: Performing;
  readonly parts: Pick<ProgramParts, "words" | "backup" | "restore" | "takingOut">;
}

export function addBackup(program: Command, { run, looking, performing, parts }: Ways): void {
  const { words } = parts;
  program
    .command("backup")
    .description(words.plain("cli-command-backup"))
    .option("--out <file>", words.plain("cli-option-backup-out"))
    .option("--json", words.plain("cli-option-json"))
    .action(({ out, json }: Json & { readonly out?: string }) =>
      run("backup", json, (output) => backUp(parts, out, output)),
    );
  program
    .command("restore")
    .description(words.plain("cli-command-restore"))
    .argument("[file]", words.plain("cli-argument-backup"))
    .option("--json", words.plain("cli-option-json"))
    .action((file: string | undefined, { json }: Json) =>
      run("restore", json, (output) => restore(parts, file, output)),
    );
  program
    .command("confirm-restored")
    .description(words.plain("cli-command-confirm-restored"))
    .argument("<id>", words.plain("cli-argument-id"))
    .option("--json", words.plain("cli-option-json"))
    .action((id: string, { json }: Json) =>
      run("confirm-restored", json, (output) => confirm({ looking, performing, words }, id, output)),
    );
}

async function backUp(
  { words, backup, takingOut }: Ways["parts"],
  out: string | undefined,
  output: Output,
): Promise<Ending> {
  const file = await backup();
  const path = await recorded({ takingOut, words }, { deed: "backup" }, () =>
    writtenTo({ out: out ?? file.name, output, words, keep: hasPlace }, file),
  );
  if (path === NO_FILE) return { exitCode: DONE, summary: { path } };
  output.say(words.plain("cli-backed-up", { path }));
  return { exitCode: DONE, summary: { path } };
}

/** Where it goes is always said. */
function hasPlace(): never {
  throw new Error("a backup has a place");
}

async function restore(
  { words, ...parts }: Ways["parts"],
  file: string | undefined,
  output: Output,
): Promise<Ending> {
  const { path, madeAt, campaigns, paused, collections } = await parts.restore(file);
  const told = { campaigns, moment: momentText(madeAt, words) };
  output.say(
    path === undefined ? words.plain("cli-put-back", told) : words.plain("cli-restored", { path, ...told }),
  );
  output.say(words.plain("cli-restored-since"));
  if (paused > 0) output.say(words.plain("cli-restored-paused", { count: paused }));
  if (collections > 0) output.say(words.plain("cli-restored-collections", { count: collections }));
  return { exitCode: DONE, summary: { path, madeAt, campaigns, paused, collections } };
}

async function confirm(
  { looking, performing, words }: Omit<Ways, "run" | "parts"> & Pick<ProgramParts, "words">,
  id: string,
  output: Output,
): Promise<Ending> {
  const { result, byProcess } = await performing(
    { deed: "confirmRestored", asked: { campaignId: id, by: "command line" } },
    `peyk status ${id}`,
  );
  if (!result.ok && result.problem === "unknownCampaign")
    throw await looking(({ app }) => unknownCampaign(app, id, words));
  if (!result.ok) throw new SaidError(words.plain("cli-confirmed-nothing", { id }));
  output.say(`${words.plain("cli-confirmed", { id })}${whoDid(byProcess, words)}`);
  return { exitCode: DONE, summary: { taskId: id, byProcess } };
}
