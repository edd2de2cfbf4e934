import { setImmediate as nextTurn } from "node:timers/promises";
import type { ListReader, OpenReading } from "../../lists/list-reader.ts";
import type { Clock } from "../../lib/clock.ts";
import type { ListStore } from "../../storage/ports/lists.ts";
import type { SuppressionStore } from "../../storage/ports/people.ts";
import type { SuppressionReason } from "../../domain/people/suppression.ts";
import type { ListChoices, ListProblem, ListSource, WhatWasRead } from "../lists/list-report.ts";
import { ListTally } from "../lists/list-tally.ts";
import { openingProblem, readingProblem } from "../lists/reading-problem.ts";

/** A list of people not to be written to, as somebody sent it. */
export interface OptOuts {
  readonly source: Extract<ListSource, { kind: "file" | "text" }>;
  readonly reason: SuppressionReason;
  readonly note?: string;
  /** What was answered to earlier questions. Where no sheet is named, all that can be seen are read. */
  readonly choices?: ListChoices;
}

/** Who is on a list; `read = usernames.length + duplicates + invalid`. */
export interface OptOutsRead extends WhatWasRead {
  readonly kind: "read";
  /** Normalised, each once. */
  readonly usernames: readonly string[];
  readonly read: number;
  readonly duplicates: number;
  /** Rows that name nobody, and so keep nobody from being written to. */
  readonly invalid: number;
  /** The rows that name nobody, for {@link App.rejectedRows}; absent when there are none. To be discarded after. */
  readonly listId?: string;
}

/** What became of a whole list; `read = changed + unchanged + duplicates + invalid`. */
export interface OptOutReport extends Omit<OptOutsRead, "kind" | "usernames"> {
  readonly kind: "report";
  readonly changed: number;
  readonly unchanged: number;
}

/** What a list of opt-outs is read with. */
export interface ImportParts {
  readonly reader: Pick<ListReader, "read">;
  readonly lists: Pick<ListStore, "create">;
}

interface Parts extends ImportParts {
  readonly suppression: Pick<SuppressionStore, "add" | "questions">;
  readonly clock: Pick<Clock, "now">;
}

/**
 * Puts everybody on a list on the do-not-send list; all of them or, where it ends in a problem, nobody. Whoever is there
 * already stays as they are.
 */
export async function importOptOuts(
  parts: Parts,
  optOuts: OptOuts,
  signal?: AbortSignal,
): Promise<OptOutReport | ListProblem> {
  const read = await readOptOuts(parts, optOuts, signal);
  if (read.kind === "problem") return read;
  return optOutReport(read, await addAll(parts, read.usernames, { ...optOuts, keepsKnown: true }));
}

/** @param changed How many of them were not on the do-not-send list before */
export function optOutReport({ usernames, ...read }: OptOutsRead, changed: number): OptOutReport {
  return { ...read, kind: "report", changed, unchanged: usernames.length - changed };
}

/** Reads a list to its end, and changes nothing. */
export async function readOptOuts(
  parts: ImportParts,
  { source, choices = {} }: Pick<OptOuts, "source" | "choices">,
  signal?: AbortSignal,
): Promise<OptOutsRead | ListProblem> {
  const isNamed = choices.sheet !== undefined || choices.sheets !== undefined;
  const sheets = isNamed ? {} : { allSheets: true };
  try {
    const input =
      source.kind === "text" ? source : { kind: source.kind, path: source.path, name: source.name };
    const opened = await parts.reader.read(input, {
      hasShortNames: true, // an opt-out that is missed is a wrong recipient
      choices: { ...choices, ...sheets, optOuts: true },
      ...(signal ? { signal } : {}),
    });
    if (!("batches" in opened)) return openingProblem(opened);
    await using reading = opened;
    return await readAll(parts, reading);
  } catch (error) {
    return readingProblem(error);
  }
}

async function readAll({ lists }: ImportParts, reading: OpenReading): Promise<OptOutsRead | ListProblem> {
  await using writer = await lists.create([]);
  const tally = new ListTally();
  const usernames: string[] = [];
  for await (const batch of reading.batches) {
    await tally.take(batch, writer);
    for (const { username } of batch.names) usernames.push(username);
    await nextTurn();
  }
  const problem = tally.problem();
  if (problem) return problem;
  const { read, duplicates, invalid } = tally.counts();
  return {
    kind: "read",
    usernames,
    read,
    duplicates,
    invalid,
    ...(invalid > 0 ? { listId: (await writer.finish()).listId } : {}),
    ...tally.whatWasRead(reading),
  };
}

/** Names added in one go; each such step holds everybody else up. */
const AT_ONCE = 1000;

/** What names are put on the list for. */
export interface AddedFor extends Pick<OptOuts, "reason"> {
  readonly note?: string | undefined;
  /** Whoever is on it already keeps reason, note and moment: the list of a file says nothing newer of them. */
  readonly keepsKnown?: boolean | undefined;
}

/** Puts names on the do-not-send list; answers how many were new there. */
export async function addAll(
  { suppression, clock }: Pick<Parts, "suppression" | "clock">,
  usernames: readonly string[],
  { reason, note, keepsKnown = false }: AddedFor,
): Promise<number> {
  const why = { reason, at: clock.now(), ...(note === undefined ? {} : { note }) };
  let changed = 0;
  for (let start = 0; start < usernames.length; start += AT_ONCE) {
    const some = usernames.slice(start, start + AT_ONCE);
    const reasonFor = await suppression.questions();
    changed += await suppression.add(keepsKnown ? some.filter((name) => !reasonFor(name)) : some, why);
  }
  return changed;
}
