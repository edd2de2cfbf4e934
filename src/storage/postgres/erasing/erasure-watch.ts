/** Carries out what is recorded, by whichever process, as soon as this one hears of it: nothing is closed for it. */
import type { Clock } from "../../../lib/clock.ts";
import { createTurns } from "../../../lib/in-turn.ts";
import type { Database } from "../database.ts";
import type { Wakes } from "../wakes.ts";
import { carryOutErasures } from "./carry-out.ts";
import type { StoredErasing } from "./erased-store.ts";
import { TOPIC } from "./erased-store.ts";

export interface ErasureWatchParts {
  readonly database: Database;
  readonly erasing: StoredErasing;
  readonly wakes: Pick<Wakes, "on">;
  readonly clock: Pick<Clock, "sleep">;
  /** Told of what can't be carried out now; it is tried again at the next wake. */
  readonly onProblem: (error: unknown) => void;
}

export interface ErasureWatch extends AsyncDisposable {
  /** Carries out what is pending now. */
  carryOut(): Promise<void>;
}

export function watchErasures({ wakes, onProblem, ...parts }: ErasureWatchParts): ErasureWatch {
  const closing = new AbortController();
  const inTurn = createTurns();
  let isWaiting = false;
  const carryOut = (): Promise<void> => {
    if (isWaiting) return inTurn(async () => undefined);
    isWaiting = true;
    return inTurn(async () => {
      isWaiting = false;
      if (closing.signal.aborted) return;
      try {
        await carryOutErasures({ ...parts, signal: closing.signal });
      } catch (error) {
        if (!closing.signal.aborted) onProblem(error);
      }
    });
  };
  const listening = wakes.on(TOPIC, () => void carryOut());
  return {
    carryOut,
    async [Symbol.asyncDispose]() {
      listening[Symbol.dispose]();
      closing.abort(new Error("closed"));
      await inTurn(async () => undefined);
    },
  };
}
