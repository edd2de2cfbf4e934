/** `peyk sync`: once, again and again, or only the comparison. */
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { Comparison, SyncEvent } from "../app/sync-control.ts";
import { isInterval, linesOf, remarkOn } from "../app/sync-control.ts";
import type { Ending, Json, Run } from "./command.ts";
import type { Output } from "./output.ts";
import type { OpenSync, ProgramParts } from "./program-parts.ts";
import { DONE, FAILED } from "./program-parts.ts";

interface SyncOptions extends Json {
  readonly watch?: boolean;
  /** Seconds. */
  readonly interval?: number;
  readonly check?: boolean;
  readonly sql?: boolean;
}

const HELP = `
May run while Peyk is at work. docs/sync.md says what is kept where and what comes back.

Examples:
  $ peyk sync
  $ peyk sync --watch --interval 60
  $ peyk sync --check`;

/** Adds the command. */
export function addSync(program: Command, parts: ProgramParts, run: Run): void {
  program
    .command("sync")
    .description("copy campaigns, results, leads and the do-not-send list to the database in DATABASE_URL")
    .option("--watch", "go on copying what changes, until it is stopped")
    .option(
      "--interval <seconds>",
      "between two rounds of --watch, from 1 (default: SYNC_INTERVAL, 300)",
      seconds,
    )
    .option("--check", "copy nothing; say whether both sides are equal, and list differences")
    .option(
      "--sql",
      "print what an administrator runs where this role may make no tables; touches no database",
    )
    .option("--json", "one JSON object a line")
    .addHelpText("after", HELP)
    .action((options: SyncOptions) => run("sync", options.json, (output) => sync(options, output, parts)));
}

function seconds(text: string): number {
  const interval = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (!isInterval(interval))
    throw new InvalidArgumentError("Give a whole number of seconds from 1 to 86400.");
  return interval;
}

async function sync(options: SyncOptions, output: Output, parts: ProgramParts): Promise<Ending> {
  if (options.sql === true) return printSql(parts.syncSql(), output);
  const opened = parts.openSync((event) => tell(event, output));
  if (options.check === true) return tellComparison(await opened.compare(), output);
  if (options.watch === true) return watch(opened, options, output, parts.interrupted);
  if (options.interval !== undefined) output.complain("--interval only counts together with --watch.");
  const round = await opened.once(parts.interrupted);
  if (!round.isLeading)
    output.complain("Another sync is at work on this database; this one copied nothing. Stop one of them.");
  else if (round.lines === 0) output.say("Nothing new to copy.");
  const isWhole = round.isLeading && round.unreadable.length === 0;
  return { exitCode: isWhole ? DONE : FAILED, summary: { ...round } };
}

async function printSql(sql: string, output: Output): Promise<Ending> {
  if (!output.isJson) await output.pour(sql);
  return { exitCode: DONE, summary: { sql } };
}

async function watch(
  opened: OpenSync,
  { interval }: SyncOptions,
  output: Output,
  interrupted: AbortSignal,
): Promise<Ending> {
  const intervalS = interval ?? opened.defaultIntervalS;
  sayInterval(intervalS, output);
  const { lastRound: _, ...status } = await opened.watch(intervalS * 1000, interrupted);
  output.say(`Stopped. ${status.successes} rounds, ${status.lines} lines, ${status.retries} retries.`);
  return { exitCode: DONE, summary: { interval: intervalS, ...status } };
}

function sayInterval(intervalS: number, output: Output): void {
  const remark = remarkOn(intervalS);
  const realTime = remark === "realTime" ? "in real-time: " : "";
  const often = intervalS === 1 ? "every second" : `every ${intervalS} s`;
  output.say(`Copying to the database ${realTime}${often}. Ctrl+C stops it.`);
  if (remark) output.complain(`Warning: copying ${often} asks much of a database; 300 s are the default.`);
  output.record({ kind: "watching", interval: intervalS, remark });
}

/** What happens on the way, in words for people; machines get the event itself. */
function tell(event: SyncEvent, output: Output): void {
  output.record({ ...event });
  for (const { text, isProblem } of linesOf(event))
    if (isProblem) output.complain(text);
    else output.say(text);
}

function tellComparison(comparison: Comparison, output: Output): Ending {
  const { isEqual, campaigns, recipients, suppressions, leads, behind, differences, first } = comparison;
  const compared = `${campaigns} campaigns, ${recipients} recipients, ${suppressions} on the do-not-send list, ${leads} leads`;
  for (const difference of first) {
    const { what, here, there } = difference;
    output.say(`${what}: here ${shown(here)}, in the database ${shown(there)}`);
    output.record({ kind: "difference", ...difference });
  }
  if (behind > 0) output.say(`${behind} lines have not been copied yet.`);
  output.say(isEqual ? `Equal: ${compared}.` : `Not equal: ${differences} differences in ${compared}.`);
  return {
    exitCode: isEqual ? DONE : FAILED,
    summary: { isEqual, campaigns, recipients, suppressions, leads, behind, differences },
  };
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
