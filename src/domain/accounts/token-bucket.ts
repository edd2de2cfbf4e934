import { ValidationError } from "../errors.ts";

/**
 * A token bucket, for a whole account or channel: it holds up to `capacity` tokens, `perMs` of them flow in, every send
 * takes one. As long as tokens last sends go at once, then at the rate. Time is an argument, so nothing ever waits in here.
 *
 * Taking is a reservation: whoever comes while the bucket is empty is given the moment their token arrives, each a
 * later one than those who came before, so that concurrent tasks are served in the order they came.
 */
export interface BucketRate {
  /** Tokens that flow in, per ms. */
  readonly perMs: number;
  /** Tokens it can hold: the longest burst. At least 1. */
  readonly capacity: number;
}

export class TokenBucket {
  #rate: BucketRate;
  /** Tokens at {@link #at}; below nothing when some are promised to those who came already. */
  #tokens: number;
  /** ms since the epoch */
  #at: number;

  /**
   * @param tokens How full it is at first; full unless given
   * @throws {ValidationError} for a rate or a moment that is none: with it nothing would ever be held back
   */
  constructor(rate: BucketRate, now: number, tokens: number = rate.capacity) {
    this.#rate = checked(rate);
    if (!Number.isFinite(now)) throw new ValidationError("now: expected a moment in ms since the epoch.");
    this.#at = now;
    this.#tokens = tokens;
  }

  /** Takes a token and answers from when on it may be used: `now`, or a later moment in whole ms. */
  takeAt(now: number): number {
    const readyAt = this.readyAt(now);
    this.#tokens--;
    return readyAt;
  }

  /** Tells from when on the next one who comes may go, and takes nothing. */
  readyAt(now: number): number {
    this.#flow(now);
    if (this.#tokens >= 1) return now;
    return Math.ceil(this.#at + (1 - this.#tokens) / this.#rate.perMs);
  }

  /** Gives back a token that was taken and not used. */
  giveBack(): void {
    this.#tokens = Math.min(this.#rate.capacity, this.#tokens + 1);
  }

  /** From `now` on tokens flow in at another rate; what flowed in before stays, as far as it fits. */
  setRate(rate: BucketRate, now: number): void {
    this.#flow(now);
    this.#rate = checked(rate);
    this.#tokens = Math.min(rate.capacity, this.#tokens);
  }

  /** A clock that jumps back brings no tokens and takes none. */
  #flow(now: number): void {
    if (now > this.#at)
      this.#tokens = Math.min(this.#rate.capacity, this.#tokens + (now - this.#at) * this.#rate.perMs);
    this.#at = now;
  }
}

function checked(rate: BucketRate): BucketRate {
  const { perMs, capacity } = rate;
  if (!(typeof perMs === "number" && perMs >= 0))
    throw new ValidationError("perMs: expected a number of tokens a ms, from 0.");
  if (!(typeof capacity === "number" && capacity >= 1))
    throw new ValidationError("capacity: expected a number from 1.");
  return rate;
}
