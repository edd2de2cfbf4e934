/** What this process offered to do: waits to be given each duty, does its work, and hands it back once that came to its end. */
import type { Clock } from "../../../lib/clock.ts";
import type { InTurn } from "../../../lib/in-turn.ts";
import { createTurns } from "../../../lib/in-turn.ts";
import type { DutyName, DutyWork, Offer, Offering } from "../../ports/duties.ts";
import type { Hold } from "./hold.ts";

export interface OffersParts {
  readonly clock: Clock;
  readonly onProblem: (duty: DutyName, error: unknown) => void;
  /** Told when more or less is offered than before. */
  readonly onChange: () => void;
  /** Nothing of its work is under way any more. Never throws. */
  readonly onEnd: (hold: Hold) => Promise<void>;
}

/** How long work that ended by itself or threw is left to others, in ms. */
const PAUSE_MS = 5000;

export class Offers {
  readonly #parts: OffersParts;
  readonly #turns = new Map<DutyName, InTurn>();
  readonly #standing = new Set<Offer>();
  readonly #waiting = new Map<DutyName, (hold?: Hold) => void>();
  readonly #holds = new Set<Hold>();
  /** By offer that stands. */
  readonly #atNeed = new Map<Offer, DutyName>();

  constructor(parts: OffersParts) {
    this.#parts = parts;
  }

  offer(duty: DutyName, work: DutyWork, { isAtNeed = false }: Offering = {}): Offer {
    const takenBack = new AbortController();
    const inTurn = this.#turns.get(duty) ?? createTurns();
    this.#turns.set(duty, inTurn);
    const done = inTurn(() => this.#keep(duty, work, takenBack.signal));
    const offer: Offer = {
      [Symbol.asyncDispose]: async () => {
        takenBack.abort();
        await done;
        this.#standing.delete(offer);
        this.#atNeed.delete(offer);
      },
    };
    this.#standing.add(offer);
    if (isAtNeed) this.#atNeed.set(offer, duty);
    return offer;
  }

  /** What this process would do or does, and does not want to be rid of. */
  get willing(): readonly DutyName[] {
    const held = this.holds.filter(({ isTakenBack }) => !isTakenBack);
    return [...this.#waiting.keys(), ...held.map(({ duty }) => duty)];
  }

  /** Those of them that it does only where nobody else would. */
  get atNeed(): readonly DutyName[] {
    return [...this.#atNeed.values()];
  }

  /** Those that are not lost. */
  get holds(): readonly Hold[] {
    return [...this.#holds].filter(({ isLost }) => !isLost);
  }

  isWaiting(duty: DutyName): boolean {
    return this.#waiting.has(duty);
  }

  /** False: nobody waits for it. */
  give(hold: Hold): boolean {
    const take = this.#waiting.get(hold.duty);
    take?.(hold);
    return take !== undefined;
  }

  async takeAllBack(): Promise<void> {
    await Promise.all([...this.#standing].map((offer) => offer[Symbol.asyncDispose]()));
  }

  async #keep(duty: DutyName, work: DutyWork, takenBack: AbortSignal): Promise<void> {
    while (!takenBack.aborted) {
      const hold = await this.#given(duty, takenBack);
      if (hold) await this.#do(work, hold, takenBack);
    }
  }

  #given(duty: DutyName, takenBack: AbortSignal): Promise<Hold | undefined> {
    return new Promise((resolve) => {
      const take = (hold?: Hold): void => {
        takenBack.removeEventListener("abort", leave);
        this.#waiting.delete(duty);
        if (hold) this.#holds.add(hold);
        resolve(hold);
      };
      const leave = (): void => {
        take();
        this.#parts.onChange();
      };
      takenBack.addEventListener("abort", leave);
      this.#waiting.set(duty, take);
      this.#parts.onChange();
    });
  }

  async #do(work: DutyWork, hold: Hold, takenBack: AbortSignal): Promise<void> {
    const { clock, onProblem, onChange, onEnd } = this.#parts;
    const stop = (): void => {
      hold.takeBack();
      onChange();
    };
    takenBack.addEventListener("abort", stop);
    if (takenBack.aborted) stop();
    try {
      await work(hold.held);
    } catch (error) {
      if (!hold.held.aborted) onProblem(hold.duty, error); // whoever is told to stop may say so by throwing
    }
    takenBack.removeEventListener("abort", stop);
    const endedByItself = !hold.held.aborted;
    this.#holds.delete(hold);
    await onEnd(hold);
    if (endedByItself) await clock.sleep(PAUSE_MS, takenBack).catch(() => undefined);
  }
}
