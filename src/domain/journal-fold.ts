/**
 * The fold of the journal: from entries to where every recipient stands. The very same `apply` runs when a journal is
 * read back and while a campaign runs, so memory and disk can't tell different stories. An entry that does not fit
 * what came before (a claim on someone already sent, say) is refused: that would be a second message.
 *
 * Costs two bytes a recipient; only recipients that wait, are in flight or uncertain cost more.
 */
import type { BudgetListener } from "./accounts/budget.ts";
import { ClaimTally } from "./claim-tally.ts";
import type { FoldImage, OpenClaim } from "./fold-image.ts";
import type { Entry } from "./journal.ts";
import { isSentAgain } from "./journal.ts";
import { LastRevisions } from "./last-revisions.ts";
import type { Counts, Ordinal, RecipientState } from "./recipient.ts";
import type { Reached, Transition } from "./transitions.ts";
import { isLate, isLeftUncertain, transitionOf } from "./transitions.ts";
import { SentAgain } from "./sent-again.ts";
import { StateTable } from "./state-table.ts";
import { WhoIsDue } from "./who-is-due.ts";

/** An entry that ends an attempt, or somebody who is never tried. */
type Ending = Exclude<Extract<Entry, { readonly r: Ordinal }>, { readonly t: "claim" | "leaves" }>;

/** An entry that contradicts the journal before it. */
export class JournalContradiction extends Error {
  override readonly name = "JournalContradiction";
  readonly trouble: { readonly code: "lineContradicts"; readonly with: { readonly number: number } };

  constructor(ordinal: Ordinal, problem: string) {
    super(`recipient ${ordinal} ${problem}`);
    this.trouble = { code: "lineContradicts", with: { number: ordinal + 1 } };
  }
}

export class JournalFold {
  readonly #states: StateTable;
  #attempts: Uint8Array;
  /** Who may be claimed when. */
  readonly due: WhoIsDue;
  /** Claimed or uncertain recipients: the attempt that is not settled for good. */
  readonly #open = new Map<Ordinal, OpenClaim>();
  /** By person: under which name they were claimed. Empty where names are all there is. */
  readonly #people = new Map<string, Ordinal>();
  /** Whom the operator left uncertain. */
  readonly #left = new Set<Ordinal>();
  readonly #again: SentAgain;
  readonly #revisions: LastRevisions;
  readonly #tally: ClaimTally;
  readonly #budget: BudgetListener;

