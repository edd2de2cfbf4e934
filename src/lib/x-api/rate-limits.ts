/** What the headers of an answer say of the limits that the call counted against. */

/** One window: `limit` calls in it, `remaining` of them left until it ends. */
export interface XWindow {
  readonly limit: number;
  readonly remaining: number;
  /** ms since the epoch, by our clock. */
  readonly resetsAt: number;
}

/** Absent: the answer said nothing of that window. */
export interface XLimits {
  /** Of this endpoint: 15 minutes for almost all of them. */
  readonly window?: XWindow;
  /** What the account may still send in its 24 hours. */
  readonly accountDay?: XWindow;
  /** What the app may still send in its 24 hours, all its accounts together. */
  readonly appDay?: XWindow;
  /** `retry-after` as a moment, ms since the epoch. */
  readonly retryAt?: number;
}

/** Clocks further apart than this are no skew: beyond five minutes X refuses the signature anyway. */
const LARGEST_SKEW_MS = 5 * 60_000;

/**
 * Reads the limits off an answer's headers. A window that is not told completely is left out.
 *
 * The moments are X's: where its `date` shows that the two clocks differ, they are moved to ours, and rather a second
 * late than early, for X counts in whole seconds.
 * @param now By our clock, ms since the epoch
 */
export function limitsIn(headers: Headers, now: number): XLimits {
  const skewMs = skewOf(headers, now);
  const window = windowIn(headers, "x-rate-limit-", skewMs);
  const accountDay = windowIn(headers, "x-user-limit-24hour-", skewMs);
  const appDay = windowIn(headers, "x-app-limit-24hour-", skewMs);
  const retryAfter = wholeNumberIn(headers, "retry-after");
  return {
    ...(window && { window }),
    ...(accountDay && { accountDay }),
    ...(appDay && { appDay }),
    ...(retryAfter !== undefined && { retryAt: now + retryAfter * 1000 }),
  };
}

/** When the last of the windows that are used up begins anew; undefined when none is. */
export function exhaustedUntil({ window, accountDay, appDay }: XLimits): number | undefined {
  const used = [window, accountDay, appDay].flatMap((one) =>
    one && one.remaining <= 0 ? [one.resetsAt] : [],
  );
  return used.length === 0 ? undefined : Math.max(...used);
}

function windowIn(headers: Headers, prefix: string, skewMs: number): XWindow | undefined {
  const limit = wholeNumberIn(headers, `${prefix}limit`);
  const remaining = wholeNumberIn(headers, `${prefix}remaining`);
  const reset = wholeNumberIn(headers, `${prefix}reset`);
  if (limit === undefined || remaining === undefined || reset === undefined) return undefined;
  return { limit, remaining, resetsAt: reset * 1000 + skewMs };
}

function wholeNumberIn(headers: Headers, name: string): number | undefined {
  const text = headers.get(name)?.trim() ?? "";
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

/**
 * How far our clock is ahead of the service's, in ms; 0 where its answer doesn't tell. Its date has no fractions, so less
 * than two seconds say nothing.
 */
export function skewOf(headers: Headers, now: number): number {
  const skewMs = now - Date.parse(headers.get("date") ?? "");
  return Math.abs(skewMs) > 2000 && Math.abs(skewMs) <= LARGEST_SKEW_MS ? skewMs : 0;
}
