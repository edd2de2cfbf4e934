/** Journal lines: JSON written by {@link JSON.stringify} and read back here, checked without the cost of a schema. */
import type { Entry } from "../../domain/journal.ts";
import { openLogFile } from "../../lib/log/log-file.ts";
import { readLines } from "../../lib/log/log-lines.ts";

const needs: Readonly<Record<Entry["t"], Readonly<Record<string, "number" | "string" | "boolean">>>> = {
  claim: { r: "number", a: "string", n: "number" },
  leaves: { r: "number" },
  sent: { r: "number", id: "string" },
  notFound: { r: "number", why: "string" },
  refused: { r: "number", why: "string" },
  failed: { r: "number", why: "string" },
  uncertain: { r: "number", why: "string" },
  planned: { r: "number", due: "number", free: "boolean", why: "string" },
  skipped: { r: "number", reason: "string" },
  cancelAll: {},
  retryAll: {},
  checkpoint: { names: "number", crc: "number" },
};

const checks = new Map(
  Object.entries(needs).map(([kind, fields]) => [kind, Object.entries({ ...fields, at: "number" })]),
);

/** Reads one line of a journal; throws when it is no entry (the append log adds the file and the line's number). */
export function parseEntry(line: string): Entry {
  const value: unknown = JSON.parse(line);
  if (!isEntry(value)) throw new Error("is no journal entry that this version knows");
  return value;
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null || !("t" in value)) return false;
  if ("by" in value && typeof value.by !== "string") return false;
  if ("p" in value && typeof value.p !== "string") return false;
  if ("v" in value && typeof value.v !== "number") return false;
  if ("w" in value && value.w !== true) return false;
  const fields = checks.get(String(value.t));
  return fields?.every(([field, type]) => typeof Reflect.get(value, field) === type) ?? false;
}

/** Reads every complete entry without touching the file: a campaign that is writing to it goes on undisturbed. */
export async function readJournal(path: string, onEntry: (entry: Entry) => void): Promise<void> {
  const file = await openLogFile(path);
  try {
    await readLines(file, path, (line) => onEntry(parseEntry(line)));
  } finally {
    await file.close();
  }
}
