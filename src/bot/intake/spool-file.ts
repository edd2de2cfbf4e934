/** The spool of updates in a file, `data/bot/updates.jsonl`, which never grows beyond what waits and a rest. */
import { writeFileAtomically } from "../../lib/files/atomic-file.ts";
import { setAside } from "../../lib/files/stored-document.ts";
import type { AppendLog } from "../../lib/log/append-log.ts";
import { openAppendLog } from "../../lib/log/append-log.ts";
import { CorruptLogError } from "../../lib/log/log-lines.ts";
import type { SpoolLine } from "./spool-lines.ts";
import { SpoolBook, readSpoolLine } from "./spool-lines.ts";
import type { SpoolKeep } from "./update-spool.ts";
import { UpdateSpool } from "./update-spool.ts";

export interface SpoolParts {
  /** Called right before each write; throwing (the lease is lost) fails it. */
  readonly beforeWrite?: () => void;
  /** Ids that an earlier version remembered as handled in a file of its own. */
  readonly alreadyHandled?: readonly number[];
  /** Told when the file could not be understood and was kept as `keptAs`; without it opening fails. */
  readonly onSetAside?: (error: Error, keptAs: string) => void;
}

/** A file this large, in bytes, is written anew with what still counts, as soon as that is less than half of it. */
const LARGE_BYTES = 2 * 1024 * 1024;

/** Opens the spool; the file is made when there is none. */
export async function openUpdateSpool(path: string, parts: SpoolParts = {}): Promise<UpdateSpool> {
  const { beforeWrite, onSetAside } = parts;
  const book = new SpoolBook();
  book.apply({ t: "done", ids: [...(parts.alreadyHandled ?? [])] });
  const reading = { onLine: (text: string) => book.apply(readSpoolLine(text)) };
  const opening = beforeWrite ? { beforeWrite } : {};
  const opened = (log: AppendLog, isStale: boolean): UpdateSpool =>
    new UpdateSpool(book, new SpoolFile(path, opening, { book, log, isStale }));
  try {
    return opened(await openAppendLog(path, { ...opening, ...reading }), false);
  } catch (error) {
    if (!(error instanceof CorruptLogError) || !onSetAside) throw error;
    onSetAside(error, await setAside(path));
    // What could still be read is kept: it is better handled than lost, and written anew with the next update.
    return opened(await openAppendLog(path, opening), true);
  }
}

interface Opened {
  readonly book: SpoolBook;
  readonly log: AppendLog;
  /** The file lacks what the book knows. */
  readonly isStale: boolean;
}

class SpoolFile implements SpoolKeep {
  readonly #path: string;
  readonly #opening: Pick<SpoolParts, "beforeWrite">;
  readonly #book: SpoolBook;
  #log: AppendLog;
  /** The file must be written anew from the book before it takes another line. */
  #isStale: boolean;
  #largeBytes = LARGE_BYTES;
  /** Appended since the file was written anew. */
  #appended = 0;
  #rewriting: Promise<void> | undefined;

  constructor(path: string, opening: Pick<SpoolParts, "beforeWrite">, opened: Opened) {
    this.#path = path;
    this.#opening = opening;
    this.#book = opened.book;
    this.#log = opened.log;
    this.#isStale = opened.isStale;
  }

  makeReady(): Promise<void> | undefined {
    if (!this.#isStale && !this.#rewriting && !this.#isMostlyDead()) return undefined;
    return (this.#rewriting ??= this.#rewrite().finally(() => (this.#rewriting = undefined)));
  }

  async append(lines: readonly SpoolLine[], kept: () => unknown): Promise<void> {
    this.#appended += lines.length;
    try {
      await this.#log.appendMany(lines.map((one) => JSON.stringify(one)));
      kept();
    } catch (error) {
      this.#isStale = true;
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#rewriting?.catch(() => undefined);
    await this.#log[Symbol.asyncDispose]();
  }

  /** While a storm is taken in all of it counts, and writing it anew would only keep Telegram waiting. */
  #isMostlyDead(): boolean {
    return this.#log.size > this.#largeBytes && this.#appended > 2 * this.#book.pendingCount;
  }

  /** Replaces the file by what still counts of it; also how it is written again after a write failed. */
  async #rewrite(): Promise<void> {
    await this.#log[Symbol.asyncDispose]();
    // Whoever was promised that a line is on disk has been told by now, and the book knows of it.
    await Promise.resolve();
    this.#isStale = true;
    this.#opening.beforeWrite?.();
    const text = this.#book.lines().map((one) => `${JSON.stringify(one)}\n`);
    await writeFileAtomically(this.#path, text);
    this.#log = await openAppendLog(this.#path, this.#opening);
    this.#isStale = false;
    this.#appended = 0;
    this.#largeBytes = Math.max(LARGE_BYTES, 2 * this.#log.size);
  }
}
