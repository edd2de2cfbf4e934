import type { CircuitBreaker } from "../domain/accounts/circuit-breaker.ts";
import { NetworkError } from "../domain/errors.ts";
import type { Clock } from "../lib/clock.ts";
import { systemClock } from "../lib/clock.ts";
import { mayRepeat } from "./retry.ts";

export interface GuardOptions {
  /** Whether an error says that the service is away; by default whatever may pass. Any other is an answer. */
  readonly isFailure?: (error: unknown) => boolean;
  readonly clock?: Pick<Clock, "now">;
}

/**
 * Does something behind a breaker: while it is open nothing is asked and it fails at once, and when its time is over one
 * call tries whether the service is back.
 * @throws {NetworkError} when nothing was asked; else what the work threw
 */
export async function guard<T>(
  breaker: CircuitBreaker,
  work: () => Promise<T>,
  { isFailure = mayRepeat, clock = systemClock }: GuardOptions = {},
): Promise<T> {
  if (breaker.readyAt(clock.now()) > clock.now())
    throw new NetworkError("The service is taken for down; nothing was asked.");
  const generation = breaker.begins();
  try {
    const result = await work();
    breaker.succeeded(generation);
    return result;
  } catch (error) {
    judge(breaker, generation, clock.now(), () => isFailure(error));
    throw error;
  }
}

/** Whatever happens here, the one that tried is done: else the breaker would wait for it for ever. */
function judge(breaker: CircuitBreaker, generation: number, now: number, isFailure: () => boolean): void {
  let isDown = true;
  try {
    isDown = isFailure();
  } finally {
    if (isDown) breaker.failed(generation, now);
    else breaker.succeeded(generation);
  }
}
