/**
 * The one table of what can happen to a recipient. The fold, the results, the contact history and the copy in a database
 * all go by it: a new kind of ending is one more row, and the types fail where a row is missing. Only the auditor
 * (`invariants.ts`) has its own statement of the rules, so that a mistake in the one is seen by the other.
 */
import type { Entry, Settlement } from "./journal.ts";
import { isSentAgain } from "./journal.ts";
import type { RecipientState } from "./recipient.ts";

/** Whether somebody has a message by what happened; what is not known is `maybe`, never `no`. */
export type Reached = "yes" | "no" | "maybe";

export interface Transition {
  /** The states in which it may happen; in any other it contradicts the journal before it. */
  readonly from: readonly RecipientState[];
  readonly to: RecipientState;
  /** Nothing was sent by the claim for sure: the account's budget has its message back. */
  readonly givesBack: boolean;
  readonly reached: Reached;
}

/** Kinds of entries that change somebody; two are written as a kind with a mark on it. */
type Happening = Exclude<Entry["t"], "checkpoint"> | "sentAgain" | "leftUncertain";

const attempt = ["claimed", "uncertain"] as const;
const missed = { from: attempt, givesBack: true, reached: "no" } as const;

const transitions: Readonly<Record<Happening, Transition>> = {
  claim: { from: ["planned"], to: "claimed", givesBack: false, reached: "maybe" },
  leaves: { from: ["claimed"], to: "claimed", givesBack: false, reached: "maybe" },
  sent: { from: attempt, to: "sent", givesBack: false, reached: "yes" },
  uncertain: { from: ["claimed"], to: "uncertain", givesBack: false, reached: "maybe" },
  notFound: { ...missed, to: "notFound" },
  refused: { ...missed, to: "refused" },
  failed: { ...missed, to: "failed" },
  planned: { ...missed, to: "planned" },
  /** The operator sends again to somebody uncertain, who may have it already. */
  sentAgain: { from: ["uncertain"], to: "planned", givesBack: false, reached: "maybe" },
  skipped: { from: ["planned"], to: "skipped", givesBack: false, reached: "no" },
  /** The operator leaves somebody uncertain; in journals of an earlier version also somebody a check had just planned. */
  leftUncertain: { from: ["planned", "uncertain"], to: "skipped", givesBack: false, reached: "maybe" },
  /** Of everybody in that state. */
  cancelAll: { from: ["planned"], to: "skipped", givesBack: false, reached: "no" },
  retryAll: { from: ["failed"], to: "planned", givesBack: false, reached: "no" },
};

/** The whole table as a text: whoever keeps what was made by it can tell that it was another one. */
export function rulesText(): string {
  return JSON.stringify(transitions);
}

/** What an entry does to whom it is about; a settlement is the entry that it becomes. */
export function transitionOf(entry: Exclude<Entry, { t: "checkpoint" }> | Settlement): Transition {
  if (entry.t === "planned" && isSentAgain(entry)) return transitions.sentAgain;
  return transitions[isLeftUncertain(entry) ? "leftUncertain" : entry.t];
}

/** Tells whether the operator leaves somebody uncertain at that. */
export function isLeftUncertain(entry: Entry | Settlement): boolean {
  return entry.t === "skipped" && entry.reason === "leftInDoubt";
}

/**
 * Tells whether an entry ends what was ended before. Journals of an earlier version may hold two endings of one
 * uncertainty, when the operator left somebody uncertain whom a check settled at the same moment. The first one stands:
 * either way nobody is written to again by the second.
 * @param state Where they stand
 * @param isLeft The operator left them uncertain
 */
export function isLate(entry: Entry, state: RecipientState, isLeft: boolean): boolean {
  if (!("r" in entry) || entry.t === "claim" || entry.t === "leaves" || entry.t === "uncertain") return false;
  if (isLeft) return true;
  return isLeftUncertain(entry) && !transitionOf(entry).from.includes(state);
}

const NO = 0;
const MAYBE = 1;
const YES = 2;
/** An attempt is over, and nobody will ever know. */
const LASTING = 3;

const reachedBy = ["no", "maybe", "yes", "maybe"] as const;
const codeOf: Readonly<Record<Reached, number>> = { no: NO, maybe: MAYBE, yes: YES };

/**
 * Who has a message by a campaign's journal, whatever became of later attempts: somebody who is sent to again and surely
 * missed this time may still have the first one.
 */
export class ReachedFold {
  readonly #codes: Uint8Array;

  constructor(size: number) {
    this.#codes = new Uint8Array(size);
  }

  /** Takes one entry in, in the order of the journal. */
  apply(entry: Entry): void {
    if (!("r" in entry)) return;
    const before = this.#codes[entry.r];
    if (before === YES) return;
    const { reached, to } = transitionOf(entry);
    const isOpen = to === "claimed" || to === "uncertain";
    if (reached === "maybe" && !isOpen) this.#codes[entry.r] = LASTING;
    else if (reached === "yes" || before !== LASTING) this.#codes[entry.r] = codeOf[reached];
  }

  of(ordinal: number): Reached {
    return reachedBy[this.#codes[ordinal] ?? NO] ?? "maybe";
  }

  /** Nothing will tell any more whether they have it. */
  isLasting(ordinal: number): boolean {
    return this.#codes[ordinal] === LASTING;
  }
}
