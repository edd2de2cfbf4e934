import type { LogFn, Logger } from "pino";
import { destination, multistream, pino } from "pino";
import type { FullDisk } from "../lib/files/full-disk.ts";
import { DISK_IS_FULL } from "../lib/files/full-disk.ts";
import { problemText, withoutSecrets } from "../lib/text/plain-text.ts";
import { PRIVATE_FILE } from "../lib/files/private-files.ts";

/** The program's log: fields first, then a short text. Bodies of messages and tokens are never handed to it. */
export type Log = Logger;

/** The log that is being written; flushed and closed with `close`. */
export interface OpenLog {
  readonly log: Log;
  readonly close: () => void;
}

export interface LogSettings {
  readonly level: string;
  /** What is known of the disk's room. */
  readonly disk: FullDisk;
}

/** Names of fields whose values would be secrets: cut out should one slip in. */
const SECRETS = ["token", "*.token", "apiKey", "*.apiKey", "url", "*.url", "text", "*.text"];

/**
 * Opens the log: everything goes to the file as JSON lines, warnings and errors to the terminal as well.
 * What a full disk makes fail is told once, and a line that has no room there is lost without a word.
 * @param path Appended to; its folder must exist
 */
export function openLog(path: string, { level, disk }: LogSettings): OpenLog {
  const file = destination({ dest: path, sync: true, mode: PRIVATE_FILE });
  let sight: ReturnType<FullDisk["sees"]> = "other";
  const kept = {
    write(line: string) {
      sight = disk.sees(line);
      if (sight === "again") return;
      try {
        file.write(withoutSecrets(line));
      } catch (error) {
        if (disk.sees(String(error)) === "first") tell(`${DISK_IS_FULL}\n`);
      }
    },
  };
  const terminal = {
    write(line: string) {
      if (sight === "again") return;
      tell(plainLine(line));
      if (sight === "first") tell(`${DISK_IS_FULL}\n`);
    },
  };
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: SECRETS,
      hooks: { logMethod: inOneLine },
    },
    multistream([
      { level: "trace", stream: kept },
      { level: "warn", stream: terminal },
    ]),
  );
  return { log, close: () => file.end() };
}

/** Of an error alone its message is logged: where in the code it arose helps nobody who reads it. */
function inOneLine(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const [first] = args as readonly unknown[];
  method.apply(this, first instanceof Error && args.length === 1 ? [first.message] : args);
}

function tell(text: string): void {
  process.stderr.write(problemText(text));
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
