/**
 * What X lets each account send: published numbers until an answer's headers speak, theirs from then on. X counts in
 * fixed windows and the engine in sliding ones, and the book promises that no window is overrun, after a restart either:
 * it keeps each window's count and length, and the engine's own record of claims does the counting. What one process learnt
 * binds the others as soon as they see it; until then they go by what was known before, which is a safe guess.
 *
 * How long a window lasts is never told. But two of them never overlap, so the one that ends at a moment cannot have
 * begun before the one before it ended: the time between two ends is an upper bound, and one that is only ever too long.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Limit } from "../../domain/accounts/limits.ts";
import { HOUR_MS, MINUTE_MS } from "../../domain/accounts/limits.ts";
import type { KnownValues } from "../../lib/known-values.ts";
import type { XLimits, XWindow } from "../../lib/x-api/rate-limits.ts";
import type { AccountLimit } from "../channel.ts";

const DAY_MS = 24 * HOUR_MS;

/** docs.x.com, August 2026: 15 messages in 15 minutes and 1,440 in 24 hours for each account. */
const published = {
  window: { count: 15, atMostMs: 15 * MINUTE_MS },
  day: { count: 1440, atMostMs: DAY_MS },
};

/** help.x.com, May 2026: an account may write 500 messages a day in all. No header tells of it, so it always holds. */
const ALWAYS: Limit = { kind: "sliding", count: 500, windowMs: DAY_MS };

/** A claim comes before its call: two that are a window apart may be closer when they arrive. */
const ON_THE_WAY_MS = 2000;

/** X tells the end of a window in whole seconds. */
const ROUNDING_MS = 1000;

const learnedSchema = z.object({
  count: z.number(),
  /** A window surely lasts no longer, ms. */
  atMostMs: z.number(),
  /** End of the last window that is known of, ms since the epoch. */
  endsAt: z.number(),
});
type Learned = z.infer<typeof learnedSchema>;

/** What is kept of one account. */
export const accountLimitsSchema = z.object({
  window: learnedSchema.optional(),
  day: learnedSchema.optional(),
});
export type AccountLimits = z.infer<typeof accountLimitsSchema>;

/** The limits that hold before any answer, for the manifest. */
export const publishedLimits: readonly Limit[] = [
  limitAt(published.window, 0),
  limitAt(published.day, 0),
  ALWAYS,
];

/** What is kept of X's limits. */
export interface KeptXLimits {
  /** By account. */
  readonly accounts: KnownValues<AccountLimits>;
  /** Until when all accounts of an app together have used up its day, ms since the epoch; see {@link appName}. */
  readonly apps: KnownValues<number>;
}

export interface LimitBookParts {
  readonly kept: KeptXLimits;
  readonly onProblem: (error: Error) => void;
}

