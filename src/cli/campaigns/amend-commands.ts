/** The commands that take back and mend, as they are typed. */
import type { Command } from "commander";
import type { Run } from "../command.ts";
import type { ProgramParts } from "../program-parts.ts";
import { wholeNumber } from "../number-options.ts";
import { oneMore } from "../one-more.ts";
import type { AmendOptions } from "./amend.ts";
import { amendSent } from "./amend.ts";

export function addAmending(program: Command, parts: ProgramParts, run: Run): void {
  const { words } = parts;
  const command = (name: string): Command =>
    program
      .command(name)
      .description(words.plain(`cli-command-${name}`))
      .argument("<id>", words.plain("cli-argument-id"))
      .option("--revision <n>", words.plain("cli-option-revision"), (text) => wholeNumber(text, words))
      .option("--name <name>", words.plain("cli-option-name"))
      .option("--yes", words.plain("cli-option-yes"))
      .option("--json", words.plain("cli-option-json"));
  command("take-back").action((id: string, options: AmendOptions) =>
    run("take-back", options.json, (output) =>
      amendSent({ ...options, id, kind: "takeBack" }, output, parts),
    ),
  );
  command("mend")
    .option("--message <text>", words.plain("cli-option-message"))
    .option("--message-file <file>", words.plain("cli-option-message-file"))
    .option("--message-file-for <language=file>", words.plain("cli-option-message-file-for"), oneMore, [])
    .option("--text-only", words.plain("cli-option-text-only"))
    .action((id: string, options: AmendOptions) =>
      run("mend", options.json, (output) => amendSent({ ...options, id, kind: "mend" }, output, parts)),
    );
}
