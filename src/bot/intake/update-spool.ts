/**
 * The spool of updates, `data/bot/updates.jsonl`: what Telegram gave and what became of it. Owns the promises that an
 * update is on disk before Telegram is told that it was read, that one which was in hand when the process died is there
 * again at the next start, and that none is handled a second time. The file never grows beyond what waits and a rest.
 */
import type { Update } from "grammy/types";
import type { AppendLog } from "../../lib/log/append-log.ts";
import { openAppendLog } from "../../lib/log/append-log.ts";
import { writeFileAtomically } from "../../lib/files/atomic-file.ts";
import { CorruptLogError } from "../../lib/log/log-lines.ts";
import { setAside } from "../../lib/files/stored-document.ts";
import type { PendingUpdate, SpoolLine } from "./spool-lines.ts";
import { SpoolBook, readSpoolLine } from "./spool-lines.ts";

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
  try {
    return new UpdateSpool(path, opening, {
      book,
      log: await openAppendLog(path, { ...opening, ...reading }),
    });
  } catch (error) {
    if (!(error instanceof CorruptLogError) || !onSetAside) throw error;
    onSetAside(error, await setAside(path));
    // What could still be read is kept: it is better handled than lost, and written anew with the next update.
    return new UpdateSpool(path, opening, { book, log: await openAppendLog(path, opening), isStale: true });
  }
}

interface Opened {
  readonly book: SpoolBook;
  readonly log: AppendLog;
  /** The file lacks what the book knows. */
  readonly isStale?: boolean;
}

export class UpdateSpool implements AsyncDisposable {
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

  /** Use {@link openUpdateSpool}. */
  constructor(path: string, opening: Pick<SpoolParts, "beforeWrite">, opened: Opened) {
    this.#path = path;
    this.#opening = opening;
    this.#book = opened.book;
    this.#log = opened.log;
    this.#isStale = opened.isStale ?? false;
  }

  /** What was taken in and not handled, in the order it came. */
  get pending(): readonly PendingUpdate[] {
    return this.#book.pending;
  }

  get pendingCount(): number {
    return this.#book.pendingCount;
  }

  /** Tells whether an update was handled, also by an earlier run. */
  isDone(updateId: number): boolean {
    return this.#book.isDone(updateId);
  }

  /**
   * Takes updates in; those known already are left out.
   * @param begins Whether the handling of an update begins right away
   * @returns The new ones, in their order, once they are on disk
   */
  async take(updates: readonly Update[], begins: (update: Update) => boolean): Promise<readonly Update[]> {
    const fresh = updates.filter(({ update_id: id }) => !this.#book.isKnown(id));
    if (fresh.length === 0) return [];
    const ids = fresh.filter(begins).map(({ update_id: id }) => id);
    const got: SpoolLine[] = fresh.map((u) => ({ t: "got", u }));
    await this.#append([...got, ...(ids.length > 0 ? [{ t: "begun" as const, ids }] : [])]);
    return fresh;
  }

  /** Marks updates as in hand: should the process die now, it is known which they were. */
  async begin(ids: readonly number[], isAlone = false): Promise<void> {
    await this.#append([{ t: "begun", ids: [...ids], ...(isAlone ? { alone: true as const } : {}) }]);
  }

  /** Lays updates back: they are handled at the next start, and this end of the process was no death. */
  async layBack(ids: readonly number[]): Promise<void> {
    await this.#append([{ t: "back", ids: [...ids] }]);
  }

  /** Marks an update as handled; on disk when it resolves. */
  async done(updateId: number): Promise<void> {
    if (!this.#book.isDone(updateId)) await this.#append([{ t: "done", ids: [updateId] }]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#rewriting?.catch(() => undefined);
    await this.#log[Symbol.asyncDispose]();
  }

  /** What is begun or done holds at once; what was got holds when it is on disk. */
  async #append(lines: readonly SpoolLine[]): Promise<void> {
    // Looked at anew after each wait: nothing may come between the last look and the append.
    while (this.#isStale || this.#rewriting || this.#isMostlyDead()) {
      this.#rewriting ??= this.#rewrite().finally(() => (this.#rewriting = undefined));
      await this.#rewriting;
    }
    this.#appended += lines.length;
    const isGot = lines[0]?.t === "got";
    if (!isGot) for (const one of lines) this.#book.apply(one);
    try {
      await this.#log.appendMany(lines.map((one) => JSON.stringify(one)));
    } catch (error) {
      this.#isStale = true;
      throw error;
    }
    if (isGot) for (const one of lines) this.#book.apply(one);
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
