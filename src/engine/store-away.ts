/**
 * The store that all processes share, while it is away: killed, cut off, full. It is noticed by whoever asks it in vain, told
 * once, and asked at growing intervals until it is back, which is told once too. Nobody pauses for it and nothing is decided:
 * whoever needs it waits for {@link StoreAway.back}.
 */
import type { Passing } from "../storage/ports/away.ts";
import { passingAtWork, reasonOfStore } from "../storage/ports/away.ts";
import type { Reason } from "../domain/reasons/reason.ts";
import type { Clock } from "../lib/clock.ts";

/** `away`: since so long nothing can be written, why. `back`: it can again; `isAnew`: under another name, so that all is to be opened anew. */
export type StoreNews =
  | { readonly kind: "away"; readonly why: Reason }
  | { readonly kind: "back"; readonly isAnew: boolean; readonly afterMs: number };

export interface StoreAwayParts {
  readonly clock: Clock;
  /**
   * Asks the store; answers whether this process goes by another name now, and rejects while it is away. `isPutBack`: since
   * the store was put back from a backup, which is told elsewhere; it was not silent.
   */
  readonly ask: () => Promise<{ readonly isAnew: boolean; readonly isPutBack?: boolean }>;
}

/** Waits before the first questions, in ms, and before each later one. */
const WAITS_MS = [500, 1000, 2000, 4000, 8000];
const LONGEST_WAIT_MS = 15_000;

/** How long to wait for a store that was asked in vain so often, in ms. @param tries From 0 */
export function waitForStoreMs(tries: number): number {
  return WAITS_MS[tries] ?? LONGEST_WAIT_MS;
}

export class StoreAway {
  readonly #parts: StoreAwayParts;
  readonly #listeners = new Set<(news: StoreNews) => void>();
  readonly #stopped = new AbortController();
  #waiting: Promise<void> | undefined;

  constructor(parts: StoreAwayParts) {
    this.#parts = parts;
  }

  get isAway(): boolean {
    return this.#waiting !== undefined;
  }

  /** Takes an error for the store's; undefined, and nothing happens, where it is not of the kind that passes. */
  takes(error: unknown): Passing | undefined {
    const passing = passingAtWork(error);
    if (passing && !this.#waiting && !this.#stopped.signal.aborted)
      this.#waiting = passing === "away" ? this.#wait(error) : this.#beginAnew(error);
    return passing;
  }

  /** Resolves once it is back, at once where it is not away; rejects when nobody waits any more. */
  async back(): Promise<void> {
    await this.#waiting;
    this.#stopped.signal.throwIfAborted();
  }

  /** Calls the listener with what becomes of it, until the returned function is called. */
  watch(listener: (news: StoreNews) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.#stopped.abort(new Error("stopped"));
    await this.#waiting;
  }

  /** Who is gone may be an owner of before: whatever was still open in its name meets that late, and it is no news. */
  async #beginAnew(error: unknown): Promise<void> {
    const answer = await this.#parts.ask().catch(() => undefined);
    if (!answer) return this.#wait(error);
    this.#waiting = undefined;
    if (!answer.isAnew) return;
    if (answer.isPutBack !== true) this.#tell({ kind: "away", why: reasonOfStore(error) });
    this.#tell({ kind: "back", isAnew: true, afterMs: 0 });
  }

  async #wait(error: unknown): Promise<void> {
    const { clock, ask } = this.#parts;
    const { signal } = this.#stopped;
    const since = clock.now();
    this.#tell({ kind: "away", why: reasonOfStore(error) });
    for (let tries = 0; !signal.aborted; tries++) {
      await clock.sleep(waitForStoreMs(tries), signal).catch(() => undefined);
      const answer = signal.aborted ? undefined : await ask().catch(() => undefined);
      if (!answer) continue;
      // Whoever hears that it is back does not wait for it any more.
      this.#waiting = undefined;
      return this.#tell({ kind: "back", isAnew: answer.isAnew, afterMs: clock.now() - since });
    }
  }

  #tell(news: StoreNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}
