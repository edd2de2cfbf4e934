/** `peyk erase NAME`: all that is kept of one person goes, beside a running Peyk through it. It asks first. */
import type { Command } from "commander";
import { typed } from "../../words/markup.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Ending, Json, Performing, Run } from "../command.ts";
import type { Output } from "../output.ts";
import type { ProgramParts } from "../program-parts.ts";
import { DONE, FAILED } from "../program-parts.ts";

interface Ways {
  readonly run: Run;
  readonly performing: Performing;
  readonly parts: Pick<ProgramParts, "words" | "ask" | "erasuresWaiting">;
}

interface Options extends Json {
  readonly yes?: boolean;
}

export function addErase(program: Command, { run, performing, parts }: Ways): void {
  const { words } = parts;
  program
    .command("erase")
    .description(words.plain("cli-command-erase"))
    .argument("<name>", words.plain("cli-argument-who"))
    .option("--yes", words.plain("cli-option-erase-yes"))
    .option("--json", words.plain("cli-option-json"))
    .action((name: string, options: Options) =>
      run("erase", options.json, (output) => erase({ performing, parts }, typed(name), { output, options })),
    );
}

interface How {
  readonly output: Output;
  readonly options: Options;
}

async function erase(
  { performing, parts }: Omit<Ways, "run">,
  name: string,
  { output, options }: How,
): Promise<Ending> {
  const { words, ask } = parts;
  if (options.yes !== true) {
    if (!ask || output.isJson) throw new SaidError(words.plain("cli-erase-needs-yes"));
    const answer = (await ask(words.plain("cli-erase-question", { name }))).trim().toLowerCase();
    if (!["y", "yes", "بله"].includes(answer)) {
      output.say(words.plain("cli-erase-kept"));
      return { exitCode: FAILED, summary: { erased: false } };
    }
  }
  const { result, byProcess } = await performing(
    { deed: "erase", asked: { text: name, by: "command line" } },
    "peyk doctor",
  );
  if (!result.ok)
    throw new SaidError(
      result.problem === "erasedAlready"
        ? words.plain("cli-erased-already")
        : words.plain("cli-erase-no-name", { why: words.plain(`invalid-${result.problem}`) }),
    );
  const isThere = byProcess !== undefined;
  const waits = !isThere && (await parts.erasuresWaiting()) > 0;
  if (isThere) output.say(words.plain("cli-erasing", { process: String(byProcess) }));
  else output.say(words.plain(waits ? "cli-erased-waits" : "cli-erased"));
  return { exitCode: DONE, summary: { erased: !isThere && !waits, byProcess } };
}
