/** A journal's entries as they are kept, checked without the cost of a schema. */
import type { Entry } from "../../../domain/journal.ts";
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

/** @throws {TroubledError} when it is no entry; whoever reads adds where it stands */
export function entryIn(value: unknown): Entry {
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
