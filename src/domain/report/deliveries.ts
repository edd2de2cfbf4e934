/**
 * How a campaign's messages went out: in each stretch of time and through each account, how many attempts ended how.
 * Folded from the journal in as much memory as there are stretches and open attempts, however long the list is.
 */
import type { Entry } from "../journal.ts";
import type { Ordinal, RecipientState } from "../recipient.ts";
import { transitionOf } from "../transitions.ts";
import type { AttemptCounts, AttemptEnd, Deliveries } from "./attempts.ts";
import { attemptEnds, forEachEnd } from "./attempts.ts";
import { Stretches } from "./stretches.ts";

/** Stretches kept at most; a picture shows fewer. */
export const MOST_STRETCHES = 240;

interface Attempt {
  readonly account: string;
  /** When it became uncertain; absent while it is under way. */
  readonly uncertainAt?: number;
}

/** Folds a journal's entries, in their order. */
export class DeliveriesFold {
  /** Attempts that are not settled for good. */
  readonly #open = new Map<Ordinal, Attempt>();
  readonly #accounts = new Map<string, Record<AttemptEnd, number>>();
  readonly #stretches = new Stretches(MOST_STRETCHES);

  apply(entry: Entry): void {
    if (entry.t === "retryAll") return this.#forgetFailures();
    if (!("r" in entry) || entry.t === "leaves") return;
    if (entry.t === "claim") return void this.#open.set(entry.r, { account: entry.a });
    const attempt = this.#open.get(entry.r);
    if (!attempt) return; // skipped without an attempt, or ended already
    const { account, uncertainAt } = attempt;
    const { from, to } = transitionOf(entry);
    // An ending that comes late changes nothing.
    if (!from.includes(uncertainAt === undefined ? "claimed" : "uncertain")) return;
    this.#open.delete(entry.r);
    if (uncertainAt !== undefined) this.#count(account, "uncertain", uncertainAt, -1);
    if (!isEnd(to)) return;
    this.#count(account, to, entry.at, 1);
    if (to === "uncertain") this.#open.set(entry.r, { account, uncertainAt: entry.at });
  }

  /** How it stands. */
  deliveries(): Deliveries {
    return { ...this.#stretches.image(), accounts: mostSentFirst(this.#accounts) };
  }

  /** Everybody who failed is tried again. */
  #forgetFailures(): void {
    for (const counts of this.#accounts.values()) counts.failed = 0;
    this.#stretches.forget("failed");
  }

  #count(account: string, end: AttemptEnd, at: number, by: 1 | -1): void {
    const counts = this.#accounts.get(account) ?? forEachEnd(() => 0);
    counts[end] += by;
    this.#accounts.set(account, counts);
    this.#stretches.count(end, at, by);
  }
}

/** Accounts as they are told. */
export function mostSentFirst(accounts: ReadonlyMap<string, AttemptCounts>): Deliveries["accounts"] {
  return [...accounts]
    .map(([name, counts]) => ({ name, counts: { ...counts } }))
    .toSorted((one, other) => other.counts.sent - one.counts.sent || (one.name < other.name ? -1 : 1));
}

function isEnd(state: RecipientState): state is AttemptEnd {
  return attemptEnds.some((end) => end === state);
}
