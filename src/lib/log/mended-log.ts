/**
 * A log whose owner goes on without the lines that can't be understood any more. Promises that nothing is lost by it: the
 * file as it was is kept beside it, and on disk, before the log goes on without them.
 */
import { isUtf8 } from "node:buffer";
import { constants } from "node:fs";
import { copyFile, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { AppendLog, AppendLogParts } from "./append-log.ts";
import { openAppendLog } from "./append-log.ts";
import { writeFileAtomically } from "../files/atomic-file.ts";
import { CorruptLogError } from "./log-lines.ts";
import type { OnLine } from "./log-lines.ts";
import { syncFolder } from "../files/sync-folder.ts";
import { TroubledError } from "../trouble.ts";

/** Lines that were taken out of a log. */
export interface SetAside {
  /** Says where the first of them was. */
  readonly error: CorruptLogError;
  /** As far as they are text. */
  readonly lines: readonly string[];
  /** Where the whole file is kept as it was. */
  readonly keptAs: string;
}

export interface MendedLogOptions extends AppendLogParts {
  /** May be given the same lines a second time, from the first one on. */
  readonly onLine: OnLine;
  readonly onSetAside: (setAside: SetAside) => void;
}

/** Opens a log; lines that `onLine` throws at are set aside and told, and all the others count. */
export async function openMendedLog(path: string, options: MendedLogOptions): Promise<AppendLog> {
  try {
    return await openAppendLog(path, options);
  } catch (error) {
    if (!(error instanceof CorruptLogError)) throw error;
    options.beforeWrite?.();
    const keptAs = await keptCopy(path);
    const { good, bad } = sorted(await readFile(path), options.onLine);
    await writeFileAtomically(path, good);
    options.onSetAside({ error, keptAs, lines: bad });
    return openAppendLog(path, options);
  }
}

/** What is told of it. */
export function setAsideError({ error, lines, keptAs }: SetAside): TroubledError {
  const count = lines.length === 1 ? "1 line" : `${lines.length} lines`;
  return new TroubledError(
    `${error.path}, line ${error.lineNumber} can't be understood. It goes on without ${count}; the file as it was is kept as ${keptAs}.`,
    { code: "linesLeftOut", with: { what: error.trouble, count: lines.length, path: keptAs } },
  );
}

async function keptCopy(path: string): Promise<string> {
  for (let n = 1; ; n++) {
    const keptAs = `${path}.broken-${n}`;
    const isTaken = await copyFile(path, keptAs, constants.COPYFILE_EXCL).then(
      () => false,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
        return true;
      },
    );
    if (isTaken) continue;
    await using file = await open(keptAs, "r+");
    await file.sync();
    await syncFolder(dirname(path));
    return keptAs;
  }
}

function sorted(bytes: Buffer, onLine: OnLine) {
  const good: string[] = [];
  const bad: string[] = [];
  let lineNumber = 0;
  for (let start = 0, end = 0; (end = bytes.indexOf("\n", start)) >= 0; start = end + 1) {
    const line = bytes.subarray(start, end);
    const text = line.toString();
    lineNumber++;
    if (isUtf8(line) && isUnderstood(text, lineNumber, onLine)) good.push(`${text}\n`);
    else bad.push(text);
  }
  return { good, bad };
}

function isUnderstood(text: string, lineNumber: number, onLine: OnLine): boolean {
  try {
    onLine(text, lineNumber);
    return true;
  } catch {
    return false;
  }
}
