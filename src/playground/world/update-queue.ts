/**
 * What the bot has not taken note of yet, given out by long polling. An update is handed out again and again until a
 * poll with a higher offset confirms it, also over restarts.
 */
import type { Update } from "grammy/types";
import type { Clock } from "../../lib/clock.ts";
import { ApiError } from "../api/api-error.ts";
import type { WorldStore } from "./world-store.ts";

/** What a getUpdates call asks for. */
export interface Poll {
  /** Updates before it are confirmed; negative: all but the last so many are. */
  readonly offset: number;
  readonly limit: number;
  readonly timeoutMs: number;
  /** Absent: as before. */
  readonly kinds?: readonly string[];
}

/** Left out unless a bot asks for them by name. */
const unaskedKinds: readonly string[] = ["chat_member", "message_reaction", "message_reaction_count"];

/** Keeps updates in order and lets one poller at a time wait for them. */
export class UpdateQueue {
  readonly #store: WorldStore;
  readonly #clock: Clock;
  #poller: AbortController | undefined;
  #wake: () => void = () => undefined;

  constructor(store: WorldStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Queues an update, unless the bot did not ask for its kind. */
  push(update: Omit<Update, "update_id">): void {
    const { state } = this.#store;
    const wanted = (kind: string): boolean => state.allowed?.includes(kind) ?? !unaskedKinds.includes(kind);
    if (!Object.keys(update).some(wanted)) return;
    const numbered: Update = { update_id: state.ids.update + 1, ...update };
    this.#store.record({ t: "update", update: numbered, at: this.#clock.now() });
    this.#wake();
  }

  /**
   * Waits until there is an update or the time is over. A poll that is already waiting ends with a 409.
   * @throws ApiError 409 when another poll takes over; the signal's reason when it fires
   */
  async poll(request: Poll, signal: AbortSignal): Promise<readonly Update[]> {
    this.#poller?.abort(conflict());
    this.#confirm(request.offset);
    if (request.kinds) this.#allow(request.kinds);
    const poller = new AbortController();
    this.#poller = poller;
    try {
      await this.#arrival(request.timeoutMs, AbortSignal.any([signal, poller.signal]));
    } finally {
      if (this.#poller === poller) this.#poller = undefined;
    }
    return this.#store.state.updates.slice(0, request.limit).map(({ update }) => update);
  }

  async #arrival(timeoutMs: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#store.state.updates.length > 0 || timeoutMs <= 0) return;
    const arrived = new AbortController();
    this.#wake = () => arrived.abort();
    try {
      await this.#clock.sleep(timeoutMs, AbortSignal.any([signal, arrived.signal]));
    } catch (error) {
      signal.throwIfAborted();
      if (!arrived.signal.aborted) throw error;
    }
  }

  #confirm(offset: number): void {
    const { updates } = this.#store.state;
    const before = offset < 0 ? (updates.at(offset)?.update.update_id ?? 0) : offset;
    if (updates.some(({ update }) => update.update_id < before))
      this.#store.record({ t: "confirmed", before });
  }

  #allow(kinds: readonly string[]): void {
    const before = this.#store.state.allowed ?? [];
    if (kinds.join() !== before.join()) this.#store.record({ t: "allowed", kinds });
  }
}

function conflict(): ApiError {
  return new ApiError(
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
  );
}
