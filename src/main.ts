/** The program behind `npm start`: reads the settings, starts Peyk, says where it is, and stops it in order. */
import { once } from "node:events";
import { join } from "node:path";
import type { Config } from "./config.ts";
import { loadConfig, terminalFrom } from "./config.ts";
import { terminalWords } from "./composition/terminal-words.ts";
import { errorText, troubleText } from "./words/trouble-text.ts";
import type { Words } from "./words/words.ts";
import { FullDisk } from "./lib/files/full-disk.ts";
import { problemText, terminalText } from "./lib/text/plain-text.ts";
import { outliveReaders, stopSignal } from "./lib/stop-signals.ts";
import { openLog } from "./composition/log.ts";
import type { RunningPeyk } from "./composition/peyk.ts";
import { startPeyk } from "./composition/peyk.ts";
import { openDataFolder } from "./storage/files/folder/data-folder.ts";

/** Exit codes: requirement of the command line as well. */
const FAILED = 1;
const UNFINISHED = 3;

const say = (line: string): void => void process.stdout.write(`${terminalText(line)}\n`);
const complain = (line: string): void => void process.stderr.write(`${problemText(line)}\n`);

function greet({ pageUrl, monitorUrl }: RunningPeyk, words: Words): void {
  say(
    pageUrl === undefined
      ? words.plain("cli-greet-telegram")
      : words.plain("cli-greet-playground", { url: pageUrl }),
  );
  say(words.plain("cli-greet-monitor", { url: monitorUrl }));
  say(words.plain("cli-greet-key"));
  say(words.plain("cli-greet-stop"));
}

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
  await openDataFolder(config.dataDir, config.store);
  const disk = new FullDisk();
  const { log, close } = openLog(join(config.dataDir, "peyk.log"), { level: config.logLevel, disk });
  try {
    const stopped = once(stopSignal(), "abort").then(() => "stopped" as const);
    let isGreeted = false;
    for (;;) {
      const peyk = await startPeyk({ ...config, disk }, log);
      if (!isGreeted) greet(peyk, words);
      isGreeted = true;
      const end = await endOf(peyk, stopped, words);
      if (end === "stopped") say(words.plain("cli-stopping"));
      else if (end !== "again") complain(end.failure);
      const { isUnfinished } = await peyk.stop();
      if (end === "again") continue;
      if (end !== "stopped") return FAILED;
      return isUnfinished ? UNFINISHED : 0;
    }
  } finally {
    close();
  }
}

/** Why it is to be stopped; `again`: to be started once more, for what is only done in between. */
function endOf(
  { done, mustRestart }: RunningPeyk,
  stopped: Promise<"stopped">,
  words: Words,
): Promise<"stopped" | "again" | { readonly failure: string }> {
  return Promise.race([
    stopped,
    mustRestart.then(() => "again" as const),
    done.then(
      () => "stopped" as const,
      (error: unknown) => ({ failure: asMessage(error, words) }),
    ),
  ]);
}

function asMessage(error: unknown, words: Words): string {
  return error instanceof Error ? errorText(error, words) : words.plain("cli-stopped-unknown");
}

process.exitCode = await main();
