/** Reasons as they stand on disk and in other stores: codes, and from earlier versions sentences. */
import { reasonOfSentence } from "./earlier-sentences.ts";
import type { PlainReason, Reason } from "./reason.ts";
import { plainReasons } from "./reason.ts";

const plain: ReadonlySet<unknown> = new Set(plainReasons);

/** The detail that each reason with details has. */
const details: ReadonlyMap<unknown, string> = new Map([
  ["channelNotSetUp", "channel"],
  ["systemError", "system"],
  ["pgError", "sqlstate"],
  ["unexpected", "error"],
  ["foreign", "text"],
]);

/** Longest text of somebody else's that is kept and shown, in characters (UTF-16 code units). */
const LONGEST_TEXT = 160;

/** Tells whether a value is a reason as this version writes them. */
export function isReason(value: unknown): value is Reason {
  return isPlain(value) || isDetailed(value);
}

/** Reads what a journal or a document has for a reason; what is not known is kept as the text it is. */
export function reasonFrom(value: unknown): Reason {
  if (isReason(value)) return value;
  if (typeof value === "string") return reasonOfSentence(value) ?? foreign(value);
  return foreign(JSON.stringify(value) ?? "");
}

/** One text for stores that keep texts: the code alone, or JSON where there are details. */
export function textOfReason(reason: Reason): string {
  return typeof reason === "string" ? reason : JSON.stringify(reason);
}

/** Reads such a text; one that an earlier version wrote too. */
export function reasonOfText(text: string): Reason {
  if (!text.startsWith("{")) return reasonFrom(text);
  try {
    return reasonFrom(JSON.parse(text));
  } catch {
    return foreign(text);
  }
}

function isPlain(value: unknown): value is PlainReason {
  return plain.has(value);
}

function isDetailed(value: unknown): value is Exclude<Reason, PlainReason> {
  if (typeof value !== "object" || value === null || !("code" in value)) return false;
  const detail = details.get(value.code);
  return detail !== undefined && typeof Reflect.get(value, detail) === "string";
}

/** In one line, without what no text may hold. */
function foreign(text: string): Reason {
  const clean = text.replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, " ").trim();
  return clean === "" ? "unsaid" : { code: "foreign", text: clean.slice(0, LONGEST_TEXT) };
}
