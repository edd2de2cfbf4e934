/** Journal lines: JSON written by {@link JSON.stringify} and read back here. */
import type { Entry } from "../../../domain/journal.ts";
import type { LogPosition } from "../../../lib/log/log-part.ts";
import { LOG_START, readLogTail } from "../../../lib/log/log-part.ts";
import { entryIn } from "../../ports/documents/journal-entry.ts";

/** Reads one line of a journal; throws when it is no entry (the append log adds the file and the line's number). */
export function parseEntry(line: string): Entry {
  return entryIn(JSON.parse(line));
}

/**
 * Hands out every complete entry after a position without touching the file: a campaign that is writing to it goes on
 * undisturbed. A journal that is not there yet has none.
 * @returns The position behind them; undefined when what is before the given one is not what was there
 */
export function readJournalTail(
  path: string,
  from: LogPosition,
  onEntry: (entry: Entry) => void,
): Promise<LogPosition | undefined> {
  return readLogTail(path, from, (line) => onEntry(parseEntry(line)));
}

/** The same from its start. */
export async function readJournal(path: string, onEntry: (entry: Entry) => void): Promise<void> {
  await readJournalTail(path, LOG_START, onEntry);
}
