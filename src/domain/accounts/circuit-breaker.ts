/**
 * A circuit breaker for work that goes on side by side. Every opening, trial and closing begins a generation, and work
 * belongs to the generation it began in. What a straggler of an earlier one meets says nothing about the present and
 * changes nothing: so a trial is decided by the one that tries, and by no other. Time is an argument; nothing waits in here.
 */
import { ValidationError } from "../errors.ts";
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
  #generation = 0;

  /**
   * @param remembered How it stood before a restart; closed unless given
   * @throws {ValidationError} for a policy by which it could not open
   */
  constructor(policy: BreakerPolicy = defaultBreakerPolicy, remembered: Breaker = closedBreaker) {
    this.#policy = checked(policy);
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

  /** Work begins: an open breaker whose time is over lets this one try and no other. Answers the generation it belongs to. */
  begins(): number {
    this.#become(breakerBegins(this.#breaker));
    return this.#generation;
  }

  /** Tells whether what began in a generation still says something. */
  isPresent(generation: number): boolean {
    return generation === this.#generation;
  }

  /** Work ended without a word from the service: if it was the one to try, the next one may. */
  didNotAsk(generation: number, now: number): void {
    if (generation === this.#generation && this.#breaker.state === "halfOpen")
      this.#become({ state: "open", until: now, opened: this.#breaker.opened });
  }

  /** The service answered. Answers true when this closed the breaker. */
  succeeded(generation: number): boolean {
    return generation === this.#generation && this.#become(breakerSucceeds());
  }

  /** The service could not be reached. Answers true when this opened the breaker. */
  failed(generation: number, now: number): boolean {
    return generation === this.#generation && this.#become(breakerFails(this.#breaker, now, this.#policy));
  }

  #become(breaker: Breaker): boolean {
    const isAnother = breaker.state !== this.#breaker.state;
    this.#breaker = breaker;
    if (isAnother) this.#generation++;
    return isAnother;
  }
}

function checked(policy: BreakerPolicy): BreakerPolicy {
  const { failures, openMs, longestOpenMs } = policy;
  if (!(Number.isInteger(failures) && failures >= 1))
    throw new ValidationError("failures: expected a whole number from 1.");
  if (!(typeof openMs === "number" && openMs >= 0))
    throw new ValidationError("openMs: expected a number of ms from 0.");
  if (!(typeof longestOpenMs === "number" && longestOpenMs >= openMs))
    throw new ValidationError("longestOpenMs: expected a number of ms, openMs at least.");
  return policy;
}
