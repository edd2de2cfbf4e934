/**
 * The ledger of one campaign in files: the journal is the truth, the fold its memory. A claim is decided in one
 * synchronous step (so no two callers get the same recipient), then written; it is handed out once it is on disk.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Claim, Ending, Entry, Settlement } from "../../../domain/journal.ts";
import type { OpenClaim } from "../../../domain/fold-image.ts";
import { settlementAt } from "../../../domain/journal.ts";
import { transitionOf } from "../../../domain/transitions.ts";
import { whyClosed } from "../../../domain/may-send.ts";
import type { Counts, KnownPerson, Ordinal, Recipient, Skip } from "../../../domain/recipient.ts";
import type { ClaimAnswer, ClaimRequest, Ledger, LedgerStanding, ResultRow } from "../../ports/ledger.ts";
import { interruptions } from "./interruptions.ts";
import type { FileLedgerParts } from "./ledger-parts.ts";
import { firstPlanned, recipientOf, resultRows } from "./ledger-rows.ts";
import { PassedOverNames, closed, noneDue } from "./passed-over.ts";
import { sentNames } from "./sent-names.ts";

/** Recipients looked at in one turn of the event loop: about a millisecond's work. */
const PIECE = 1000;

interface Taking {
  readonly at: number;
  readonly request: ClaimRequest;
  readonly passed: PassedOverNames;
  readonly personId: string | undefined;
}

export class FileLedger implements Ledger {
  readonly #parts: FileLedgerParts;
  /** The last claim of whoever had the campaign before: what comes after it is this one's own. */
  readonly #lastOfOthers: number;
  /** Claims whose settlement is being written: each is settled once. */
  readonly #settling = new Set<Ordinal>();

  constructor(parts: FileLedgerParts) {
    this.#parts = parts;
    this.#lastOfOthers = parts.fold.claims;
  }

  get campaignId(): string {
    return this.#parts.campaign.id;
  }

