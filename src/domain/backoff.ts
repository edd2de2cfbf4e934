/**
 * How long to wait before something is tried again: each wait twice as long as the one before, and spread, so that those
 * who failed together do not come back together.
 */
export interface Backoff {
  /** Before the first repetition, in ms. */
  readonly delayMs: number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** Of the wait, by how much it may be shorter or longer. */
const SPREAD = 0.2;

/**
 * The wait before a repetition, in whole ms.
 * @param repetition From 1: the second attempt is the first repetition
 */
export function backoffMs(repetition: number, { delayMs, random }: Backoff): number {
  return Math.round(delayMs * 2 ** (repetition - 1) * (1 - SPREAD + 2 * SPREAD * random()));
}
