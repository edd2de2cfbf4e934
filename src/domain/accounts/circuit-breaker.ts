/**
 * A circuit breaker for work that goes on side by side. Every opening, trial and closing begins an era, and work belongs
 * to the era it began in. What a straggler of an earlier era meets says nothing about the present and changes nothing: so
 * a trial is decided by the one that tries, and by no other. Time is an argument; nothing waits in here.
 */
import type { Breaker, BreakerPolicy } from "./breaker.ts";
import {
  breakerBegins,
  breakerFails,
  breakerReadyAt,
  breakerSucceeds,
  closedBreaker,
  defaultBreakerPolicy,
} from "./breaker.ts";

export class CircuitBreaker {
  readonly #policy: BreakerPolicy;
  #breaker: Breaker;
  #era = 0;

  /** @param remembered How it stood before a restart; closed unless given */
  constructor(policy: BreakerPolicy = defaultBreakerPolicy, remembered: Breaker = closedBreaker) {
    this.#policy = policy;
    this.#breaker = remembered;
  }

  /** How it stands; a value that can be kept. */
  get standing(): Breaker {
    return this.#breaker;
  }

  /** From when on work may begin: `now` or earlier means at once; infinity while another one tries. */
  readyAt(now: number): number {
    return breakerReadyAt(this.#breaker, now);
  }

  /** Work begins: an open breaker whose time is over lets this one try and no other. Answers the era it belongs to. */
  begins(): number {
    this.#become(breakerBegins(this.#breaker));
    return this.#era;
  }

  /** Tells whether what began in an era still says something. */
  isPresent(era: number): boolean {
    return era === this.#era;
  }

  /** Work ended without a word from the service: if it was the one to try, the next one may. */
  didNotAsk(era: number, now: number): void {
    if (era === this.#era && this.#breaker.state === "halfOpen")
      this.#become({ state: "open", until: now, opened: this.#breaker.opened });
  }

  /** The service answered. Answers true when this closed the breaker. */
  succeeded(era: number): boolean {
    return era === this.#era && this.#become(breakerSucceeds());
  }

  /** The service could not be reached. Answers true when this opened the breaker. */
  failed(era: number, now: number): boolean {
    return era === this.#era && this.#become(breakerFails(this.#breaker, now, this.#policy));
  }

  #become(breaker: Breaker): boolean {
    const isAnother = breaker.state !== this.#breaker.state;
    this.#breaker = breaker;
    if (isAnother) this.#era++;
    return isAnother;
  }
}
