/** The program behind `npm start`: reads the settings, starts Peyk, says where it is, and stops it in order. */
import type { Config } from "./config.ts";
import { loadConfig, terminalFrom } from "./config.ts";
import { terminalWords } from "./composition/terminal-words.ts";
import { errorText, troubleText } from "./words/trouble-text.ts";
import type { Words } from "./words/words.ts";
import { problemText, terminalText } from "./lib/text/plain-text.ts";
import { outliveReaders, stopSignal } from "./lib/stop-signals.ts";
import { serve } from "./composition/serving/serve.ts";
import { servingLines, waitingLine } from "./words/serving-lines.ts";

/** Exit codes: requirement of the command line as well. */
const FAILED = 1;
const UNFINISHED = 3;

const say = (line: string): void => void process.stdout.write(`${terminalText(line)}\n`);
const complain = (line: string): void => void process.stderr.write(`${problemText(line)}\n`);

async function main(): Promise<number> {
  outliveReaders(process.stdout, process.stderr);
  process.umask(0o077); // a net under the modes that every file is opened with
  const loaded = loadConfig();
  const words = terminalWords(loaded, terminalFrom().language);
  for (const note of loaded.notes) complain(troubleText(note, words));
  if (!loaded.ok) {
    for (const problem of loaded.problems) complain(troubleText(problem, words));
    return FAILED;
  }
  try {
    return await run(loaded.config, words);
  } catch (error) {
    complain(asMessage(error, words));
    return FAILED;
  }
}

async function run(config: Config, words: Words): Promise<number> {
  const stopped = stopSignal();
  const { isFailed, isUnfinished } = await serve(config, {
    part: "everything",
    stopped,
    tell(news) {
      if (news.kind === "failed") return complain(asMessage(news.error, words));
      if (news.kind === "waiting") return complain(waitingLine(news, words));
      for (const line of servingLines(news, words)) say(line);
    },
  });
  if (isFailed) return FAILED;
  return isUnfinished ? UNFINISHED : 0;
}

function asMessage(error: unknown, words: Words): string {
  return error instanceof Error ? errorText(error, words) : words.plain("cli-stopped-unknown");
}

process.exitCode = await main();
