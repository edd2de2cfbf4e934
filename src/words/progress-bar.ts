const CELLS = 16;

/**
 * Draws a bar of shaded blocks. They have no direction of their own, so the filled part stands where the line begins:
 * left in English, right in Persian. Full only when everything is done, empty only when nothing is.
 */
export function progressBar(done: number, total: number): string {
  const exact = total > 0 ? (done / total) * CELLS : 0;
  const filled = done > 0 ? Math.max(1, Math.floor(exact)) : 0;
  return "▓".repeat(filled) + "░".repeat(CELLS - filled);
}

/** Percent done, rounded down, so that 100 means all. */
export function percentDone(done: number, total: number): number {
  return total > 0 ? Math.floor((done / total) * 100) : 0;
}
