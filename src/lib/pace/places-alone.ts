/**
 * What a process sends while nobody gives out the places of a lane that it shares: nobody knows then who else goes, so whoever
 * must say something goes by the few places that campaigns always leave. Whatever the process sent lately counts towards
 * them, for the others may have been given all the rest.
 */
import type { Clock } from "../clock.ts";
import type { WindowLimit } from "./sliding-window.ts";
import { SlidingWindow } from "./sliding-window.ts";
import { Until } from "./until.ts";

/** One place, and how its use is told. */
export interface SharedPlace {
  left(): void;
  giveBack(): void;
}

/** So many of a lane's places are left to whoever goes first, and to whoever speaks while nobody gives places out. */
export const keptOf = (count: number): number => Math.floor(count / 6);

/** Nobody is asked for places for so long after one did not answer, in ms. */
const ALONE_MS = 2000;

export interface PlacesAloneParts {
  readonly clock: Clock;
  /** Of all processes together. */
  readonly limit: WindowLimit;
  /** Somebody may go now. */
  readonly changed: () => void;
}

export class PlacesAlone {
  readonly #parts: PlacesAloneParts;
  /** Everything that this process sends. */
  readonly #own: SlidingWindow;
  readonly #until = new Until();
  /** What went meanwhile counts until then. */
  readonly #unknownUntil = new Until();

  constructor(parts: PlacesAloneParts) {
    this.#parts = parts;
    this.#own = new SlidingWindow({ ...parts.limit, count: keptOf(parts.limit.count) });
  }

  /** Nobody gives out places at the moment. */
  get isAlone(): boolean {
    return this.#parts.clock.now() < this.until;
  }

  /** Until when it takes that to be so, ms since the epoch; it may be past. */
  get until(): number {
    return this.#until.at(this.#parts.clock.now());
  }

  /** When a place may be had, ms since the epoch; infinity while that hangs on whoever is about to go. */
  get readyAt(): number {
    return this.#own.readyAt(this.#parts.clock.now());
  }

  /** Something counts that whoever gives out places has not heard of: of what is kept nothing is to be had. */
  get isUnknown(): boolean {
    const now = this.#parts.clock.now();
    return now < this.#unknownUntil.at(now);
  }

  /** Whoever gives out places does not answer. */
  begin(): void {
    const now = this.#parts.clock.now();
    this.#until.set(now + ALONE_MS, now);
  }

  /** A place to go now; undefined while there is none. */
  take(): SharedPlace | undefined {
    const { clock, limit, changed } = this.#parts;
    if (this.readyAt > clock.now()) return undefined;
    return this.counted((leftAt) => {
      if (leftAt !== undefined) this.#unknownUntil.set(leftAt + limit.windowMs, leftAt);
      changed();
    });
  }

  /** A place that counts as sent by this process. @param used Told when it was, or with undefined that it was not */
  counted(used: (leftAt: number | undefined) => void): SharedPlace {
    this.#own.hold();
    return {
      left: () => {
        const now = this.#parts.clock.now();
        this.#own.leave(now);
        used(now);
      },
      giveBack: () => {
        this.#own.giveBack();
        used(undefined);
      },
    };
  }
}
