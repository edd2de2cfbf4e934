/** Whether a channel as a whole lets anybody send: its breaker, and the rest it may have asked everybody for. */
import type { Breaker, BreakerPolicy } from "../domain/accounts/breaker.ts";
import {
  breakerBegins,
  breakerFails,
  breakerReadyAt,
  breakerSucceeds,
  closedBreaker,
} from "../domain/accounts/breaker.ts";
import type { ChannelStanding } from "../domain/accounts/standing.ts";
import type { Reason } from "../domain/reasons/reason.ts";

/** While one send tries whether the service is back, the others look again this often. */
const LOOK_AGAIN_MS = 1000;

export interface ChannelWait {
  readonly until: number;
  readonly why: Reason;
}

/**
 * Every opening, trial and closing of the breaker begins an era, and a send belongs to the era it began in. What a
 * straggler of an earlier era meets says nothing about the present and changes nothing: so a trial is decided by the
 * one send that tries, and by no other.
 */
export class ChannelGate {
  readonly #policy: BreakerPolicy;
  #breaker: Breaker = closedBreaker;
  #era = 0;
  #rest: ChannelWait = { until: 0, why: "unsaid" };
  #lastFailure: Reason = "unsaid";

  constructor(policy: BreakerPolicy, remembered?: ChannelStanding) {
    this.#policy = policy;
    if (remembered?.rest) this.#rest = remembered.rest;
    if (!remembered?.outage) return;
    const { until, opened, why } = remembered.outage;
    this.#breaker = { state: "open", until, opened };
    this.#lastFailure = why;
  }

  /** When anybody may send through this channel, and why not sooner. */
  wait(now: number): ChannelWait {
    const readyAt = breakerReadyAt(this.#breaker, now);
    const breakerAt = readyAt === Infinity ? now + LOOK_AGAIN_MS : readyAt;
    if (breakerAt > this.#rest.until) return { until: breakerAt, why: this.#lastFailure };
    return { until: Math.max(now, this.#rest.until), why: this.#rest.why };
  }

  /** The service is taken for down: nobody sends, or one tries whether it is back. */
  get isOut(): boolean {
    return this.#breaker.state !== "closed";
  }

  /** A send begins: an open breaker lets this one try and no other. Answers the era it belongs to. */
  begins(): number {
    this.#become(breakerBegins(this.#breaker));
    return this.#era;
  }

  /** A send ended without asking the service: if it was the one to try, the next one may. */
  didNotAsk(era: number, now: number): void {
    if (era === this.#era && this.#breaker.state === "halfOpen")
      this.#become({ state: "open", until: now, opened: this.#breaker.opened });
  }

  /** Answers true when this closed the breaker. */
  succeeded(era: number): boolean {
    return era === this.#era && this.#become(breakerSucceeds());
  }

  /** Answers true when this opened the breaker. */
  failed(era: number, now: number, why: Reason): boolean {
    if (era !== this.#era) return false;
    this.#lastFailure = why;
    return this.#become(breakerFails(this.#breaker, now, this.#policy));
  }

  /** Answers true when the channel now rests longer than it already did. */
  rests(until: number, why: Reason): boolean {
    if (until <= this.#rest.until) return false;
    this.#rest = { until, why };
    return true;
  }

  /** What a restart must know; one that was under trial is tried again. */
  get standing(): Pick<ChannelStanding, "outage" | "rest"> {
    const breaker = this.#breaker;
    const why = this.#lastFailure;
    const until = breaker.state === "open" ? breaker.until : 0;
    return {
      ...(breaker.state === "closed" ? {} : { outage: { until, opened: breaker.opened, why } }),
      ...(this.#rest.until > 0 ? { rest: this.#rest } : {}),
    };
  }

  #become(breaker: Breaker): boolean {
    const isAnother = breaker.state !== this.#breaker.state;
    this.#breaker = breaker;
    if (isAnother) this.#era++;
    return isAnother;
  }
}
