/** How often to copy: as often as was asked for, less often while the database is slow, and back again by and by. */

export interface PacePolicy {
  /** What was asked for. */
  readonly intervalMs: number;
  /** A transaction that took longer means that the database is slow. */
  readonly slowMs: number;
  /** Never less often than this, unless less often was asked for. */
  readonly longestMs: number;
}

/** The defaults beside the interval: a transaction of a thousand rows takes some tens of ms on a database at ease. */
export const defaultPace = { slowMs: 1000, longestMs: 300_000 };

/** @returns The interval after a round whose slowest transaction took so long */
export function nextInterval(current: number, slowestMs: number, policy: PacePolicy): number {
  const { intervalMs, slowMs } = policy;
  const longest = Math.max(policy.longestMs, intervalMs);
  return slowestMs > slowMs ? Math.min(current * 2, longest) : Math.max(current / 2, intervalMs);
}
