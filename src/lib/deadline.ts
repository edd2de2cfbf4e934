import type { Clock } from "./clock.ts";

export interface Deadline {
  readonly clock: Clock;
  /** Time to answer in. */
  readonly ms: number;
  /** Ends the work sooner. */
  readonly signal?: AbortSignal;
}

/** Does something that has a time to answer in: its signal fires, with why, when that is over or the caller's own fires. */
export async function withDeadline<T>(
  { clock, ms, signal }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const stop = (): void => over.abort(new Error("stoppedBeforeAnswer"));
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop, { once: true });
  void clock.sleep(ms, over.signal).then(
    () => over.abort(new Error("noAnswerInTime")),
    () => undefined,
  );
  try {
    return await work(over.signal);
  } finally {
    signal?.removeEventListener("abort", stop);
    over.abort("answered");
  }
}

/** Waits for something, but no longer than so many ms. */
export async function within(task: Promise<unknown>, clock: Clock, ms: number): Promise<void> {
  const over = new AbortController();
  const timer = clock.sleep(ms, over.signal).catch(() => undefined);
  await Promise.race([task, timer]);
  over.abort();
}
