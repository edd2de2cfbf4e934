#!/usr/bin/env node
/** The `peyk` command: gives the command line what it needs of this machine, and ends with its exit code. */
import { examine } from "./app/doctor.ts";
import { runProgram } from "./cli/program.ts";
import type { OpenPeyk, OpenRequest, TextSink } from "./cli/surroundings.ts";
import { checkChannels } from "./check-channels.ts";
import type { Config } from "./config.ts";
import { loadConfig } from "./config.ts";
import { botOf, openCore } from "./core.ts";
import { createDayOf } from "./domain/calendar-day.ts";
import { ValidationError } from "./domain/errors.ts";
import { systemClock } from "./lib/clock.ts";
import { openSync } from "./open-sync.ts";
import { createFileArchive } from "./storage/files/archive.ts";

/** A terminal that can't say how wide it is. */
const COLUMNS = 80;

function sink(stream: NodeJS.WriteStream): TextSink {
  stream.on("error", () => undefined); // whoever read along has gone (`peyk … | head`); the work goes on
  const { isTTY, columns } = stream;
  return { write: (text) => void stream.write(text), ...(isTTY ? { columns: columns || COLUMNS } : {}) };
}

/** Fires at the first signal; a second one ends the program at once, which costs nothing but a few doubts. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => controller.abort(new Error(signal)));
  return controller.signal;
}

function settings(): Config {
  const loaded = loadConfig();
  if (!loaded.ok) throw new ValidationError(loaded.problems.join("\n"));
  return loaded.config;
}

async function open({ purpose, concurrency }: OpenRequest): Promise<OpenPeyk> {
  const config = settings();
  const core = await openCore(
    {
      ...config,
      ...botOf(config),
      isAtRest: purpose !== "send",
      ...(concurrency === undefined ? {} : { concurrency }),
    },
    { error: (message) => void process.stderr.write(`${message}\n`) },
  );
  // The other campaigns only count in the accounts' budgets: this command was not asked to send for them.
  if (purpose !== "look") await core.recover(() => false);
  return { app: core.app, timeZone: config.timeZone, close: async () => void (await core.close()) };
}

async function checkedAccounts(config: Config) {
  const { openTelegram } = botOf(config);
  return checkChannels({ ...config, ...(openTelegram ? { telegram: await openTelegram() } : {}) });
}

/** Wrong settings are a finding like any other; what they hide is looked at by the defaults. */
function examineAll() {
  const loaded = loadConfig();
  const { dataDir, timeZone } = loaded.ok ? loaded.config : { dataDir: "data", timeZone: "UTC" };
  return examine({
    configProblems: loaded.ok ? [] : loaded.problems,
    archive: createFileArchive(dataDir),
    clock: systemClock,
    dayOf: createDayOf(timeZone),
    ...(loaded.ok ? { accounts: () => checkedAccounts(loaded.config) } : {}),
  });
}

process.exitCode = await runProgram(process.argv.slice(2), {
  clock: systemClock,
  out: sink(process.stdout),
  err: sink(process.stderr),
  interrupted: interruption(),
  open,
  examine: examineAll,
  openSync: (tell) => openSync(settings(), tell),
});
