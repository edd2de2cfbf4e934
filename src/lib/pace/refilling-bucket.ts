/** A bucket of permissions: `burst` at once, then `perSecond` more each second. */
export interface BucketLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** One such bucket; it begins full. */
export class RefillingBucket {
  readonly #limit: BucketLimit;
  #tokens: number;
  /** ms since the epoch at which the tokens were right */
  #at: number;

  constructor(limit: BucketLimit, now: number) {
    this.#limit = limit;
    this.#tokens = limit.burst;
    this.#at = now;
  }

  /** When it has a permission; rounding must not make a whole one look like a bit less. */
  readyAt(now: number): number {
    const missing = 1 - this.#filled(now);
    return missing <= 1e-9 ? now : now + Math.ceil((missing / this.#limit.perSecond) * 1000);
  }

  take(now: number): void {
    this.#tokens = Math.max(0, this.#filled(now) - 1);
  }

  giveBack(): void {
    this.#tokens = Math.min(this.#limit.burst, this.#tokens + 1);
  }

  /** Permissions that are missing from a full bucket, parts of one included. */
  missing(now: number): number {
    return this.#limit.burst - this.#filled(now);
  }

  #filled(now: number): number {
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#tokens = Math.min(this.#limit.burst, this.#tokens + seconds * this.#limit.perSecond);
    this.#at = now;
    return this.#tokens;
  }
}
