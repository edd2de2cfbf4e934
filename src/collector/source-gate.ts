/**
 * When a source may be called next: within the number of calls it allows, and not before the moment it named itself. One
 * gate a source, shared by all lists that collect from it.
 */
export interface CallLimit {
  readonly count: number;
  readonly windowMs: number;
}

export class SourceGate {
  readonly #limit: CallLimit | undefined;
  /** Moments of the latest calls, oldest first; as many as the limit counts. */
  #calls: number[] = [];
  #closedUntil = 0;

  constructor(limit: CallLimit | undefined) {
    this.#limit = limit;
  }

  /** Counts calls that an earlier process made. */
  remember(calls: readonly number[]): void {
    if (!this.#limit) return;
    this.#calls = [...this.#calls, ...calls].toSorted((a, b) => a - b).slice(-this.#limit.count);
  }

  /** The earliest moment a call may go out, ms since the epoch; it may be past. */
  opensAt(): { readonly at: number; readonly kind: "rateLimit" | "callLimit" } {
    const { count = 0, windowMs = 0 } = this.#limit ?? {};
    const oldest = this.#calls.length < count ? undefined : this.#calls[0];
    const slotAt = oldest === undefined ? 0 : oldest + windowMs;
    return slotAt > this.#closedUntil
      ? { at: slotAt, kind: "callLimit" }
      : { at: this.#closedUntil, kind: "rateLimit" };
  }

  /** A call goes out. */
  pass(at: number): void {
    if (!this.#limit) return;
    this.#calls.push(at);
    if (this.#calls.length > this.#limit.count) this.#calls.shift();
  }

  /** The source said that it takes no call before then. */
  close(until: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, until);
  }
}
