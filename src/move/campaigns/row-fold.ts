/**
 * From a journal to what the database's rows say beside it: the fold and what is told of each recipient, in some forty bytes a name. Owns no rule of its own: states, attempts and who has a message
 * are those of the domain's folds; here is only counted what rows have and those have not.
 */
import { LONGEST_WINDOW_MS } from "../../domain/accounts/budget.ts";
import type { FaredImage } from "../../domain/settings/fared.ts";
import type { Entry } from "../../domain/journal.ts";
import { JournalFold } from "../../domain/journal-fold.ts";
import type { Ordinal, RecipientState } from "../../domain/recipient.ts";
import type { Reached } from "../../domain/transitions.ts";
import { ReachedFold, transitionOf } from "../../domain/transitions.ts";
import { GrowingNumbers } from "./growing-numbers.ts";

/** What a recipient's row says beside its names and values. Places of entries are from 1 in the journal, 0 where there is none. */
export interface RowStanding {
  readonly state: RecipientState;
  /** ms since the epoch */
  readonly dueAt: number | null;
  readonly attempts: number;
  readonly claims: number;
  readonly firsts: number;
  readonly uncalled: number;
  readonly again: 0 | 1 | 2;
  /** The claim that is not settled for good, the how-manieth of the journal it is. */
  readonly openClaim: number | null;
  readonly waits: boolean;
  readonly claimNumber: number | null;
  readonly reached: Reached;
  readonly isReachLasting: boolean;
  readonly reachedAt: number | null;
  readonly isLeft: boolean;
  readonly isCancelled: boolean;
  readonly lastClaim: number;
  readonly lastEntry: number;
}

/** A claim that counts in an account's limits still. */
export interface RecentUse {
  readonly claim: number;
  /** Place of the claim in the journal, from 1. */
  readonly entry: number;
  readonly isMessage: boolean;
  readonly isCall: boolean;
}

type PersonalEntry = Extract<Entry, { readonly r: Ordinal }>;

const nobody = { debit: () => undefined, credit: () => undefined };

const NO_MESSAGE = 1;
const NO_CALL = 2;

export class RowFold {
  readonly #fold: JournalFold;
  readonly #reached: ReachedFold;
  readonly #claims: Uint32Array;
  readonly #firsts: Uint32Array;
  readonly #uncalled: Uint32Array;
  readonly #claimNumbers: Uint32Array;
  readonly #lastClaims: Uint32Array;
  readonly #lastEntries: Uint32Array;
  /** Whose last entry says that they were skipped: others who are skipped were cancelled. */
  readonly #saysSkipped: Uint8Array;
  readonly #reachedAt: Float64Array;
  readonly #recentSince: number;
  /** Of the claims from the first recent one on: the place of each, and what was given back. */
  readonly #recentEntries = new GrowingNumbers();
  readonly #givenBack = new GrowingNumbers();
  #firstRecent = 0;
  /** How many names each checkpoint of our own held, by its checksum. */
  readonly checkpoints = new Map<number, number>();
  #place = 0;
  #marks:
    | {
        readonly waiting: Map<Ordinal, number>;
        readonly again: Map<Ordinal, boolean>;
        readonly left: Set<Ordinal>;
      }
    | undefined;

  /** @param size How many there are. @param lookedAt Claims that somebody has looked at. @param now ms since the epoch */
  constructor(size: number, { lookedAt, now }: { readonly lookedAt: number; readonly now: number }) {
    this.#fold = new JournalFold(size, nobody, lookedAt);
    this.#reached = new ReachedFold(size);
    this.#claims = new Uint32Array(size);
    this.#firsts = new Uint32Array(size);
    this.#uncalled = new Uint32Array(size);
    this.#claimNumbers = new Uint32Array(size);
    this.#lastClaims = new Uint32Array(size);
    this.#lastEntries = new Uint32Array(size);
    this.#saysSkipped = new Uint8Array(size);
    this.#reachedAt = new Float64Array(size);
    this.#recentSince = now - LONGEST_WINDOW_MS;
  }

