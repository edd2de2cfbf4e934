/** Elements of lists in JSON as rows: which object inside one is the person, and what the columns are called. */
import type { JsonElement } from "./json-elements.ts";

type JsonRecord = Record<string, unknown>;

/** How deep objects are looked into, and how many columns there may be. */
const DEEPEST = 3;
const MOST_COLUMNS = 1000;

/**
 * The people of one element. In most lists it is one; Instagram's exports keep each name in a list of its own, and an update
 * of a Telegram bot is about whoever it is from.
 */
export function peopleIn({ line, value }: JsonElement): readonly JsonElement[] {
  if (!isRecord(value)) return [{ line, value }];
  const entries = value["string_list_data"];
  if (Array.isArray(entries)) {
    const { string_list_data: _, ...rest } = value;
    return entries.filter(isRecord).map((entry) => ({ line, value: { ...rest, ...entry } }));
  }
  if (typeof value["update_id"] === "number") return [{ line, value: senderOf(value) ?? {} }];
  if (isRecord(value["user"]) && typeof value["status"] === "string") {
    const { user, status } = value;
    return [{ line, value: { ...user, status } }];
  }
  return [{ line, value }];
}

/** Whoever an update comes from. */
function senderOf(update: JsonRecord): JsonRecord | undefined {
  for (const content of Object.values(update))
    if (isRecord(content))
      for (const role of ["from", "user"]) {
        const sender = content[role];
        if (isRecord(sender)) return sender;
      }
  return undefined;
}

/** The names of the values in the first elements; `user.username` for one inside another. */
export function columnsOf(elements: readonly JsonElement[]): readonly string[] | undefined {
  const names = new Set<string>();
  let hasRecords = false;
  for (const { value } of elements) {
    if (!isRecord(value)) continue;
    hasRecords = true;
    for (const [name] of leavesOf(value)) if (names.size < MOST_COLUMNS) names.add(name);
  }
  return hasRecords ? [...names] : undefined;
}

/** The cells of an element, in the order of the columns. */
export function cellsOf(value: unknown, header: readonly string[] | undefined): readonly string[] {
  if (Array.isArray(value)) return value.map(asCell);
  if (!isRecord(value)) return [asCell(value)];
  const leaves = new Map(leavesOf(value));
  return (header ?? []).map((name) => leaves.get(name) ?? "");
}

function* leavesOf(value: JsonRecord, path = "", depth = 1): Generator<[string, string]> {
  for (const [name, one] of Object.entries(value)) {
    const cell = asCell(one);
    if (cell !== "") yield [path + name, cell];
    else if (depth < DEEPEST && isRecord(one)) yield* leavesOf(one, `${path}${name}.`, depth + 1);
  }
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asCell(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
