/** What becomes of a store that is away, for whoever tells people: a blink is nobody's concern. */
import type { StoreAway } from "../../engine/store-away.ts";
import type { Clock } from "../../lib/clock.ts";

/** `away`: since some seconds nothing can be written, and nothing is sent. `back`: it can again, after so many seconds. */
export type StoreWord = { readonly kind: "away" } | { readonly kind: "back"; readonly seconds: number };

export interface StoreWatchParts {
  /** Absent where what is kept is this process's own. */
  readonly away?: Pick<StoreAway, "watch" | "isAway">;
  readonly clock: Clock;
}

/** It is away for so long before anybody is told, in ms. */
const WORTH_TELLING_MS = 5000;

/** Makes the use case: each absence is told once, and so is its end, until the returned function is called. */
export function createStoreWatch({ away, clock }: StoreWatchParts) {
  return (listener: (word: StoreWord) => void): (() => void) => {
    let waiting = new AbortController();
    let isTold = false;
    const tellIfAway = async (signal: AbortSignal): Promise<void> => {
      await clock.sleep(WORTH_TELLING_MS, signal);
      isTold = true;
      listener({ kind: "away" });
    };
    const unwatch = away?.watch((news) => {
      waiting.abort(new Error("it is back"));
      if (news.kind === "away") {
        waiting = new AbortController();
        return void tellIfAway(waiting.signal).catch(() => undefined);
      }
      if (isTold) listener({ kind: "back", seconds: Math.ceil(news.afterMs / 1000) });
      isTold = false;
    });
    return () => {
      waiting.abort(new Error("nobody listens"));
      unwatch?.();
    };
  };
}
