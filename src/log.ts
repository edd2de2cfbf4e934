import type { Logger } from "pino";
import { destination, multistream, pino } from "pino";
import { problemText, withoutSecrets } from "./lib/plain-text.ts";
import { PRIVATE_FILE } from "./lib/private-files.ts";

/** The program's log: fields first, then a short text. Bodies of messages and tokens are never handed to it. */
export type Log = Logger;

/** The log that is being written; flushed and closed with `close`. */
export interface OpenLog {
  readonly log: Log;
  readonly close: () => void;
}

/** Names of fields whose values would be secrets: cut out should one slip in. */
const SECRETS = ["token", "*.token", "apiKey", "*.apiKey", "url", "*.url", "text", "*.text"];

/**
 * Opens the log: everything goes to the file as JSON lines, warnings and errors to the terminal as well.
 * @param path Appended to; its folder must exist
 */
export function openLog(path: string, level: string): OpenLog {
  const file = destination({ dest: path, sync: true, mode: PRIVATE_FILE });
  const kept = { write: (line: string) => void file.write(withoutSecrets(line)) };
  const terminal = { write: (line: string) => void process.stderr.write(problemText(plainLine(line))) };
  const log = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: SECRETS },
    multistream([
      { level: "trace", stream: kept },
      { level: "warn", stream: terminal },
    ]),
  );
  return { log, close: () => file.end() };
}

/** One JSON line as a person reads it: the text and what belongs to it. */
function plainLine(line: string): string {
  const entry: unknown = JSON.parse(line);
  if (typeof entry !== "object" || entry === null) return line;
  const { msg, level: _, time: __, ...fields } = { msg: "", level: 0, time: "", ...entry };
  const details = Object.values(fields).map((value) =>
    typeof value === "string" ? value : JSON.stringify(value),
  );
  return `${[msg, ...details].join(": ")}\n`;
}