  counts(): Promise<Counts> {
    return Promise.resolve(this.#parts.fold.counts());
  }

  standing(): Promise<LedgerStanding> {
    const { fold } = this.#parts;
    const oldest = fold.openIn("uncertain")[0]?.[1].at;
    return Promise.resolve({
      counts: fold.counts(),
      sentAgain: fold.sentAgain,
      ...(oldest === undefined ? {} : { oldestUncertainAt: oldest }),
    });
  }

  async claim(request: ClaimRequest): Promise<ClaimAnswer> {
    const { fold, budget, recipients, snapshots, stored, clock } = this.#parts;
    const { account, caps, rates } = request;
    const passed = new PassedOverNames();
    let known: Recipient | undefined;
    let looked = 0;
    for (;;) {
      while (snapshots.pause) await snapshots.pause;
      const at = clock.now();
      const why = whyClosed(stored());
      if (why) return passed.answer(closed(why, at));
      if (fold.count("planned") === 0) return passed.answer({ kind: "noneDue" });
      const allowedAt = budget.nextAllowedAt(account, caps, rates, at);
      if (allowedAt > at) return passed.answer({ kind: "capped", freeInMs: allowedAt - at });
      const ordinal = fold.nextDue(at);
      if (ordinal === undefined) return passed.answer(noneDue(fold, at));
      const recipient = known?.ordinal === ordinal ? known : recipients.read(ordinal);
      if (recipient instanceof Promise) {
        known = await recipient; // others may claim meanwhile: everything is asked again
        continue;
      }
      const person = request.known?.(recipient.username);
      const names = person?.names ?? [recipient.username];
      const skip = this.#obstacle(recipient.username, names, at) ?? this.#personReason(ordinal, person);
      const until = skip === undefined ? request.unheard?.(names) : undefined;
      if (until !== undefined && until > at) fold.postpone(ordinal, until);
      else if (skip === undefined)
        return this.#take(recipient, { request, passed, at, personId: person?.personId });
      else passed.add(recipient.username, skip, this.#pass({ t: "skipped", r: ordinal, ...skip, at }));
      // Whoever passes over thousands lets others have a turn, and comes back at once.
      if (++looked >= PIECE) return passed.answer({ kind: "noneDue", dueInMs: 0 });
    }
  }

  recall(): Promise<void> {
    return Promise.resolve(this.#parts.fold.recall(this.#parts.clock.now()));
  }

  async leave(claim: Claim, known?: ClaimRequest["known"]): Promise<boolean> {
    const { ordinal } = claim.recipient;
    const { fold, clock } = this.#parts;
    const mayGo = (): boolean => fold.stateOf(ordinal) === "claimed" && this.#mayCall(claim, known);
    if (!mayGo()) return false;
    if (!fold.openClaim(ordinal)?.waits) return true;
    await this.#record({ t: "leaves", r: ordinal, at: clock.now() });
    return mayGo(); // somebody may have opted out while that was written
  }

  async mayRepeat(claim: Claim, known?: ClaimRequest["known"]): Promise<boolean> {
    return this.#mayCall(claim, known);
  }

  async settle(claim: Claim, ending: Ending): Promise<boolean> {
    const { ordinal } = claim.recipient;
    const at = this.#parts.clock.now();
    const settlement = settlementAt(ending, at);
    if (!this.#isOpen(claim) || !this.#fits(ordinal, settlement)) return false;
    this.#settling.add(ordinal);
    try {
      await this.#record({ r: ordinal, at, ...settlement });
      this.#tellContacts(claim, at);
      return true;
    } finally {
      this.#settling.delete(ordinal);
    }
  }

  async sweep(): Promise<number> {
    const { fold, journal, clock } = this.#parts;
    const at = clock.now();
    const entries = interruptions(fold, this.#lastOfOthers).map((entry): Entry => ({ ...entry, at }));
    await journal.appendMany(entries.map((entry) => JSON.stringify(entry)));
    for (const entry of entries) fold.apply(entry);
    return entries.filter(({ t }) => t === "uncertain").length;
  }

  /**
   * Takes in names that other tools wrote to: none of them is claimed from this moment on, and those planned are skipped.
   * @returns How many were skipped
   */
  async honour(names: Iterable<string>): Promise<number> {
    const { fold, recipients, earlier, snapshots, clock } = this.#parts;
    for (const name of names) earlier.add(name);
    const written: Promise<void>[] = [];
    for (let r = 0; r < fold.size; r++) {
      if (r % PIECE === 0) await nextTurn();
      if (fold.stateOf(r) !== "planned") continue;
      const { username } = await recipients.read(r);
      while (snapshots.pause) await snapshots.pause;
      if (fold.stateOf(r) === "planned" && earlier.has(username))
        written.push(this.#pass({ t: "skipped", r, reason: "earlierCheckpoint", at: clock.now() }));
    }
    await Promise.all(written);
    return written.length;
  }

  async uncertain(): Promise<readonly Claim[]> {
    const open = this.#parts.fold.openIn("uncertain");
    return Promise.all(open.map(([ordinal, claim]) => this.#claimOf(ordinal, claim)));
  }

  cancelAll(): Promise<void> {
    return this.#record({ t: "cancelAll", at: this.#parts.clock.now() });
  }

  retryAll(): Promise<void> {
    return this.#record({ t: "retryAll", at: this.#parts.clock.now() });
  }

  results(): AsyncIterable<ResultRow> {
    return resultRows(this.#parts);
  }

  firstWritable(count: number, from: Ordinal = 0): Promise<readonly ResultRow[]> {
    const { clock } = this.#parts;
    const isLeftOut = (username: string): boolean =>
      this.#obstacle(username, [username], clock.now()) !== undefined;
    return firstPlanned(this.#parts, { count, from, isLeftOut });
  }

  async saveCheckpoint(): Promise<number> {
    const { campaign, writeCheckpoint, fold, beforeWrite, clock } = this.#parts;
    beforeWrite();
    const failed = fold.count("failed") + fold.count("refused") + fold.count("notFound");
    const at = clock.now();
    const content = { campaignId: campaign.id, sent: sentNames(this.#parts), failed, at };
    const { names, crc } = await writeCheckpoint(content);
    await this.#record({ t: "checkpoint", names, crc, at });
    this.#parts.ours.set(crc, names);
    return names;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#parts.closed();
    await this.#parts.journal[Symbol.asyncDispose]();
    await this.#parts.snapshots.close();
    await this.#parts.recipients[Symbol.asyncDispose]();
  }

  /** Decided in one synchronous step, so that no two callers get the same recipient; handed out once on disk. */
  async #take(recipient: Recipient, { request, passed, at, personId }: Taking): Promise<ClaimAnswer> {
    const { account, waits } = request;
    const { fold, journal, contacts, snapshots, owner } = this.#parts;
    const { ordinal, username } = recipient;
    const attempt = fold.attemptsOf(ordinal) + 1;
    const { revision = 0 } = this.#parts.campaign;
    const entry: Entry = {
      t: "claim",
      r: ordinal,
      a: account,
      n: attempt,
      ...(personId === undefined ? {} : { p: personId }),
      ...(revision > 0 ? { v: revision } : {}),
      ...(waits ? { w: true } : {}),
      at,
    };
    fold.apply(entry);
    const id = idOf(fold.openClaim(ordinal));
    contacts.claimed(username, at, account);
    snapshots.begin();
    try {
      await journal.append(JSON.stringify(entry));
    } finally {
      snapshots.end();
    }
    const claim: Claim = {
      id,
      campaignId: this.campaignId,
      recipient,
      account,
      attempt,
      revision,
      at,
      owner,
    };
    return passed.answer({ kind: "claimed", claim });
  }

  /** The folder's lease is the claim's: whoever lost it calls for nobody, and hears it as an error. */
  #mayCall(claim: Claim, known: ClaimRequest["known"]): boolean {
    const { stored, beforeWrite, clock } = this.#parts;
    beforeWrite();
    if (!this.#isOpen(claim) || whyClosed(stored())) return false;
    const { username, ordinal } = claim.recipient;
    const person = known?.(username);
    const names = person?.names ?? [username];
    const skip = this.#obstacle(username, names, clock.now()) ?? this.#personReason(ordinal, person);
    return skip === undefined;
  }

  #isOpen({ id, recipient: { ordinal } }: Claim): boolean {
    return id === idOf(this.#parts.fold.openClaim(ordinal)) && !this.#settling.has(ordinal);
  }

  /** Nobody becomes uncertain twice, and nobody is skipped whose call may be under way. */
  #fits(ordinal: Ordinal, settlement: Settlement): boolean {
    return transitionOf(settlement).from.includes(this.#parts.fold.stateOf(ordinal));
  }

  /** @param names Of the same person: who must not be written to under one of them must not under another. */
  #obstacle(username: string, names: readonly string[], at: number): Skip | undefined {
    const { earlier, obstacle } = this.#parts;
    if (earlier.size > 0 && earlier.has(username)) return { reason: "earlierCheckpoint" };
    for (const name of names) {
      const skip = obstacle(name, at);
      if (skip !== undefined) return skip;
    }
    return undefined;
  }

  #personReason(ordinal: Ordinal, person: KnownPerson | undefined): Skip | undefined {
    if (person?.hasLeft) return { reason: "optedOut" };
    if (person?.personId === undefined) return undefined;
    const isOther = (this.#parts.fold.nameOf(person.personId) ?? ordinal) !== ordinal;
    return isOther ? { reason: "duplicate" } : undefined;
  }

  /** Nobody else may look at them again, so memory is first here; lost in a crash, they are simply passed over again. */
  #pass(entry: Extract<Entry, { t: "skipped" }>): Promise<void> {
    this.#parts.fold.apply(entry);
    const { journal, snapshots } = this.#parts;
    snapshots.begin();
    const written = journal.append(JSON.stringify(entry));
    const end = (): void => snapshots.end();
    written.then(end, end); // whoever waits for it hears of it, perhaps a little later
    return written;
  }

  #tellContacts({ recipient: { ordinal, username }, account }: Claim, at: number): void {
    const { contacts, fold } = this.#parts;
    const reached = fold.reached(ordinal);
    if (reached === "yes") contacts.sent(username, at, account);
    else if (reached === "no") contacts.notReached(username);
  }

  /** Memory follows the disk: what is not written has not happened. */
  async #record(entry: Entry): Promise<void> {
    await this.#parts.journal.append(JSON.stringify(entry));
    this.#parts.fold.apply(entry);
  }

  async #claimOf(ordinal: Ordinal, open: OpenClaim): Promise<Claim> {
    const { account, attempt, at } = open;
    const recipient = await recipientOf(this.#parts, ordinal);
    const revision = this.#parts.fold.revisionOf(ordinal);
    return { id: idOf(open), campaignId: this.campaignId, recipient, account, attempt, revision, at };
  }
}

/** Nobody's id when there is no such claim. */
function idOf(open: OpenClaim | undefined): string {
  return open ? String(open.id) : "";
}
