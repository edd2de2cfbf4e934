/**
 * The spool of updates: what Telegram gave and what became of it. Owns the promises that an update is kept before Telegram
 * is told that it was read, that one which was in hand when the process died is there again for whoever listens next, and
 * that none is handled a second time.
 */
import type { Update } from "grammy/types";
import type { PendingUpdate, SpoolBook, SpoolLine } from "./spool-lines.ts";

/** Where the lines of the spool go. */
export interface SpoolKeep extends AsyncDisposable {
  /** Undefined: lines may be appended at this very moment. Else it is asked again once this resolves. */
  makeReady(): Promise<void> | undefined;
  /**
   * Keeps them; calls `kept` at the very moment they are durable, and resolves. What was begun or done and refused once is
   * kept with what is appended later.
   */
  append(lines: readonly SpoolLine[], kept: () => unknown): Promise<void>;
}

export class UpdateSpool implements AsyncDisposable {
  readonly #book: SpoolBook;
  readonly #keep: SpoolKeep;

  /** @param book What is kept by now; shared with the keep, which reads it */
  constructor(book: SpoolBook, keep: SpoolKeep) {
    this.#book = book;
    this.#keep = keep;
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
   * @returns The new ones, in their order, once they are kept
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

  /** Marks an update as handled; kept when it resolves. */
  async done(updateId: number): Promise<void> {
    if (!this.#book.isDone(updateId)) await this.#append([{ t: "done", ids: [updateId] }]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#keep[Symbol.asyncDispose]();
  }

  /** What is begun or done holds at once; what was got holds when it is kept. */
  async #append(lines: readonly SpoolLine[]): Promise<void> {
    // Asked anew after each wait: nothing may come between the last answer and the append.
    for (let wait = this.#keep.makeReady(); wait; wait = this.#keep.makeReady()) await wait;
    const isGot = lines[0]?.t === "got";
    const hold = (): void => lines.forEach((one) => this.#book.apply(one));
    if (!isGot) hold();
    await this.#keep.append(lines, () => isGot && hold());
  }
}
