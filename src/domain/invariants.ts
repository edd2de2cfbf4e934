/**
 * What must be true of every journal, counted anew and apart from the table and the fold that the engine goes by, so that
 * a mistake in the one is seen by the other.
 */
import type { DayOf } from "./accounts/calendar-day.ts";
import type { CampaignAccount, CampaignId } from "./campaign.ts";
import type { Entry } from "./journal.ts";
import { isSentAgain } from "./journal.ts";
import type { Ordinal } from "./recipient.ts";

/** How many messages an account sent for a campaign in one day. */
export interface DayUse {
  readonly account: string;
  /** Beginning of the day, ms since the epoch. */
  readonly day: number;
  readonly messages: number;
}

/** What one campaign used, and what it was allowed to. */
export interface CampaignUse {
  readonly id: CampaignId;
  readonly channel: string;
  readonly accounts: readonly CampaignAccount[];
  readonly uses: readonly DayUse[];
}

/** More messages in a day than any campaign that used the account allows. */
export interface Overdraft extends DayUse {
  readonly cap: number;
  readonly campaigns: readonly CampaignId[];
}

interface OpenClaim {
  readonly account: string;
  readonly day: number;
  /** Nothing says that its call has left. */
  readonly waits: boolean;
}

/** Reads one journal from the start and notes what no journal may say. */
export class JournalAudit {
  readonly #size: number;
  readonly #dayOf: DayOf;
  readonly #sent = new Map<Ordinal, number>();
  readonly #open = new Map<Ordinal, OpenClaim>();
  readonly #uses = new Map<string, { account: string; day: number; messages: number }>();
  readonly #sentUnmarked = new Set<Ordinal>();
  readonly #strangers = new Set<Ordinal>();
  readonly #named = new Set<Ordinal>();
  /** Who is tried or due, by the moment since when, ms since the epoch. */
  readonly #unsettled = new Map<Ordinal, number>();
  #lastAt = 0;

  /** @param size Recipients in the campaign's lists */
  constructor(size: number, dayOf: DayOf) {
    this.#size = size;
    this.#dayOf = dayOf;
  }

  take(entry: Entry): void {
    this.#lastAt = Math.max(this.#lastAt, entry.at);
    if ("r" in entry && (entry.r < 0 || entry.r >= this.#size)) this.#strangers.add(entry.r);
    if ("r" in entry) this.#follow(entry);
    switch (entry.t) {
      case "claim": {
        const claim = { account: entry.a, day: this.#dayOf(entry.at).start, waits: entry.w === true };
        this.#open.set(entry.r, claim);
        return this.#count(claim, 1);
      }
      case "leaves":
        return this.#leave(entry.r);
      case "sent":
        if (this.#open.get(entry.r)?.waits) this.#sentUnmarked.add(entry.r);
        this.#sent.set(entry.r, (this.#sent.get(entry.r) ?? 0) + 1);
        return this.#close(entry.r, 0);
      case "notFound":
      case "refused":
      case "failed":
        return this.#close(entry.r, -1);
      case "planned":
        // Who is sent to again by the operator's choice may have the first message: it stays counted.
        return this.#close(entry.r, isSentAgain(entry) ? 0 : -1);
      case "skipped":
        return this.#close(entry.r, 0);
      case "uncertain":
      case "cancelAll":
      case "retryAll":
      case "checkpoint":
        return;
      default:
        return neverHeardOf(entry);
    }
  }

  /** Moment of the latest entry, ms since the epoch; 0 when there is none. */
  get lastAt(): number {
    return this.#lastAt;
  }

  /** Recipients with a sent record, in no order. */
  get sent(): Iterable<Ordinal> {
    return this.#sent.keys();
  }

  /** Recipients with more than one sent record. */
  get sentTwice(): readonly Ordinal[] {
    return [...this.#sent].filter(([, times]) => times > 1).map(([ordinal]) => ordinal);
  }

  /** Recipients with a sent record of a claim that waited and never left. */
  get sentUnmarked(): readonly Ordinal[] {
    return [...this.#sentUnmarked];
  }

  /** Ordinals that entries speak of and no list holds. */
  get strangers(): readonly Ordinal[] {
    return [...this.#strangers];
  }

  /**
   * How many were not settled at a moment: whom no entry names, and whose last entry by then leaves them tried or due.
   * @param moment ms since the epoch
   */
  unsettledAt(moment: number): number {
    const left = [...this.#unsettled.values()].filter((since) => since <= moment).length;
    return Math.max(0, this.#size + this.#strangers.size - this.#named.size) + left;
  }

  /** Messages of each account on each day; what surely was not sent does not count. */
  get uses(): readonly DayUse[] {
    return [...this.#uses.values()];
  }

  #follow({ t, r, at }: Extract<Entry, { readonly r: Ordinal }>): void {
    this.#named.add(r);
    if (t === "claim" || t === "planned") this.#unsettled.set(r, at);
    else if (t !== "leaves") this.#unsettled.delete(r);
  }

  #leave(ordinal: Ordinal): void {
    const claim = this.#open.get(ordinal);
    if (claim) this.#open.set(ordinal, { ...claim, waits: false });
  }

  #close(ordinal: Ordinal, change: number): void {
    const claim = this.#open.get(ordinal);
    this.#open.delete(ordinal);
    if (claim) this.#count(claim, change);
  }

  #count({ account, day }: OpenClaim, change: number): void {
    const key = `${day} ${account}`;
    const use = this.#uses.get(key) ?? { account, day, messages: 0 };
    use.messages += change;
    this.#uses.set(key, use);
  }
}

/** Fails to compile when a kind of entry has no rule here. */
function neverHeardOf(entry: never): never {
  throw new TypeError(`no rule for ${JSON.stringify(entry)}`);
}

/**
 * Finds the accounts that sent more in a day than they may, all campaigns together. The largest cap of those that used
 * the account that day counts, because each held it to its own; a cap that was lowered afterwards looks overdrawn.
 */
export function overdrafts(campaigns: readonly CampaignUse[]): readonly Overdraft[] {
  const days = new Map<
    string,
    { account: string; day: number; messages: number; ids: Set<CampaignId>; cap: number }
  >();
  for (const { id, channel, accounts, uses } of campaigns) {
    const caps = new Map(accounts.map(({ name, caps: { perDay } }) => [name, perDay ?? Infinity]));
    for (const { account, day, messages } of uses) {
      const key = `${day} ${channel} ${account}`;
      const use = days.get(key) ?? { account, day, messages: 0, ids: new Set(), cap: 0 };
      use.messages += messages;
      if (messages > 0) use.ids.add(id);
      // An account that left the campaign is held to no cap that is still known.
      use.cap = Math.max(use.cap, caps.get(account) ?? Infinity);
      days.set(key, use);
    }
  }
  return [...days.values()]
    .filter(({ messages, cap }) => messages > cap)
    .map(({ ids, ...use }) => ({ ...use, campaigns: [...ids] }));
}
