import { setMaxListeners } from "node:events";
import type { Clock } from "../../lib/clock.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import { codeOf } from "../../domain/reasons/reason.ts";

/** How often overdue work is looked for: a deadline is kept to within this, in ms. */
const SWEEP_MS = 1000;

/** Work that is under way. */
interface Pending {
  /** By the time that never goes back. */
  readonly deadline: number;
  giveUp(why: Reason): void;
}

/** Begun within the same second and with the same deadline: they share one signal. */
interface Cohort {
  readonly controller: AbortController;
  readonly deadline: number;
}

/**
 * Gives each piece of work a time in which to answer. One sweep watches them all and those begun together share a
 * signal, because a timer and a signal for each of tens of thousands of sends a second would cost more than the sends.
 */
export class Deadlines {
  readonly #clock: Clock;
  readonly #pending = new Set<Pending>();
  readonly #cohorts = new Set<Cohort>();
  #youngest: Cohort | undefined;
  #isSweeping = false;
  /** The last moment that was looked at, and by how much that time is ahead of the clock, in ms. */
  #seen = -Infinity;
  #aheadMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Answers what the work answers, or what `late` makes of the reason when it has not answered `ms` from now (a second
   * more at most) or everything is given up. The signal fires then too; what the work answers later is not heard.
   */
  run<T>(ms: number, work: (signal: AbortSignal) => Promise<T>, late: (why: Reason) => T): Promise<T> {
    const cohort = this.#cohortUntil(this.#now() + ms);
    return new Promise((resolve, reject) => {
      const pending = { deadline: cohort.deadline, giveUp: (why: Reason) => resolve(late(why)) };
      this.#pending.add(pending);
      work(cohort.controller.signal).then(
        (answer) => {
          this.#pending.delete(pending);
          resolve(answer);
        },
        (error: unknown) => {
          this.#pending.delete(pending);
          reject(error);
        },
      );
    });
  }

  giveUpAll(why: Reason): void {
    this.#giveUp(why, Infinity);
  }

  #cohortUntil(deadline: number): Cohort {
    const youngest = this.#youngest;
    if (youngest && deadline <= youngest.deadline && deadline > youngest.deadline - SWEEP_MS) return youngest;
    const cohort = { controller: new AbortController(), deadline: deadline + SWEEP_MS - 1 };
    setMaxListeners(0, cohort.controller.signal); // as many as are sent within a second
    this.#youngest = cohort;
    this.#cohorts.add(cohort);
    if (!this.#isSweeping) void this.#sweep();
    return cohort;
  }

  /** Gives up what is due by `now`; the signal fires first, so that a channel that listens answers for itself. */
  #giveUp(why: Reason, now: number): void {
    for (const cohort of this.#cohorts) {
      if (cohort.deadline > now) continue;
      cohort.controller.abort(new Error(codeOf(why)));
      this.#cohorts.delete(cohort);
      if (cohort === this.#youngest) this.#youngest = undefined;
    }
    for (const pending of this.#pending) {
      if (pending.deadline > now) continue;
      this.#pending.delete(pending);
      setImmediate(() => pending.giveUp(why));
    }
  }

  /** As the clock says, ms since the epoch; where that is set back this goes on from where it was. */
  #now(): number {
    const now = this.#clock.now();
    this.#aheadMs = Math.max(this.#aheadMs, this.#seen - now);
    return (this.#seen = now + this.#aheadMs);
  }

  async #sweep(): Promise<void> {
    this.#isSweeping = true;
    while (this.#pending.size > 0 || this.#cohorts.size > 0) {
      await this.#clock.sleep(SWEEP_MS);
      this.#giveUp("noAnswerInTime", this.#now());
      if (this.#pending.size > 0) continue;
      this.#cohorts.clear();
      this.#youngest = undefined;
    }
    this.#isSweeping = false;
  }
}