  /** @param lookedAt Claims that somebody has looked at; see {@link ClaimTally}. @param image Where another one was */
  constructor(size: number, budget: BudgetListener, lookedAt = 0, image?: FoldImage) {
    this.#tally = new ClaimTally(image?.tally, lookedAt);
    this.#revisions = new LastRevisions(size, image?.revisions);
    this.#states = image ? StateTable.of(image.states) : StateTable.planned(size);
    this.#attempts = image?.attempts ?? new Uint8Array(size);
    this.#again = new SentAgain(image?.again);
    this.due = new WhoIsDue(this.#states, image?.waiting);
    this.#budget = budget;
    for (const [ordinal, claim] of image?.open ?? []) this.#open.set(ordinal, claim);
    for (const [personId, ordinal] of image?.people ?? []) this.#people.set(personId, ordinal);
    for (const ordinal of image?.left ?? []) this.#left.add(ordinal);
  }

  /** A fold that goes on where another one was, whose debits the listener knows already. */
  static of(image: FoldImage, budget: BudgetListener, lookedAt = 0): JournalFold {
    return new JournalFold(image.states.length, budget, lookedAt, image);
  }

  /** All that the journal made of it. What only memory knows is not in it: nobody is postponed. */
  image(): FoldImage {
    const { waiting, fresh } = this.due.byJournal();
    const revisions = this.#revisions.image();
    return {
      states: this.#states.image(fresh),
      attempts: this.#attempts.slice(),
      ...(revisions ? { revisions } : {}),
      tally: this.#tally.image,
      open: [...this.#open],
      waiting,
      people: [...this.#people],
      left: [...this.#left],
      again: this.#again.image(),
    };
  }

  /** Names joined behind all others: so many there are from now on, and the new ones are planned. */
  grow(size: number): void {
    if (size <= this.size) return;
    this.#states.grow(size);
    this.#revisions.grow(size);
    const attempts = new Uint8Array(size);
    attempts.set(this.#attempts);
    this.#attempts = attempts;
  }

  get size(): number {
    return this.#states.size;
  }

  counts(): Counts {
    return this.#states.counts();
  }

  count(state: RecipientState): number {
    return this.#states.count(state);
  }

  stateOf(ordinal: Ordinal): RecipientState {
    return this.#states.at(ordinal) ?? this.#refuse(ordinal, "is not in the list");
  }

  /** What its claims came to, all in all. */
  get tally(): Pick<ClaimTally, "claims" | "charged" | "fared"> {
    return this.#tally;
  }

  /** Attempts that counted so far. */
  attemptsOf(ordinal: Ordinal): number {
    return this.#attempts[ordinal] ?? 0;
  }

  openClaim(ordinal: Ordinal): OpenClaim | undefined {
    return this.#open.get(ordinal);
  }

  /**
   * Under which name this person is written to or was: under any other nobody may. Who turned out not to be found under
   * it is free again; who was surely missed otherwise stays with that name.
   */
  nameOf(personId: string): Ordinal | undefined {
    const ordinal = this.#people.get(personId);
    return ordinal !== undefined && this.stateOf(ordinal) === "notFound" ? undefined : ordinal;
  }

  /** Recipients in this state with an attempt that is not settled for good, oldest claim first. */
  openIn(state: "claimed" | "uncertain"): (readonly [Ordinal, OpenClaim])[] {
    return [...this.#open]
      .filter(([ordinal]) => this.stateOf(ordinal) === state)
      .toSorted((a, b) => a[1].at - b[1].at);
  }

  /** How many were sent to again by the operator's choice: they may have the message twice. */
  get sentAgain(): number {
    return this.#again.count;
  }

  /**
   * The campaign's revision whose values somebody has: of the last claim, for they may have got it; of the present, which
   * infinity stands for, while they are still to be written to or never were claimed.
   */
  revisionOf(ordinal: Ordinal): number {
    const state = this.stateOf(ordinal);
    if (state === "planned" || (state === "skipped" && this.attemptsOf(ordinal) === 0)) return Infinity;
    return this.#revisions.of(ordinal);
  }

  /**
   * What is known of whether somebody has a message, whatever became of later attempts: who is sent to again and surely
   * missed then may still have the first one.
   */
  reached(ordinal: Ordinal): Reached {
    const state = this.stateOf(ordinal);
    if (state === "sent") return "yes";
    const mayHave = state === "claimed" || state === "uncertain";
    return mayHave || this.#left.has(ordinal) || this.#again.has(ordinal) ? "maybe" : "no";
  }

  /**
   * Takes one entry in. Throws {@link JournalContradiction} and changes nothing when it can't be true. Answers false for an
   * ending that came after another, as earlier versions could write them: it changes nothing.
   */
  apply(entry: Entry): boolean {
    if (entry.t === "checkpoint") return true;
    const change = transitionOf(entry);
    if (!("r" in entry)) {
      this.#moveAll(change);
      return true;
    }
    const { r } = entry;
    if (isLate(entry, this.stateOf(r), this.#left.has(r))) return false;
    this.#expect(r, change.from);
    if (entry.t === "claim") this.#claim(entry);
    else if (entry.t === "leaves") this.#leave(r);
    else this.#settle(entry, change);
    return true;
  }

  #claim(entry: Extract<Entry, { t: "claim" }>): void {
    if (entry.p !== undefined) this.#takePerson(entry.p, entry.r);
    this.due.leave(entry.r);
    this.#move(entry.r, "claimed");
    this.#attempts[entry.r] = Math.min(entry.n, 255);
    this.#revisions.note(entry.r, entry.v ?? 0);
    this.#again.claimed(entry.r);
    const id = this.#tally.claimed(entry.n);
    const claim: OpenClaim = {
      id,
      account: entry.a,
      attempt: entry.n,
      at: entry.at,
      ...(entry.l === undefined ? undefined : { language: entry.l }),
    };
    this.#open.set(entry.r, entry.w ? { ...claim, waits: true } : claim);
    this.#budget.debit(entry.a, entry.at);
  }

  #leave(ordinal: Ordinal): void {
    const claim = this.#open.get(ordinal);
    if (!claim?.waits) this.#refuse(ordinal, "does not wait for a call");
    const { waits: _, ...left } = claim;
    this.#open.set(ordinal, left);
  }

  #takePerson(personId: string, ordinal: Ordinal): void {
    if ((this.nameOf(personId) ?? ordinal) !== ordinal)
      this.#refuse(ordinal, "is claimed under another name");
    this.#people.set(personId, ordinal);
  }

  #settle(entry: Ending, { to, givesBack }: Transition): void {
    const { r } = entry;
    const claim = this.#open.get(r);
    const isUncalled = "uncalled" in entry && entry.uncalled;
    if (givesBack && claim) this.#budget.credit(claim.account, claim.at, isUncalled);
    this.#tally.settled(entry, claim?.id);
    if (to !== "uncertain") this.#open.delete(r);
    if (isLeftUncertain(entry)) this.#left.add(r);
    this.due.leave(r);
    this.#move(r, to);
    if (entry.t === "planned") this.#planAgain(entry);
  }

  #planAgain(entry: Extract<Entry, { t: "planned" }>): void {
    if (isSentAgain(entry)) this.#again.decided(entry.r);
    if (entry.free) this.#attempts[entry.r] = this.attemptsOf(entry.r) - 1;
    this.due.add(entry.r, entry.due);
  }

  #moveAll({ from, to }: Transition): void {
    for (let ordinal = 0; ordinal < this.size; ordinal++) {
      if (!from.includes(this.stateOf(ordinal))) continue;
      this.#move(ordinal, to);
      if (to === "planned") this.#attempts[ordinal] = 0;
    }
    if (to === "planned") this.due.beginAnew();
    else this.due.clear();
  }

  #move(ordinal: Ordinal, to: RecipientState): void {
    this.#states.move(ordinal, this.stateOf(ordinal), to);
  }

  #expect(ordinal: Ordinal, allowed: readonly RecipientState[]): void {
    const state = this.stateOf(ordinal);
    if (!allowed.includes(state)) this.#refuse(ordinal, `is ${state}, not ${allowed.join(" or ")}`);
  }

  #refuse(ordinal: Ordinal, problem: string): never {
    throw new JournalContradiction(ordinal, problem);
  }
}
