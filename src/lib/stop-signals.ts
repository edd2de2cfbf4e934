/** How a process is asked to stop, and how it goes on talking when nobody reads along any more. */

/** Ctrl+C, a service manager, and a terminal that was closed. */
const STOPPING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
export type StopSignal = (typeof STOPPING)[number];

/**
 * Fires at the first signal that asks to stop, with the signal's name as its reason. A second Ctrl+C or SIGTERM means "at
 * once": the process ends by it. A closing terminal says so more than once, and its later words say nothing new.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of STOPPING) process.on(signal, hear);
  function hear(signal: StopSignal): void {
    if (!controller.signal.aborted) return controller.abort(new Error(signal));
    if (signal === "SIGHUP") return;
    for (const one of STOPPING) process.off(one, hear);
    process.kill(process.pid, signal);
  }
  return controller.signal;
}

/** Whoever read along may go (`peyk … | head`, a closed terminal): what can't be written then is lost, and the work goes on. */
export function outliveReaders(...streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) stream.on("error", () => undefined);
}
