/** Whether a channel as a whole lets anybody send: its breaker, and the rest it may have asked everybody for. */
import type { BreakerPolicy } from "../../domain/accounts/breaker.ts";
import { CircuitBreaker } from "../../domain/accounts/circuit-breaker.ts";
import type { ChannelHealth } from "../../domain/accounts/channel-health.ts";
import type { Reason } from "../../domain/reasons/reason.ts";

/** While one send tries whether the service is back, the others look again this often. */
const LOOK_AGAIN_MS = 1000;

export interface ChannelWait {
  readonly until: number;
  readonly why: Reason;
}

/** A send belongs to the generation of the breaker that it began in: a straggler changes nothing. */
export class ChannelGate {
  readonly #breaker: CircuitBreaker;
  #rest: ChannelWait = { until: 0, why: "unsaid" };
  #lastFailure: Reason = "unsaid";

  constructor(policy: BreakerPolicy, remembered?: ChannelHealth) {
    const { rest, outage } = remembered ?? {};
    if (rest) this.#rest = rest;
    if (outage) this.#lastFailure = outage.why;
    const { until = 0, opened = 0 } = outage ?? {};
    this.#breaker = new CircuitBreaker(policy, outage && { state: "open", until, opened });
  }

  /** When anybody may send through this channel, and why not sooner. */
  wait(now: number): ChannelWait {
    const readyAt = this.#breaker.readyAt(now);
    const breakerAt = readyAt === Infinity ? now + LOOK_AGAIN_MS : readyAt;
    if (breakerAt > this.#rest.until) return { until: breakerAt, why: this.#lastFailure };
    return { until: Math.max(now, this.#rest.until), why: this.#rest.why };
  }

  /** The service is taken for down: nobody sends, or one tries whether it is back. */
  get isOut(): boolean {
    return this.#breaker.standing.state !== "closed";
  }

  /** A send begins: an open breaker lets this one try and no other. Answers the generation it belongs to. */
  begins(): number {
    return this.#breaker.begins();
  }

  /** A send ended without asking the service: if it was the one to try, the next one may. */
  didNotAsk(generation: number, now: number): void {
    this.#breaker.didNotAsk(generation, now);
  }

  /** Answers true when this closed the breaker. */
  succeeded(generation: number): boolean {
    return this.#breaker.succeeded(generation);
  }

  /** Answers true when this opened the breaker. */
  failed(generation: number, now: number, why: Reason): boolean {
    if (this.#breaker.isPresent(generation)) this.#lastFailure = why;
    return this.#breaker.failed(generation, now);
  }

  /** Answers true when the channel now rests longer than it already did. */
  rests(until: number, why: Reason): boolean {
    if (until <= this.#rest.until) return false;
    this.#rest = { until, why };
    return true;
  }

  /** What a restart must know; one that was under trial is tried again. */
  get health(): Pick<ChannelHealth, "outage" | "rest"> {
    const breaker = this.#breaker.standing;
    const why = this.#lastFailure;
    const until = breaker.state === "open" ? breaker.until : 0;
    return {
      ...(breaker.state === "closed" ? {} : { outage: { until, opened: breaker.opened, why } }),
      ...(this.#rest.until > 0 ? { rest: this.#rest } : {}),
    };
  }
}
