/**
 * One signal of several, for as long as it is needed. Node's own `AbortSignal.any` keeps a note on each of its sources for as
 * long as that lives (measured on Node 20: 64 bytes a call, never given back), so that a bot that makes millions of calls
 * under one signal that ends with the process grows for ever.
 */

import { setMaxListeners } from "node:events";

export interface LinkedSignal extends Disposable {
  /** Fires with the first of its sources, and with its reason; after disposal it never does. */
  readonly signal: AbortSignal;
}

/** Links signals; nothing is left on them after disposal. */
export function linkSignals(...sources: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const controller = new AbortController();
  const known = sources.filter((one) => one !== undefined);
  const stop = ({ target }: Event): void => {
    if (target instanceof AbortSignal) controller.abort(target.reason);
  };
  for (const source of known) {
    if (source.aborted) controller.abort(source.reason);
    // Calls that are under way together share a source, and nobody knows how many they are.
    setMaxListeners(0, source);
    source.addEventListener("abort", stop, { once: true });
  }
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const source of known) source.removeEventListener("abort", stop);
    },
  };
}
