/**
 * When a source may be called next: within the number of calls it allows, not before the moment it named itself, slower
 * after it refused without naming one, and one at a time while it is taken for down. One gate a source, shared by all
 * lists that collect from it.
 */
import { AdaptivePace } from "../domain/accounts/adaptive-pace.ts";
import { CircuitBreaker } from "../domain/accounts/circuit-breaker.ts";
import type { Reason } from "../domain/reasons/reason.ts";

export interface CallLimit {
  readonly count: number;
  readonly windowMs: number;
}

/** A call that is under way. */
export interface PassedCall {
  readonly generation: number;
  /** ms since the epoch */
  readonly at: number;
}

export interface GateOpening {
  /** The earliest moment a call may go out, ms since the epoch; it may be past. */
  readonly at: number;
  readonly kind: "rateLimit" | "callLimit" | "unavailable";
  readonly why?: Reason;
}

/** While one call tries whether the source is back, the others look again this often. */
const LOOK_AGAIN_MS = 1000;

export class SourceGate {
  readonly #limit: CallLimit | undefined;
  readonly #pace = new AdaptivePace();
  readonly #breaker = new CircuitBreaker();
  /** Moments of the latest calls, oldest first; as many as the limit counts. */
  #calls: number[] = [];
  #closedUntil = 0;
  #lastFailure: Reason = "unsaid";

  constructor(limit: CallLimit | undefined) {
    this.#limit = limit;
  }

  /** Counts calls that an earlier process made. */
  remember(calls: readonly number[]): void {
    if (!this.#limit) return;
    this.#calls = [...this.#calls, ...calls].toSorted((a, b) => a - b).slice(-this.#limit.count);
  }

  /** The latest of the moments that each rule names satisfies them all. */
  opensAt(now: number): GateOpening {
    const trial = this.#breaker.readyAt(now);
    const openings: GateOpening[] = [
      { at: this.#closedUntil, kind: "rateLimit" },
      { at: this.#slotAt(), kind: "callLimit" },
      { at: this.#pace.slowed ? this.#pace.readyAt(now) : 0, kind: "rateLimit" },
      { at: trial === Infinity ? now + LOOK_AGAIN_MS : trial, kind: "unavailable", why: this.#lastFailure },
    ];
    return openings.reduce((latest, one) => (one.at > Math.max(latest.at, now) ? one : latest));
  }

  /** A call goes out. */
  pass(at: number): PassedCall {
    this.#pace.take(at);
    const call = { generation: this.#breaker.begins(), at };
    if (!this.#limit) return call;
    this.#calls.push(at);
    if (this.#calls.length > this.#limit.count) this.#calls.shift();
    return call;
  }

  /** The source answered, with a page or with a refusal of its own. */
  answered({ generation }: PassedCall): void {
    this.#breaker.succeeded(generation);
  }

  /** A page came: a source that was asked more slowly may be asked a little faster. */
  served(now: number): void {
    this.#pace.speedUp(now);
  }

  /** No answer came of which anything could be made. */
  failed({ generation }: PassedCall, now: number, why: Reason): void {
    this.#lastFailure = why;
    this.#breaker.failed(generation, now);
  }

  /** The call was given up before anything came of it. */
  abandoned({ generation }: PassedCall, now: number): void {
    this.#breaker.didNotAsk(generation, now);
  }

  /** It came too fast. A source that says until when is obeyed to the letter; one that does not is asked more slowly. */
  throttled({ at }: PassedCall, now: number, until: number | undefined): void {
    if (until === undefined) this.#pace.slowDown(this.#limit, at, now);
    else this.#closedUntil = Math.max(this.#closedUntil, until);
  }

  #slotAt(): number {
    const { count = 0, windowMs = 0 } = this.#limit ?? {};
    const oldest = this.#calls.length < count ? undefined : this.#calls[0];
    return oldest === undefined ? 0 : oldest + windowMs;
  }
}
