import type { AwayStore } from "./collector-parts.ts";

/**
 * Waits until a store that is away is back, or the signal fires. False at once where the error is none that passes by itself,
 * and once nobody waits for the store any more.
 */
export async function onceBack(
  away: AwayStore | undefined,
  error: unknown,
  signal: AbortSignal,
): Promise<boolean> {
  if (away?.takes(error) === undefined) return false;
  const over = new AbortController();
  const word = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { signal: over.signal });
  });
  return Promise.race([away.back(), word])
    .then(
      () => true,
      () => false,
    )
    .finally(() => over.abort());
}
