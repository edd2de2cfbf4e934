/**
 * The adaptive limiter as a value: which part of the allowed rate is used at the moment. A rate-limit answer halves it,
 * every success adds a little, and it never exceeds 1: the effective limit is the configured or published one times
 * `factor`.
 */
export interface AdaptiveLimit {
  /** In (0, 1]. */
  readonly factor: number;
  /** When it last slowed down, ms since the epoch. Sends that began until then tell nothing new. */
  readonly slowedAt: number;
}

/** As fast as the limits allow. */
export const fullSpeed: AdaptiveLimit = { factor: 1, slowedAt: -Infinity };

/** What a rate-limit answer leaves of the factor. */
const SLOWER = 0.5;

/** It gets no slower than this: a channel that refuses even so names the time itself. */
const SLOWEST = 1 / 16;

/** What a success adds: ten of them make up for one rate-limit answer at full speed. */
const FASTER = 0.05;

/**
 * A send that began at `beganAt` met a rate limit. Answers the same value when it began before the last slow-down: of a
 * burst of refusals only the first counts.
 */
export function slowDown(limit: AdaptiveLimit, beganAt: number, now: number): AdaptiveLimit {
  if (beganAt <= limit.slowedAt) return limit;
  return { factor: Math.max(SLOWEST, limit.factor * SLOWER), slowedAt: now };
}

/** A send went well. Answers the same value at full speed. */
export function speedUp(limit: AdaptiveLimit): AdaptiveLimit {
  if (limit.factor >= 1) return limit;
  return { ...limit, factor: Math.min(1, limit.factor + FASTER) };
}
