/**
 * A moment before which nobody is to go, taken by a clock that may be set back: then it is no further ahead than it was when
 * it was set, for what was asked for was to wait so long, not until the clock says so.
 */
export class Until {
  #at = 0;
  #aheadMs = 0;

  /** ms since the epoch; it may be past. */
  at(now: number): number {
    this.#at = Math.min(this.#at, now + this.#aheadMs);
    return this.#at;
  }

  set(at: number, now: number): void {
    this.#at = at;
    this.#aheadMs = Math.max(0, at - now);
  }

  /** As {@link set}, where that is later than what it is. */
  setLater(at: number, now: number): void {
    if (at > this.at(now)) this.set(at, now);
  }
}
