/**
 * A circuit breaker as a value: closed (sends go), open (nobody sends until a moment), half-open (one send tries).
 * One enters `open` after so many failures in a row or when the one that tried fails; one leaves it for `halfOpen` when
 * its time is over; a success closes it.
 */
export type Breaker =
  | { readonly state: "closed"; readonly failures: number }
  | { readonly state: "open"; readonly until: number; readonly opened: number }
  | { readonly state: "halfOpen"; readonly opened: number };

export interface BreakerPolicy {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** How long it stays open the first time in ms; doubles each time the probe fails. */
  readonly openMs: number;
  readonly longestOpenMs: number;
}

export const defaultBreakerPolicy: BreakerPolicy = { failures: 5, openMs: 30_000, longestOpenMs: 600_000 };

export const closedBreaker: Breaker = { state: "closed", failures: 0 };

/** Tells from when on a send may begin: `now` or earlier means at once; infinity while another one is trying. */
export function breakerReadyAt(breaker: Breaker, now: number): number {
  switch (breaker.state) {
    case "closed":
      return now;
    case "open":
      return breaker.until;
    case "halfOpen":
      return Infinity;
  }
}

/** A send begins: an open breaker whose time is over lets this single one try. */
export function breakerBegins(breaker: Breaker): Breaker {
  return breaker.state === "open" ? { state: "halfOpen", opened: breaker.opened } : breaker;
}

/** The service answered, be it yes or a no of its own. */
export function breakerSucceeds(): Breaker {
  return closedBreaker;
}

/** The service could not be reached. Stragglers that began before it opened change nothing. */
export function breakerFails(breaker: Breaker, now: number, policy: BreakerPolicy): Breaker {
  switch (breaker.state) {
    case "open":
      return breaker;
    case "halfOpen":
      return openFor(breaker.opened + 1, now, policy);
    case "closed": {
      const failures = breaker.failures + 1;
      return failures >= policy.failures ? openFor(1, now, policy) : { state: "closed", failures };
    }
  }
}

function openFor(opened: number, now: number, policy: BreakerPolicy): Breaker {
  const openMs = Math.min(policy.openMs * 2 ** (opened - 1), policy.longestOpenMs);
  return { state: "open", until: now + openMs, opened };
}
