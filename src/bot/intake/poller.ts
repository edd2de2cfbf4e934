/**
 * Listening: asks Telegram for updates, one poll after another, and confirms them with the next one. Owns the promise
 * that nothing is confirmed before it was taken in, and that whatever keeps Telegram from being heard is said.
 */
import { GrammyError } from "grammy";
import type { Api } from "grammy";
import type { Update } from "grammy/types";
import type { Clock } from "../../lib/clock.ts";
import { linkSignals } from "../../lib/linked-signal.ts";
import { grammySignal } from "../calls/grammy-signal.ts";

/** What keeps Peyk from listening; `reached`: nothing does any more. */
export type ListenTrouble = "unreachable" | "conflict" | "webhook" | "noSpace" | "reached";

/** Why Peyk stops listening by itself. */
export type ListenEnd = "unauthorized" | "conflict" | "webhook";

/** Listening came to an end that waiting doesn't mend. */
export class ListenError extends Error {
  override readonly name = "ListenError";
  readonly end: ListenEnd;

  constructor(end: ListenEnd, message: string = end) {
    super(message);
    this.end = end;
  }
}

export interface PollerParts {
  /** Without retries of its own. */
  readonly api: Api;
  readonly clock: Clock;
  /** Resolves when there is room for more. */
  readonly room: (signal: AbortSignal) => Promise<void>;
  /** Resolves when the updates are on disk; `isMoreComing`: Telegram has more than it gave at once. */
  readonly take: (updates: readonly Update[], isMoreComing: boolean) => Promise<void>;
  /** Told once for each trouble, and once when it is over. */
  readonly tell: (trouble: ListenTrouble) => void;
}

/** `my_chat_member` tells who blocked the bot. */
const HEARD = ["message", "edited_message", "callback_query", "my_chat_member"] as const;
/** As many as Telegram gives at once. */
const BATCH = 100;
/** Telegram waits at most 50 s (tdlib/telegram-bot-api). */
const POLL_S = 30;
/** An answer that is this late is lost, ms. */
const POLL_TIMEOUT_MS = 45_000;

/** Telegram ends the poll of an instance that is gone within this time; another one that stays is a mistake. In ms. */
export const LONGEST_CONFLICT_MS = 60_000;
const CONFLICT_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 15_000;
/** A single connection that breaks is no news. */
const FAILURES_TOLD = 3;

export class Poller {
  readonly #parts: PollerParts;
  #offset = 0;
  #failures = 0;
  #told: ListenTrouble = "reached";
  /** When the present conflict began, and when it was last met; ms since the epoch. */
  #conflict: { readonly since: number; readonly last: number } | undefined;

  constructor(parts: PollerParts) {
    this.#parts = parts;
  }

  /**
   * Makes a call until Telegram answers it, as patiently as listening itself.
   * @throws {ListenError}; the signal's reason when it fires
   */
  async reach<T>(call: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    for (;;) {
      signal.throwIfAborted();
      try {
        using until = linkSignals(signal, AbortSignal.timeout(POLL_TIMEOUT_MS));
        const answer = await call(until.signal);
        this.#reached();
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        await this.#parts.clock.sleep(this.#waitAfter(error), signal);
      }
    }
  }

  /** Listens until the signal fires. Rejects with a {@link ListenError} when it can't any more. */
  async listen(signal: AbortSignal): Promise<void> {
    const { room, clock } = this.#parts;
    while (!signal.aborted) {
      try {
        await room(signal);
        const updates = await this.reach((until) => this.#poll(until), signal);
        if (!(await this.#take(updates))) await clock.sleep(CONFLICT_WAIT_MS, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  }

  /** Tells Telegram how far was read, so that nothing is given again. */
  async confirm(signal: AbortSignal): Promise<void> {
    if (this.#offset > 0) await this.#call(signal, { offset: this.#offset, limit: 1, timeout: 0 });
  }

  async #poll(signal: AbortSignal): Promise<readonly Update[]> {
    const from = this.#offset > 0 ? { offset: this.#offset } : {};
    return this.#call(signal, { ...from, limit: BATCH, timeout: POLL_S, allowed_updates: HEARD });
  }

  async #call(signal: AbortSignal, how: Parameters<Api["getUpdates"]>[0]): Promise<readonly Update[]> {
    return this.#parts.api.getUpdates(how, grammySignal(signal));
  }

  /** What can't be written down is not confirmed: Telegram keeps it. */
  async #take(updates: readonly Update[]): Promise<boolean> {
    try {
      await this.#parts.take(updates, updates.length >= BATCH);
    } catch {
      this.#tell("noSpace");
      return false;
    }
    this.#offset = Math.max(this.#offset, ...updates.map(({ update_id: id }) => id + 1));
    return true;
  }

  #reached(): void {
    const { clock } = this.#parts;
    this.#failures = 0;
    // Two instances that listen in turn both get an answer now and then.
    if (this.#conflict && clock.now() - this.#conflict.last > LONGEST_CONFLICT_MS / 2)
      this.#conflict = undefined;
    if (!this.#conflict) this.#tell("reached");
  }

  /** How long to wait before the next try, ms. Throws when no waiting helps. */
  #waitAfter(error: unknown): number {
    const code = error instanceof GrammyError ? error.error_code : 0;
    // A token of the wrong shape is no address at all.
    if (code === 401 || code === 404) throw new ListenError("unauthorized");
    if (error instanceof GrammyError && code === 409) return this.#afterConflict(error);
    const retryAfter = error instanceof GrammyError ? error.parameters.retry_after : undefined;
    if (retryAfter !== undefined) return retryAfter * 1000;
    this.#failures += 1;
    if (this.#failures === FAILURES_TOLD) this.#tell("unreachable");
    return Math.min(1000 * 2 ** (this.#failures - 1), LONGEST_WAIT_MS);
  }

  #afterConflict({ description }: GrammyError): number {
    const now = this.#parts.clock.now();
    const kind = /webhook/i.test(description) ? "webhook" : "conflict";
    const since = this.#conflict?.since ?? now;
    this.#conflict = { since, last: now };
    if (now - since >= LONGEST_CONFLICT_MS) throw new ListenError(kind);
    this.#tell(kind);
    return CONFLICT_WAIT_MS;
  }

  #tell(trouble: ListenTrouble): void {
    if (trouble === this.#told) return;
    this.#told = trouble;
    this.#parts.tell(trouble);
  }
}
