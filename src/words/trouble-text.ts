import type { Reason } from "../domain/reasons/reason.ts";
import { isReason } from "../domain/reasons/stored-reason.ts";
import type { Trouble } from "../lib/trouble.ts";
import { troublesOf } from "../lib/trouble.ts";
import type { PlainWords } from "./plain-words.ts";
import type { Words } from "./words.ts";
import { reasonText } from "./reason-text.ts";
import { SaidError } from "./said-error.ts";

/** Whoever has no calendar says the day of a moment as programs do. */
type TroubleWords = PlainWords & Partial<Pick<Words, "date">>;

/** Says a trouble in one line; what it holds within it is worded first, and a `moment` by its day. */
export function troubleText({ code, with: details = {} }: Trouble, words: TroubleWords): string {
  const said = Object.entries(details).map(([name, value]) => [
    name,
    typeof value === "object" ? troubleText(value, words) : dayOr(name, value, words),
  ]);
  return words.plain(`trouble-${code}`, Object.fromEntries(said));
}

function dayOr(name: string, value: string | number, words: TroubleWords): string | number {
  if (name !== "moment" || typeof value !== "number") return value;
  return words.date?.(value) ?? new Date(value).toISOString().slice(0, "2026-03-21".length);
}

/**
 * Says what was thrown, a line a trouble. Of what nobody foresaw only the error's own words are known, which are English:
 * in another language they stand apart as what the program said.
 */
export function errorText(error: unknown, words: Pick<Words, "plain" | "locale"> & TroubleWords): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof SaidError) return message;
  const troubles = troublesOf(error);
  if (troubles.length > 0) return troubles.map((one) => troubleText(one, words)).join("\n");
  if (words.locale === "en") return message;
  const why = reasonIn(error);
  return why === undefined
    ? words.plain("trouble-unexpected", { text: message })
    : `${reasonText(why, words)}.`;
}

/** The code of the copy's errors, whose words are the database's. */
function reasonIn(error: unknown): Reason | undefined {
  const why: unknown = error instanceof Error && "reason" in error ? error.reason : undefined;
  return isReason(why) ? why : undefined;
}