export class LimitBook {
  readonly #parts: LimitBookParts;
  /** What the last answers said, for people. */
  readonly #told = new Map<string, XLimits>();
  /** What this process learnt and could not keep yet, which holds all the same. */
  readonly #learned = new Map<string, AccountLimits>();
  readonly #rests = new Map<string, number>();
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: LimitBookParts) {
    this.#parts = parts;
  }

  /** What the account may claim at most; asked anew before each claim, because a window may just have ended. */
  limitsOf(account: string, now: number): readonly Limit[] {
    const { window = published.window, day = published.day } = this.#of(account) ?? {};
    return [limitAt(window, now), limitAt(day, now), ALWAYS];
  }

  /** Takes in what the headers of an answer to a send said. */
  note(account: string, apiKey: string, limits: XLimits): void {
    this.#told.set(account, { ...this.#told.get(account), ...limits });
    if (limits.appDay && limits.appDay.remaining <= 0)
      this.#noteRest(appName(apiKey), limits.appDay.resetsAt);
    const before = this.#of(account);
    const learned = learnedBy(before, limits);
    if (learned.window === before?.window && learned.day === before?.day) return;
    this.#learned.set(account, learned);
    this.#keep(async () => {
      await this.#parts.kept.accounts.change(account, (from) => learnedBy(from, limits));
      if (this.#learned.get(account) === learned) this.#learned.delete(account);
    });
  }

  /** Until when no account of this app may send; undefined when they may. */
  appRestsUntil(apiKey: string, now: number): number | undefined {
    const app = appName(apiKey);
    const until = this.#rests.get(app) ?? this.#parts.kept.apps.get(app);
    return until !== undefined && until > now ? until : undefined;
  }

  /** What X last said, for people; a window that is over is full again. */
  tell(account: string, now: number): readonly AccountLimit[] {
    const { window, accountDay, appDay } = this.#told.get(account) ?? {};
    const named = [
      ["messages15Min", window],
      ["messages24H", accountDay],
      ["appMessages24H", appDay],
    ] as const;
    return named.flatMap(([name, one]) => {
      if (!one) return [];
      const { limit, remaining, resetsAt } = one;
      return [{ name, count: limit, left: now < resetsAt ? remaining : limit, resetsAt }];
    });
  }

  /** Resolves when what was learned is on disk, or was reported as lost. */
  async idle(): Promise<void> {
    await this.#writing;
  }

  #of(account: string): AccountLimits | undefined {
    return this.#learned.get(account) ?? this.#parts.kept.accounts.get(account);
  }

  #noteRest(app: string, until: number): void {
    this.#rests.set(app, until);
    this.#keep(() => this.#parts.kept.apps.change(app, (from = until) => Math.max(from, until)));
  }

  /** No send waits for it: what a crash loses is the end of one window, and the older one is a safe guess. */
  #keep(write: () => Promise<void>): void {
    this.#writing = Promise.all([this.#writing, write()]).then(
      () => undefined,
      (error: unknown) => this.#parts.onProblem(error instanceof Error ? error : new Error(String(error))),
    );
  }
}

/** An app by what tells nothing of its key. */
function appName(apiKey: string): string {
  return createHash("sha256").update(apiKey).digest("hex").slice(0, 16);
}

/**
 * A window that began after `endsAt` holds nothing older: then only what was claimed since counts. Whoever waits need not
 * wait longer than until then, however long a window may last.
 */
function limitAt(known: { count: number; atMostMs: number; endsAt?: number }, now: number): Limit {
  const { count, atMostMs, endsAt = Infinity } = known;
  const sinceMs = now >= endsAt ? now - endsAt : Infinity;
  const limit = { kind: "sliding", count, windowMs: Math.min(atMostMs, sinceMs) + ON_THE_WAY_MS } as const;
  const freesAt = endsAt + ON_THE_WAY_MS;
  return now < freesAt && endsAt !== Infinity ? { ...limit, freesAt } : limit;
}

function learnedBy(known: AccountLimits = {}, limits: XLimits): AccountLimits {
  const window = learn(known.window, limits.window, published.window.atMostMs);
  const day = learn(known.day, limits.accountDay, published.day.atMostMs);
  return { ...(window && { window }), ...(day && { day }) };
}

/** The same value when the answer teaches nothing; answers may come in another order than X gave them. */
function learn(
  known: Learned | undefined,
  told: XWindow | undefined,
  longestMs: number,
): Learned | undefined {
  if (!told || (known && told.resetsAt < known.endsAt - ROUNDING_MS)) return known;
  const { limit: count, resetsAt } = told;
  if (!known) return { count, atMostMs: longestMs, endsAt: resetsAt };
  const isNext = resetsAt > known.endsAt + ROUNDING_MS;
  if (!isNext) return known.count === count ? known : { ...known, count };
  const apartMs = resetsAt - known.endsAt + ROUNDING_MS;
  return { count, atMostMs: Math.min(known.atMostMs, apartMs), endsAt: resetsAt };
}
