/**
 * What each account of one channel has used up, over all campaigns. A claim debits it; only proof that nothing was sent gives the
 * message back. A call that was made stays counted either way, because the platform counts it too.
 */
import type { DayOf } from "./calendar-day.ts";
import type { Limit } from "./limits.ts";
import { freeAt } from "./window.ts";

/** Moments older than this matter to no limit: the longest window is a calendar day of at most 25 hours. */
export const LONGEST_WINDOW_MS = 26 * 3_600_000;

/** How many moments may pile up before the old ones are looked for; keeps a debit at constant cost. */
const PRUNE_EVERY = 4096;

/** Told of every message debited from and given back to an account's budget. */
export interface BudgetListener {
  debit(account: string, at: number): void;
  /** @param uncalled Nothing was asked of the platform either: its limits on calls have it back too */
  credit(account: string, at: number, uncalled?: boolean): void;
}

interface Usage {
  /** Moments of claims, oldest first, in ms since the epoch. */
  calls: number[];
  /** The same without those that were given back; the very same array until one is. */
  messages: number[];
}

/** What one account used up, as plain values: moments oldest first, in ms since the epoch. */
export interface UsageImage {
  readonly account: string;
  readonly calls: readonly number[];
  /** Without those that were given back; the very same as the calls when none was. */
  readonly messages: readonly number[];
}

export class Budget {
  readonly #usage = new Map<string, Usage>();
  readonly #dayOf: DayOf;

  constructor(dayOf: DayOf) {
    this.#dayOf = dayOf;
  }

  /** Counts one claim made at `at`. */
  debit(account: string, at: number): void {
    const usage = this.#of(account);
    insertSorted(usage.calls, at);
    if (usage.messages !== usage.calls) insertSorted(usage.messages, at);
    if (usage.calls.length % PRUNE_EVERY === 0) prune(usage, at - LONGEST_WINDOW_MS);
  }

  /** Gives the message claimed at `at` back: it was surely not sent. `uncalled`: nor was the platform asked to. */
  credit(account: string, at: number, uncalled = false): void {
    const usage = this.#of(account);
    const isSame = usage.messages === usage.calls;
    if (isSame && !uncalled) usage.messages = [...usage.calls];
    removeOne(usage.messages, at);
    if (uncalled && !isSame) removeOne(usage.calls, at);
  }

  /** All that it has counted, to go on from with {@link count}. */
  image(): readonly UsageImage[] {
    return [...this.#usage].map(([account, { calls, messages }]) => ({ account, calls, messages }));
  }

  /** Counts what an image holds. */
  count(image: readonly UsageImage[]): void {
    for (const { account, calls, messages } of image) {
      const own = this.#of(account);
      const isSame = calls === messages && own.calls === own.messages;
      const before = own.messages;
      own.calls = merged(own.calls, calls);
      own.messages = isSame ? own.calls : merged(before, messages);
    }
  }

  /** An empty one to count in by the same calendar, until it is sure that all of it counts. */
  draft(): Budget {
    return new Budget(this.#dayOf);
  }

  /** Counts everything that a draft has counted. */
  take(draft: Budget): void {
    this.count(draft.image());
  }

  /**
   * Tells when the account may claim next without crossing any of its limits.
   * @param caps Limits on messages
   * @param rates Limits on calls
   * @returns `at` when it may right now, else a later moment; infinity when a limit allows nothing at all
   */
  nextAllowedAt(account: string, caps: readonly Limit[], rates: readonly Limit[], at: number): number {
    const { messages, calls } = this.#of(account);
    let next = at;
    for (const limit of caps) next = Math.max(next, this.#freeAt(messages, limit, at));
    for (const limit of rates) next = Math.max(next, this.#freeAt(calls, limit, at));
    return next;
  }

  /** Counts the account's messages in the calendar day that `at` falls in. */
  usedToday(account: string, at: number): number {
    const { messages } = this.#of(account);
    return messages.length - countBefore(messages, this.#dayOf(at).start);
  }

  #freeAt(moments: readonly number[], limit: Limit, at: number): number {
    return freeAt(moments[moments.length - limit.count], limit, at, this.#dayOf);
  }

  #of(account: string): Usage {
    let usage = this.#usage.get(account);
    if (!usage) {
      const calls: number[] = [];
      usage = { calls, messages: calls };
      this.#usage.set(account, usage);
    }
    return usage;
  }
}

/** Keeps the moments in order although journals are read one campaign after another and clocks jump. */
function insertSorted(moments: number[], at: number): void {
  const last = moments.at(-1);
  if (last === undefined || last <= at) moments.push(at);
  else moments.splice(countBefore(moments, at), 0, at);
}

/** Both in one order; usually the one follows the other. */
function merged(one: readonly number[], other: readonly number[]): number[] {
  if (one.length === 0) return other.slice();
  const both = one.concat(other);
  const [last = -Infinity, first = Infinity] = [one.at(-1), other[0]];
  return last <= first ? both : both.toSorted((a, b) => a - b);
}

function removeOne(moments: number[], at: number): void {
  const index = moments.lastIndexOf(at);
  if (index >= 0) moments.splice(index, 1);
}

function countBefore(moments: readonly number[], at: number): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function prune(usage: Usage, before: number): void {
  const { calls, messages } = usage;
  calls.splice(0, countBefore(calls, before));
  if (messages !== calls) messages.splice(0, countBefore(messages, before));
}
