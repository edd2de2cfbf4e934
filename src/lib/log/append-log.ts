/**
 * The append-only line log: one line an event, durable when `append` resolves. Owns its file's tail: concurrent appends
 * share one write and one sync, a torn last line is dropped on opening, a bad line elsewhere is an error that names it.
 *
 * The states: *open* takes lines; *broken* (entered by the first failed write or sync, never left) rejects every
 * waiting and later append with that same error, because after a failed sync nobody knows what the disk holds, and
 * after half a line nothing may follow; *closed* has flushed what waited. A log that `outlivesFullDisk` stays open when a
 * write finds no room: whoever appended is told, half a line is cut off again, and the next one is tried.
 */
import { dirname } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { LogFile } from "./log-file.ts";
import { openLogFile } from "./log-file.ts";
import type { LineStart, OnLine } from "./log-lines.ts";
import { readLines } from "./log-lines.ts";
import { syncFolder } from "../files/sync-folder.ts";

export interface AppendLogParts {
  /** Given every line already in the file; see {@link readLines} for what may be kept of it. */
  readonly onLine?: OnLine;
  /** Lines before it are known already and not read; absent: there are none such. */
  readonly from?: LineStart;
  /**
   * Called right before each write; throwing (the lease is lost) breaks the log before a byte of it is written, and
   * fails the opening before a torn line is dropped: it may be one that another process is writing.
   */
  readonly beforeWrite?: () => void;
  /**
   * A write that finds no room fails and no other one does. For logs whose lines stand each by itself; absent: a log in
   * which a line may lack that later ones build on is broken by it.
   */
  readonly outlivesFullDisk?: boolean;
  /** Opens the file; tests pass one that fails. */
  readonly openFile?: (path: string) => Promise<LogFile>;
}

/** A line could not be made durable. The log takes nothing more; opening it anew shows what the disk holds. */
export class LogWriteError extends Error {
  override readonly name = "LogWriteError";
  readonly path: string;

