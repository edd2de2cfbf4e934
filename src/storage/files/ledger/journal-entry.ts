/** Journal lines: JSON written by {@link JSON.stringify} and read back here, checked without the cost of a schema. */
import type { Entry } from "../../../domain/journal.ts";
import type { LogPosition } from "../../../lib/log/log-part.ts";
import { LOG_START, readLogTail } from "../../../lib/log/log-part.ts";
import { reasonFrom } from "../../../domain/reasons/stored-reason.ts";
import { TroubledError } from "../../../lib/trouble.ts";

/** `reason`: whatever stands there is read as one. */
type Type = "number" | "string" | "boolean" | "reason";

const needs: Readonly<Record<Entry["t"], Readonly<Record<string, Type>>>> = {
  claim: { r: "number", a: "string", n: "number" },
  leaves: { r: "number" },
  sent: { r: "number", id: "string" },
  notFound: { r: "number", why: "reason" },
  refused: { r: "number", why: "reason" },
  failed: { r: "number", why: "reason" },
  uncertain: { r: "number", why: "reason" },
  planned: { r: "number", due: "number", free: "boolean", why: "reason" },
  skipped: { r: "number", reason: "string" },
  cancelAll: {},
  retryAll: {},
  checkpoint: { names: "number", crc: "number" },
};

const checks = new Map(
  Object.entries(needs).map(([kind, fields]) => [kind, Object.entries<Type>({ ...fields, at: "number" })]),
);

/** Reads one line of a journal; throws when it is no entry (the append log adds the file and the line's number). */
export function parseEntry(line: string): Entry {
  const value: unknown = JSON.parse(line);
  if (!isEntry(value))
    throw new TroubledError("is no journal entry that this version knows", { code: "lineNoEntry" });
  return "why" in value ? { ...value, why: reasonFrom(value.why) } : value;
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null || !("t" in value)) return false;
  if ("by" in value && typeof value.by !== "string") return false;
  if ("p" in value && typeof value.p !== "string") return false;
  if ("v" in value && typeof value.v !== "number") return false;
  if ("l" in value && typeof value.l !== "string") return false;
  if ("w" in value && value.w !== true) return false;
  const fields = checks.get(String(value.t));
  return fields?.every(([field, type]) => isOfType(Reflect.get(value, field), type)) ?? false;
}

function isOfType(value: unknown, type: Type): boolean {
  return type === "reason" ? value !== undefined : typeof value === type;
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