  /** Takes the next entry in; answers which claim of the journal it is about, where it is about one. */
  apply(entry: Entry): number | null {
    this.#place++;
    if (!("r" in entry)) {
      if (entry.t === "checkpoint") this.checkpoints.set(entry.crc, entry.names);
      this.#fold.apply(entry);
      return null;
    }
    const before = this.#fold.openClaim(entry.r)?.id;
    if (!this.#fold.apply(entry)) return before ?? null;
    this.#tell(entry, before);
    return entry.t === "claim" ? this.#fold.tally.claims : (before ?? null);
  }

  /** Claims there were. */
  get claimCount(): number {
    return this.#fold.tally.claims;
  }

  get fared(): FaredImage {
    return this.#fold.image().tally.fared;
  }

  /** Under which of their names each person is written to. */
  people(): readonly (readonly [personId: string, Ordinal])[] {
    return this.#fold.image().people;
  }

  of(ordinal: Ordinal): RowStanding {
    const { waiting, again, left } = (this.#marks ??= this.#readMarks());
    const state = this.#fold.stateOf(ordinal);
    const open = this.#fold.openClaim(ordinal);
    const sentAgain = again.get(ordinal);
    return {
      state,
      dueAt: (state === "planned" ? waiting.get(ordinal) : undefined) ?? null,
      attempts: this.#fold.attemptsOf(ordinal),
      claims: this.#claims[ordinal] ?? 0,
      firsts: this.#firsts[ordinal] ?? 0,
      uncalled: this.#uncalled[ordinal] ?? 0,
      again: sentAgain === undefined ? 0 : sentAgain ? 2 : 1,
      openClaim: open?.id ?? null,
      waits: state === "claimed" && open?.waits === true,
      claimNumber: this.#claimNumbers[ordinal] || null,
      reached: this.#reached.of(ordinal),
      isReachLasting: this.#reached.isLasting(ordinal),
      reachedAt: this.#reachedAt[ordinal] || null,
      isLeft: left.has(ordinal),
      isCancelled: state === "skipped" && this.#saysSkipped[ordinal] !== 1,
      lastClaim: this.#lastClaims[ordinal] ?? 0,
      lastEntry: this.#lastEntries[ordinal] ?? 0,
    };
  }

  /** What counts in the limits of accounts still, in the order of the claims. */
  *recentUses(): Generator<RecentUse> {
    for (let nth = 0; nth < this.#recentEntries.length; nth++) {
      const given = this.#givenBack.at(nth);
      yield {
        claim: this.#firstRecent + nth,
        entry: this.#recentEntries.at(nth),
        isMessage: (given & NO_MESSAGE) === 0,
        isCall: (given & NO_CALL) === 0,
      };
    }
  }

  #tell(entry: PersonalEntry, claim: number | undefined): void {
    const { r } = entry;
    const reachedBefore = this.#reached.of(r);
    this.#reached.apply(entry);
    const isNews = reachedBefore !== "yes" && (entry.t === "claim" || this.#reached.of(r) === "yes");
    if (isNews) this.#reachedAt[r] = entry.at;
    if (entry.t === "leaves") return;
    this.#lastEntries[r] = this.#place;
    this.#saysSkipped[r] = entry.t === "skipped" ? 1 : 0;
    if (entry.t === "claim") this.#tellClaim(entry);
    else if (claim !== undefined) this.#tellEnd(entry, claim);
  }

  #tellClaim({ r, n, at }: Extract<Entry, { t: "claim" }>): void {
    const number = this.#fold.tally.claims;
    this.#claims[r] = (this.#claims[r] ?? 0) + 1;
    if (n === 1) this.#firsts[r] = (this.#firsts[r] ?? 0) + 1;
    this.#claimNumbers[r] = number;
    this.#lastClaims[r] = this.#place;
    if (this.#firstRecent === 0 && at < this.#recentSince) return;
    if (this.#firstRecent === 0) this.#firstRecent = number;
    this.#recentEntries.push(this.#place);
    this.#givenBack.push(0);
  }

  #tellEnd(entry: Exclude<PersonalEntry, { t: "claim" | "leaves" }>, claim: number): void {
    const isUncalled = "uncalled" in entry && entry.uncalled;
    if (isUncalled) this.#uncalled[entry.r] = (this.#uncalled[entry.r] ?? 0) + 1;
    if (!transitionOf(entry).givesBack || this.#firstRecent === 0 || claim < this.#firstRecent) return;
    this.#givenBack.set(claim - this.#firstRecent, NO_MESSAGE | (isUncalled ? NO_CALL : 0));
  }

  #readMarks() {
    const { waiting, again, left } = this.#fold.image();
    return { waiting: new Map(waiting), again: new Map(again), left: new Set(left) };
  }
}
