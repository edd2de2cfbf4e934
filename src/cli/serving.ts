/** `peyk worker` and `peyk chat`: a part of Peyk as a process of its own, until it is told to stop. */
import type { Command } from "commander";
import type { ServedPart, ServingNews } from "../app/serving.ts";
import { errorText } from "../words/trouble-text.ts";
import { servingLines, waitingLine } from "../words/serving-lines.ts";
import type { Words } from "../words/words.ts";
import type { Ending, Json, Run } from "./command.ts";
import type { Output } from "./output.ts";
import type { ProgramParts } from "./program-parts.ts";
import { DONE, FAILED, UNFINISHED } from "./program-parts.ts";

const PARTS = ["worker", "chat"] as const satisfies readonly ServedPart[];

/** Adds the commands. */
export function addServing(program: Command, parts: ProgramParts, run: Run): void {
  const { words } = parts;
  for (const part of PARTS)
    program
      .command(part)
      .description(words.plain(`cli-command-${part}`))
      .option("--json", words.plain("cli-option-json"))
      .action(({ json }: Json) => run(part, json, (output) => serving(part, output, parts)));
}

async function serving(part: ServedPart, output: Output, parts: ProgramParts): Promise<Ending> {
  const { isFailed, isUnfinished } = await parts.serve(part, (news) => tell(news, output, parts.words));
  return { exitCode: isFailed ? FAILED : isUnfinished ? UNFINISHED : DONE, summary: { isUnfinished } };
}

/** The addresses hold the key of the pages: whoever keeps what this prints keeps that too, as with `npm start`. */
function tell(news: ServingNews, output: Output, words: Words): void {
  if (news.kind === "failed") return output.complain(problemOf(news.error, words));
  output.record({ ...news });
  if (news.kind === "waiting") return output.complain(waitingLine(news, words));
  for (const line of servingLines(news, words)) output.say(line);
}

const problemOf = (error: unknown, words: Words): string =>
  error instanceof Error ? errorText(error, words) : words.plain("cli-stopped-unknown");
