/** `peyk move`: everything from the data folder into a database, back, or neither. */
import type { Command } from "commander";
import { importedTotal } from "../domain/recipient.ts";
import type { Words } from "../words/words.ts";
import type { Ending, Json, Run } from "./command.ts";
import type { Output } from "./output.ts";
import type { MoveProgress, MoveWay, MovedHouse, ProgramParts } from "./program-parts.ts";
import { DONE } from "./program-parts.ts";

interface MoveOptions extends Json {
  readonly toFiles?: boolean;
  readonly giveUp?: boolean;
}

export function addMove(
  program: Command,
  { run, parts }: { readonly run: Run; readonly parts: Pick<ProgramParts, "move" | "words"> },
): void {
  const { words } = parts;
  program
    .command("move")
    .description(words.plain("cli-command-move"))
    .option("--to-files", words.plain("cli-option-move-to-files"))
    .option("--give-up", words.plain("cli-option-move-give-up"))
    .option("--json", words.plain("cli-option-json"))
    .addHelpText("after", `\n${words.plain("cli-help-move")}`)
    .action(({ toFiles, giveUp, json }: MoveOptions) =>
      run("move", json, (output) =>
        move(parts, giveUp ? "giveUp" : toFiles ? "toFiles" : "toDatabase", output),
      ),
    );
}

async function move(
  { words, ...parts }: Pick<ProgramParts, "move" | "words">,
  way: MoveWay,
  output: Output,
): Promise<Ending> {
  const moved = await parts.move(way, (progress) => tell(progress, output, words));
  for (const line of linesOf(moved, way, words)) output.say(line);
  return { exitCode: DONE, summary: moved };
}

function tell(progress: MoveProgress, output: Output, words: Words): void {
  if (progress.kind === "closed") return;
  const { kind, ...told } = progress;
  output.progress(words.plain(`cli-move-${kind}`, told));
}

function linesOf(moved: MovedHouse, way: MoveWay, words: Words): readonly string[] {
  const { path } = moved;
  if (moved.kind === "givenUp") return [words.plain(`cli-move-given-up-${moved.openIn}`, { path })];
  const { campaigns, counts, doNotSend, subscribers, leadLists } = moved;
  const [there, closed] = way === "toFiles" ? ["folder", "database"] : ["database", "folder"];
  return [
    words.plain(`cli-moved-${there}`, { path }),
    words.plain("cli-moved-compared", {
      campaigns,
      names: importedTotal(counts),
      sent: counts.sent,
      planned: counts.planned,
      unknown: counts.uncertain,
      suppressions: doNotSend,
      recipients: subscribers,
      lists: leadLists,
    }),
    words.plain(`cli-moved-closed-${closed}`, { path }),
  ];
}
