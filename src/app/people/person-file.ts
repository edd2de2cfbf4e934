/** Everything that is kept of one person as a file, for them or for whoever is asked for it. */
import type { MadeFile } from "../../lib/files/made-file.ts";
import type { PersonRecord } from "../../storage/ports/person-reads.ts";
import type { Who } from "./who.ts";

/** Rises when a program that reads the file must know. */
const VERSION = 1;

/** @param at ms since the epoch */
export function personFile(who: Who, records: readonly PersonRecord[], at: number): MadeFile {
  const { unknown, ...found } = who;
  const content = {
    format: "peyk-person",
    version: VERSION,
    exportedAt: new Date(at).toISOString(),
    ...found,
    // What could not be looked into: then this is not all.
    unreadable: unknown.map(({ what, name, error }) => ({ what, name, problem: error?.message })),
    records,
  };
  return { name: `${who.asked}-person.json`, open: () => [`${JSON.stringify(content, null, 2)}\n`] };
}
