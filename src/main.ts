/** The program behind `npm start`: reads the settings, starts Peyk, says where it is, and stops it in order. */
import { once } from "node:events";
import { join } from "node:path";
import type { Config } from "./config.ts";
import { loadConfig } from "./config.ts";
import { FullDisk } from "./lib/files/full-disk.ts";
import { problemText, terminalText } from "./lib/text/plain-text.ts";
import { openPrivateFolder } from "./lib/files/private-files.ts";
import { outliveReaders, stopSignal } from "./lib/stop-signals.ts";
import { openLog } from "./composition/log.ts";
import type { RunningPeyk } from "./composition/peyk.ts";
import { startPeyk } from "./composition/peyk.ts";
import { ownNames } from "./storage/files/folder/own-names.ts";

/** Exit codes: requirement of the command line as well. */
const FAILED = 1;
const UNFINISHED = 3;

const say = (line: string): void => void process.stdout.write(`${terminalText(line)}\n`);
const complain = (line: string): void => void process.stderr.write(`${problemText(line)}\n`);

function greet(peyk: RunningPeyk): void {
  if (peyk.pageUrl === undefined)
    say("Peyk is running. Open a chat with your bot in Telegram and press Start.");
  else say(`Peyk is running without a bot token, in the playground. Open ${peyk.pageUrl}`);
  say(`How everything stands, at a glance: ${peyk.monitorUrl}`);
  say("Keep what follows ?key= to yourself: it opens these pages, also after a restart.");
  say("Press Ctrl+C to stop; running campaigns go on at the next start.");
}

async function main(): Promise<number> {
  outliveReaders(process.stdout, process.stderr);
  process.umask(0o077); // a net under the modes that every file is opened with
  const loaded = loadConfig();
  for (const note of loaded.notes) complain(note);
  if (!loaded.ok) {
    for (const problem of loaded.problems) complain(problem);
    return FAILED;
  }
  try {
    return await run(loaded.config);
  } catch (error) {
    complain(asMessage(error));
    return FAILED;
  }
}

async function run(config: Config): Promise<number> {
  await openPrivateFolder(config.dataDir, ownNames);
  const disk = new FullDisk();
  const { log, close } = openLog(join(config.dataDir, "peyk.log"), { level: config.logLevel, disk });
  try {
    const stopped = once(stopSignal(), "abort");
    const peyk = await startPeyk({ ...config, disk }, log);
    greet(peyk);
    const failure = await Promise.race([
      stopped.then(() => undefined),
      peyk.done.then(() => undefined, asMessage),
    ]);
    if (failure !== undefined) complain(failure);
    else say("Stopping: what is in flight is being settled.");
    const { isUnfinished } = await peyk.stop();
    if (failure !== undefined) return FAILED;
    return isUnfinished ? UNFINISHED : 0;
  } finally {
    close();
  }
}

function asMessage(error: unknown): string {
  return error instanceof Error ? error.message : "Peyk stopped for an unknown reason.";
}

process.exitCode = await main();
