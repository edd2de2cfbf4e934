/**
 * Limits on how often an account may send, and the one question asked of them: when is the next send allowed.
 * Pure: the past is an argument, the answer a moment.
 */

/**
 * At most `count` sends in any stretch of `windowMs`, or in one calendar day of the campaign's time zone. `freesAt`: a
 * moment from which on the stretch may be shorter, so that the limit is to be asked for anew (ms since the epoch).
 */
export type Limit =
  | { readonly kind: "sliding"; readonly count: number; readonly windowMs: number; readonly freesAt?: number }
  | { readonly kind: "day"; readonly count: number };

/** What one account may do at most. An absent cap is no cap. */
export interface Caps {
  readonly perMinute?: number;
  readonly perHour?: number;
  readonly perDay?: number;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** Turns an account's caps into the limits that the claim checks. */
export function limitsOf(caps: Caps): Limit[] {
  const limits: Limit[] = [];
  if (caps.perMinute !== undefined)
    limits.push({ kind: "sliding", count: caps.perMinute, windowMs: MINUTE_MS });
  if (caps.perHour !== undefined) limits.push({ kind: "sliding", count: caps.perHour, windowMs: HOUR_MS });
  if (caps.perDay !== undefined) limits.push({ kind: "day", count: caps.perDay });
  return limits;
}

/** How many may be sent in any stretch of that length, in ms, by limits that are published; infinity: as many as one likes. */
export function mostIn(limits: readonly Limit[], lengthMs: number): number {
  const each = limits.map((limit) =>
    limit.kind === "day" ? limit.count : limit.count * Math.max(1, Math.ceil(lengthMs / limit.windowMs)),
  );
  return Math.min(Infinity, ...each);
}

/** So many sends in so much time. */
export interface Rate {
  readonly count: number;
  readonly windowMs: number;
}

/** The slowest of the sliding limits in the long run; undefined when there is none that lets anything through. */
export function slowestRate(limits: readonly Limit[]): Rate | undefined {
  let slowest: Rate | undefined;
  for (const limit of limits) {
    if (limit.kind !== "sliding" || limit.count <= 0) continue;
    const { count, windowMs } = limit;
    if (!slowest || count / windowMs < slowest.count / slowest.windowMs) slowest = { count, windowMs };
  }
  return slowest;
}
