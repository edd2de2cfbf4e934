/** Counts calls as X does: a window opens with its first call and lasts its time; beyond its count it answers 429. */
import type { Window, Windows } from "./options.ts";

/** One window of one holder: an account, or an app. */
export interface Bucket {
  readonly window: keyof Windows;
  readonly holder: string;
}

export interface Reading extends Bucket {
  readonly limit: number;
  readonly remaining: number;
  /** ms since the epoch */
  readonly resetAt: number;
}

/** A window that took more than it may. */
export interface Overrun extends Bucket {
  readonly startedAt: number;
  readonly accepted: number;
}

interface Count {
  startedAt: number;
  used: number;
}

export class RateWindows {
  readonly #windows: Windows;
  readonly #counts = new Map<string, Count>();
  /** Accepted calls of every window there ever was, counted apart from the decision. */
  readonly #accepted = new Map<string, Overrun>();

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  /** Counts a call in all its buckets, or in none when one of them is full. */
  take(buckets: readonly Bucket[], now: number): { readonly isFull: boolean; readonly readings: Reading[] } {
    const isFull = buckets.some((bucket) => this.#current(bucket, now).used >= this.#of(bucket).count);
    for (const bucket of isFull ? [] : buckets) this.#accept(bucket, this.#current(bucket, now));
    return { isFull, readings: buckets.map((bucket) => this.#reading(bucket, now)) };
  }

  /** How many calls of a holder's window of now were accepted. */
  used(bucket: Bucket, now: number): number {
    return this.#current(bucket, now).used;
  }

  /** Windows that took more calls than they may; there is none, unless this server is broken. */
  overruns(): readonly Overrun[] {
    return [...this.#accepted.values()].filter((one) => one.accepted > this.#of(one).count);
  }

  #of({ window }: Bucket): Window {
    return this.#windows[window];
  }

  #accept(bucket: Bucket, count: Count): void {
    count.used += 1;
    const key = `${bucket.window} ${bucket.holder} ${count.startedAt}`;
    const accepted = (this.#accepted.get(key)?.accepted ?? 0) + 1;
    this.#accepted.set(key, { ...bucket, startedAt: count.startedAt, accepted });
  }

  #current(bucket: Bucket, now: number): Count {
    const key = `${bucket.window} ${bucket.holder}`;
    const known = this.#counts.get(key);
    if (known && now < known.startedAt + this.#of(bucket).windowMs) return known;
    const fresh = { startedAt: now, used: 0 };
    this.#counts.set(key, fresh);
    return fresh;
  }

  #reading(bucket: Bucket, now: number): Reading {
    const { startedAt, used } = this.#current(bucket, now);
    const { count, windowMs } = this.#of(bucket);
    return { ...bucket, limit: count, remaining: Math.max(0, count - used), resetAt: startedAt + windowMs };
  }
}

/** The headers every answer has; resets are Unix seconds, rounded up so that waiting for them is always enough. */
export function rateHeaders(readings: readonly Reading[]): Record<string, string> {
  return Object.fromEntries(
    readings.flatMap((reading) => {
      const stem = headerStem(reading.window);
      return [
        [`${stem}limit`, String(reading.limit)],
        [`${stem}remaining`, String(reading.remaining)],
        [`${stem}reset`, String(Math.ceil(reading.resetAt / 1000))],
      ];
    }),
  );
}

function headerStem(window: keyof Windows): string {
  if (window === "dmDay") return "x-user-limit-24hour-";
  return window === "appDay" ? "x-app-limit-24hour-" : "x-rate-limit-";
}
