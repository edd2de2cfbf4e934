import type { AdaptiveLimit } from "./adaptive-limit.ts";
import { fullSpeed, slowDown, speedUp } from "./adaptive-limit.ts";
import type { Rate } from "./limits.ts";
import type { SlowedPace } from "./channel-health.ts";
import type { BucketRate } from "./token-bucket.ts";
import { TokenBucket } from "./token-bucket.ts";

/**
 * The pace of one account, or of one source, that a platform told to slow down: its slowest limit times the adaptive
 * factor, kept by a bucket of a single token, so that it asks evenly. At full speed there is no bucket: exact windows,
 * which are checked elsewhere, never let through more than it would. Time is an argument; nothing waits in here.
 */
export class AdaptivePace {
  #limit: AdaptiveLimit = fullSpeed;
  #slowed: { readonly rate: Rate; readonly bucket: TokenBucket } | undefined;

  /** A pace from before a restart starts with no token saved up. */
  constructor(remembered?: SlowedPace, now = 0) {
    if (!remembered) return;
    this.#limit = { factor: remembered.factor, slowedAt: -Infinity };
    this.#slowed = { rate: remembered.limit, bucket: this.#emptyBucket(remembered.limit, now) };
  }

  /** What a restart must know; undefined at full speed. */
  get slowed(): SlowedPace | undefined {
    return this.#slowed && { factor: this.#limit.factor, limit: this.#slowed.rate };
  }

  /** From when on the next one may go, ms since the epoch; `now` at full speed. */
  readyAt(now: number): number {
    return this.#slowed ? this.#slowed.bucket.readyAt(now) : now;
  }

  /** One goes. */
  take(now: number): void {
    this.#slowed?.bucket.takeAt(now);
  }

  /** One that was taken did not go after all. */
  giveBack(): void {
    this.#slowed?.bucket.giveBack();
  }

  /**
   * A send that began at `beganAt` was told that it came too fast. Answers false when it began before the last
   * slow-down and so tells nothing new. Without a limit to take a part of, the platform's own wait is all there is.
   */
  slowDown(rate: Rate | undefined, beganAt: number, now: number): boolean {
    const limit = slowDown(this.#limit, beganAt, now);
    if (limit === this.#limit) return false;
    this.#limit = rate ? limit : { ...limit, factor: 1 };
    if (rate) this.#slowed = { rate, bucket: this.#emptyBucket(rate, now) };
    return true;
  }

  /** A send went well. Answers true when the account is back at full speed by it. */
  speedUp(now: number): boolean {
    if (!this.#slowed) return false;
    this.#limit = speedUp(this.#limit);
    this.#slowed.bucket.setRate(this.#bucketRate(this.#slowed.rate), now);
    if (this.#limit.factor < 1) return false;
    this.#slowed = undefined;
    return true;
  }

  #emptyBucket(rate: Rate, now: number): TokenBucket {
    return new TokenBucket(this.#bucketRate(rate), now, 0);
  }

  #bucketRate({ count, windowMs }: Rate): BucketRate {
    return { perMs: (count / windowMs) * this.#limit.factor, capacity: 1 };
  }
}
