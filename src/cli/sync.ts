/** `peyk sync`: once, again and again, or only the comparison. */
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { Comparison, SyncEvent } from "../app/sync-control.ts";
import { isInterval, remarkOn } from "../app/sync-control.ts";
import type { Ending, Json, Run } from "./command.ts";
import type { Output } from "./output.ts";
import type { OpenSync, ProgramParts } from "./program-parts.ts";
import { DONE, FAILED } from "./program-parts.ts";
import { typed } from "../words/markup.ts";
import { syncToldLines } from "../words/sync-told.ts";
import type { Words } from "../words/words.ts";
import { helpText } from "./help.ts";
import { bareReason } from "../words/reason-text.ts";
import { codeOf } from "../domain/reasons/reason.ts";

interface SyncOptions extends Json {
  readonly watch?: boolean;
  /** Seconds. */
  readonly interval?: number;
  readonly check?: boolean;
  readonly sql?: boolean;
}

const EXAMPLES = `  $ peyk sync
  $ peyk sync --watch --interval 60
  $ peyk sync --check`;

/** Adds the command. */
export function addSync(program: Command, parts: ProgramParts, run: Run): void {
  const { words } = parts;
  program
    .command("sync")
    .description(words.plain("cli-command-sync"))
    .option("--watch", words.plain("cli-option-watch"))
    .option("--interval <seconds>", words.plain("cli-option-interval"), (text: string) =>
      seconds(text, words),
    )
    .option("--check", words.plain("cli-option-check"))
    .option("--sql", words.plain("cli-option-sql"))
    .option("--json", words.plain("cli-option-json"))
    .addHelpText("after", helpText(words, "sync", EXAMPLES))
    .action((options: SyncOptions) => run("sync", options.json, (output) => sync(options, output, parts)));
}

function seconds(text: string, words: Words): number {
  const digits = typed(text);
  const interval = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  if (!isInterval(interval)) throw new InvalidArgumentError(words.plain("cli-seconds-wrong"));
  return interval;
}

async function sync(options: SyncOptions, output: Output, parts: ProgramParts): Promise<Ending> {
  const { words } = parts;
  if (options.sql === true) return printSql(await parts.syncSql(), output);
  const opened = await parts.openSync((event) => tell(event, output, words));
  if (options.check === true) return tellComparison(await opened.compare(), output, words);
  if (options.watch === true) return watch(opened, options, output, parts);
  if (options.interval !== undefined) output.complain(words.plain("cli-sync-interval-alone"));
  const round = await opened.once(parts.interrupted);
  if (!round.isLeading) output.complain(words.plain("cli-sync-other"));
  else if (round.lines === 0) output.say(words.plain("cli-sync-nothing"));
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
  { interrupted, words }: ProgramParts,
): Promise<Ending> {
  const intervalS = interval ?? opened.defaultIntervalS;
  sayInterval(intervalS, output, words);
  const { lastRound: _, ...status } = await opened.watch(intervalS * 1000, interrupted);
  const { successes: rounds, lines, retries } = status;
  output.say(words.plain("cli-sync-stopped", { rounds, lines, retries }));
  const { lastError: last } = status;
  const lastError = last === undefined ? {} : { lastError: bareReason(last, words), reason: codeOf(last) };
  return { exitCode: DONE, summary: { interval: intervalS, ...status, ...lastError } };
}

function sayInterval(intervalS: number, output: Output, words: Words): void {
  const remark = remarkOn(intervalS);
  const often =
    intervalS === 1
      ? words.plain("cli-sync-second")
      : words.plain("cli-sync-seconds", { seconds: intervalS });
  output.say(words.plain(remark === "realTime" ? "cli-sync-real-time" : "cli-sync-watching", { often }));
  if (remark) output.complain(words.plain("cli-sync-remark", { often }));
  output.record({ kind: "watching", interval: intervalS, remark });
}

/** What happens on the way, in words for people; machines get the event itself. */
function tell(event: SyncEvent, output: Output, words: Words): void {
  output.record({ ...event });
  for (const { text, isProblem } of syncToldLines(event, words))
    if (isProblem) output.complain(text);
    else output.say(text);
}

function tellComparison(comparison: Comparison, output: Output, words: Words): Ending {
  const { isEqual, campaigns, recipients, suppressions, leads, behind, differences, first } = comparison;
  const compared = words.plain("cli-sync-compared", { campaigns, recipients, suppressions, leads });
  for (const difference of first) {
    const { what, here, there } = difference;
    output.say(
      words.plain("cli-sync-difference", { what, here: shown(here, words), there: shown(there, words) }),
    );
    output.record({ kind: "difference", ...difference });
  }
  if (behind > 0) output.say(words.plain("cli-sync-behind", { count: behind }));
  output.say(
    isEqual
      ? words.plain("cli-sync-equal", { compared })
      : words.plain("cli-sync-different", { compared, count: differences }),
  );
  return {
    exitCode: isEqual ? DONE : FAILED,
    summary: { isEqual, campaigns, recipients, suppressions, leads, behind, differences },
  };
}

function shown(value: unknown, words: Words): string {
  return value === undefined ? words.plain("cli-sync-thing-missing") : JSON.stringify(value);
}
