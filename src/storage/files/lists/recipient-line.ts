/** One line of a recipients file: `["username","value1","value2"]`, the values in the order of the list's columns. */
import { TroubledError } from "../../../lib/trouble.ts";

export interface RecipientLine {
  readonly username: string;
  /** May be shorter than the columns: empty values at the end are left out. */
  readonly values: readonly string[];
}

/** Formats a line, with its newline. */
export function formatRecipient(username: string, values: readonly string[]): string {
  let used = values.length;
  while (used > 0 && values[used - 1] === "") used--;
  return `${JSON.stringify([username, ...values.slice(0, used)])}\n`;
}

/** Reads a line; throws, in a few words, when it is none. */
export function parseRecipient(line: string): RecipientLine {
  const cells: unknown = JSON.parse(line);
  if (!isTexts(cells))
    throw new TroubledError('is not of the form ["username","value",…]', { code: "lineNoList" });
  const username = cells.shift();
  if (username === undefined || username === "")
    throw new TroubledError("has no username", { code: "lineNoUsername" });
  return { username, values: cells };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((cell) => typeof cell === "string");
}