  constructor(path: string, cause: unknown) {
    super(`${path} can't be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.path = path;
  }
}

/**
 * Opens a log, or starts one in a folder that exists: reads what is there, drops a torn last line, and syncs, so that
 * every line read is also one that lasts.
 * @throws {CorruptLogError} naming file and line
 */
export async function openAppendLog(path: string, parts: AppendLogParts = {}): Promise<AppendLog> {
  const file = await (parts.openFile ?? openLogFile)(path);
  try {
    const { end, size, lines } = await readLines(file, path, parts.onLine ?? (() => {}), parts.from);
    if (end < size) {
      parts.beforeWrite?.();
      await file.truncate(end);
    }
    await file.sync();
    await syncFolder(dirname(path));
    return new AppendLog(path, file, { offset: end, lines }, parts);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Lines that become durable together, and the one promise that all who appended them share. */
interface Batch {
  readonly lines: string[];
  readonly durable: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Lines written at a stretch, so that a batch of a million doesn't hold up the event loop. */
const LINES_PER_WRITE = 8192;

export class AppendLog implements AsyncDisposable {
  readonly #path: string;
  readonly #file: LogFile;
  readonly #beforeWrite: () => void;
  readonly #outlivesFullDisk: boolean;
  #size: number;
  #lines: number;
  /** What is surely whole lines. */
  #whole: LineStart;
  /** After them may be half a line. */
  #isTorn = false;
  #waiting: Batch | undefined;
  #flushing: Promise<void> | undefined;
  #refusal: Error | undefined;
  #isBroken = false;
  #closing: Promise<void> | undefined;

  /** Use {@link openAppendLog}. */
  constructor(path: string, file: LogFile, end: LineStart, parts: AppendLogParts) {
    this.#path = path;
    this.#file = file;
    this.#size = end.offset;
    this.#lines = end.lines;
    this.#whole = end;
    this.#beforeWrite = parts.beforeWrite ?? (() => {});
    this.#outlivesFullDisk = parts.outlivesFullDisk ?? false;
  }

  /** Bytes in the file that are durable or being written. */
  get size(): number {
    return this.#size;
  }

  /** Where what is durable ends. In a new turn of the event loop everybody whose line is before it knows that. */
  get durable(): LineStart {
    return this.#whole;
  }

  /** A write failed: nobody knows what the disk holds. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Adds one line, given without newline. Resolves when it is on disk; lines land in the order of the calls. */
  append(line: string): Promise<void> {
    try {
      return this.#take(line).durable;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Adds lines that follow one another; resolves when all are on disk. A crash may leave only the first of them. */
  async appendMany(lines: Iterable<string>): Promise<void> {
    let batch: Batch | undefined;
    for (const line of lines) batch = this.#take(line);
    await batch?.durable;
  }

  /** Flushes what waits, then closes; appends from now on are refused. Never fails: whoever appended was told. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#refusal ??= new Error(`${this.#path} is closed`);
    this.#closing ??= (this.#flushing ?? Promise.resolve()).then(() => this.#file.close());
    await this.#closing;
  }

  #take(line: string): Batch {
    if (this.#refusal) throw this.#refusal;
    if (line.includes("\n")) throw new TypeError("A line of a log can't hold a newline");
    const batch = (this.#waiting ??= newBatch());
    batch.lines.push(line);
    this.#flushing ??= this.#flush();
    return batch;
  }

  async #flush(): Promise<void> {
    while (this.#waiting) {
      // Whoever was woken by the last batch appends in this turn: waiting for it fills batches that were half full.
      await nextTurn();
      const batch = this.#waiting;
      this.#waiting = undefined;
      try {
        if (this.#isTorn) await this.#mend();
        await this.#write(batch.lines);
        await this.#sync();
        this.#whole = { offset: this.#size, lines: this.#lines };
        batch.resolve();
      } catch (error) {
        this.#break(error, batch);
      }
    }
    this.#flushing = undefined;
  }

  async #write(lines: readonly string[]): Promise<void> {
    for (let start = 0; start < lines.length; start += LINES_PER_WRITE) {
      if (start > 0) await nextTurn();
      this.#beforeWrite();
      const bytes = Buffer.from(`${lines.slice(start, start + LINES_PER_WRITE).join("\n")}\n`);
      this.#size += bytes.length;
      this.#lines += Math.min(LINES_PER_WRITE, lines.length - start);
      this.#writeWhole(bytes);
    }
  }

  #writeWhole(bytes: Buffer): void {
    try {
      for (let offset = 0; offset < bytes.length;) {
        const written = this.#file.write(bytes, offset);
        if (written === 0) throw new Error("nothing was written");
        offset += written;
      }
    } catch (error) {
      throw new LogWriteError(this.#path, error);
    }
  }

  async #sync(): Promise<void> {
    try {
      await this.#file.sync();
    } catch (error) {
      throw new LogWriteError(this.#path, error);
    }
  }

  async #mend(): Promise<void> {
    this.#beforeWrite();
    try {
      await this.#file.truncate(this.#whole.offset);
    } catch (error) {
      throw new LogWriteError(this.#path, error);
    }
    this.#size = this.#whole.offset;
    this.#lines = this.#whole.lines;
    this.#isTorn = false;
  }

  #break(error: unknown, batch: Batch): void {
    if (this.#outlivesFullDisk && isNoRoom(error)) {
      this.#isTorn = true;
      return batch.reject(error);
    }
    this.#isBroken = true;
    this.#refusal = error instanceof Error ? error : new LogWriteError(this.#path, error);
    batch.reject(this.#refusal);
    this.#waiting?.reject(this.#refusal);
    this.#waiting = undefined;
  }
}

/** Only a write finds that out for sure: after a sync that failed nobody knows what the disk holds. */
function isNoRoom(error: unknown): boolean {
  const cause = error instanceof LogWriteError ? error.cause : undefined;
  if (!(cause instanceof Error && "code" in cause && "syscall" in cause)) return false;
  return cause.syscall === "write" && (cause.code === "ENOSPC" || cause.code === "EDQUOT");
}

function newBatch(): Batch {
  let [resolve, reject]: [() => void, (error: unknown) => void] = [() => {}, () => {}];
  const durable = new Promise<void>((whenDurable, whenNot) => ([resolve, reject] = [whenDurable, whenNot]));
  return { lines: [], durable, resolve, reject };
}
