import type { Clock } from "../../lib/clock.ts";

/** Waits for something, but no longer than so many ms. */
export async function within(task: Promise<void>, clock: Clock, ms: number): Promise<void> {
  const over = new AbortController();
  const timer = clock.sleep(ms, over.signal).catch(() => undefined);
  await Promise.race([task, timer]);
  over.abort();
}
