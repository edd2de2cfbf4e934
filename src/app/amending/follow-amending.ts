/** Follows an amendment until it does not run any more, for whoever waits for one: the command line and the library. */
import type { Clock } from "../../lib/clock.ts";
import type { AmendingView } from "./amending.ts";

export interface FollowAmending {
  /** How it fares now. */
  readonly look: () => Promise<AmendingView | undefined>;
  readonly clock: Clock;
  /** Ends the waiting, not the amendment. */
  readonly signal: AbortSignal;
  readonly onProgress?: (view: AmendingView) => void;
  /** Tells whether somebody is there who does it. */
  readonly isOwned: () => Promise<boolean>;
  /** ms */
  readonly everyMs: number;
}

/** How it stood at last: not running, unless whoever waits was interrupted; undefined when nobody is left who does it. */
export async function followAmending(options: FollowAmending): Promise<AmendingView | undefined> {
  const { look, clock, signal, onProgress, isOwned, everyMs } = options;
  for (;;) {
    // Asked first: what it came to may have been written down by somebody who is gone now.
    const goesOn = await isOwned();
    const view = await look();
    if (!view) return undefined;
    onProgress?.(view);
    if (view.status !== "running" || signal.aborted) return view;
    if (!goesOn) return undefined;
    await clock.sleep(everyMs, signal).catch(() => undefined);
  }
}
