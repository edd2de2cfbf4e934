/** Where one process does everything, as over a data folder: what is offered is given at once, and kept. */
import type { Clock } from "../../lib/clock.ts";
import type { InTurn } from "../../lib/in-turn.ts";
import { createTurns } from "../../lib/in-turn.ts";
import type { Duties, DutyName, DutyWork, Holding, Offer } from "../../storage/ports/duties.ts";

export interface AloneParts {
  readonly clock: Clock;
  /** What this process is called. */
  readonly worker: string;
  /** Told of work that threw while it was held. */
  readonly onProblem: (duty: DutyName, error: unknown) => void;
}

/** How long work that ended or threw is not begun anew, in ms. */
const PAUSE_MS = 5000;

export function aloneDuties(parts: AloneParts): Duties {
  return new AloneDuties(parts);
}

class AloneDuties implements Duties {
  readonly #parts: AloneParts;
  readonly #turns = new Map<DutyName, InTurn>();
  readonly #holdings = new Map<DutyName, Holding>();

  constructor(parts: AloneParts) {
    this.#parts = parts;
  }

  offer(duty: DutyName, work: DutyWork): Offer {
    const takenBack = new AbortController();
    const inTurn = this.#turns.get(duty) ?? createTurns();
    this.#turns.set(duty, inTurn);
    const done = inTurn(() => this.#keep(duty, work, takenBack.signal));
    return {
      [Symbol.asyncDispose]: () => {
        takenBack.abort();
        return done;
      },
    };
  }

  holders(): Promise<readonly Holding[]> {
    return Promise.resolve([...this.#holdings.values()].toSorted((a, b) => (a.duty < b.duty ? -1 : 1)));
  }

  async #keep(duty: DutyName, work: DutyWork, takenBack: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    while (!takenBack.aborted) {
      await this.#hold(duty, work, takenBack);
      if (!takenBack.aborted) await clock.sleep(PAUSE_MS, takenBack).catch(() => undefined);
    }
  }

  async #hold(duty: DutyName, work: DutyWork, held: AbortSignal): Promise<void> {
    const { clock, worker, onProblem } = this.#parts;
    this.#holdings.set(duty, { duty, worker, since: clock.now() });
    try {
      await work(held);
    } catch (error) {
      if (!held.aborted) onProblem(duty, error); // whoever is told to stop may say so by throwing
    } finally {
      this.#holdings.delete(duty);
    }
  }
}
