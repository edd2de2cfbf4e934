/** The ledger of one campaign in files: the journal is the truth, the fold its memory, and the claim (claiming.ts) its heart. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Claim, Ending, Entry, Settlement } from "../../../domain/journal.ts";
import type { OpenClaim } from "../../../domain/fold-image.ts";
import { settlementAt } from "../../../domain/journal.ts";
import { transitionOf } from "../../../domain/transitions.ts";
import type { Counts, Ordinal, Recipient } from "../../../domain/recipient.ts";
import type {
  AddedNames,
  ClaimAnswer,
  ClaimRequest,
  Ledger,
  LedgerStanding,
  LimitWait,
  LimitedAccount,
  NewNames,
  ResultRow,
} from "../../ports/ledger.ts";
import { Claiming, idOf } from "./claiming.ts";
import { closedNow } from "./closed-now.ts";
import { interruptions } from "./interruptions.ts";
import { Joiners } from "./joining.ts";
import type { FileLedgerParts } from "./ledger-parts.ts";
import { firstPlanned, recipientOf, resultRows } from "./ledger-rows.ts";
import { sentNames } from "./sent-names.ts";

/** Recipients looked at in one turn of the event loop: about a millisecond's work. */
const PIECE = 1000;

export class FileLedger implements Ledger {
  readonly #parts: FileLedgerParts;
  readonly #claiming: Claiming;
  readonly #joiners: Joiners;
  /** The last claim of whoever had the campaign before: what comes after it is this one's own. */
  readonly #lastOfOthers: number;
  /** Claims whose settlement is being written: each is settled once. */
  readonly #settling = new Set<Ordinal>();
  /** Claims that the channel is being asked about. Whoever has the folder's lease has all of it, so memory will do. */
  readonly #pursued = new Set<string>();

  constructor(parts: FileLedgerParts) {
    this.#parts = parts;
    this.#claiming = new Claiming(parts);
    this.#joiners = new Joiners(parts);
    this.#lastOfOthers = parts.fold.tally.claims;
  }

  get campaignId(): string {
    return this.#parts.campaign.id;
  }

  counts(): Promise<Counts> {
    return Promise.resolve(this.#parts.fold.counts());
  }

  standing(): Promise<LedgerStanding> {
    const { fold } = this.#parts;
    const { claims, charged } = fold.tally;
    const oldest = fold.openIn("uncertain")[0]?.[1].at;
    return Promise.resolve({
      counts: fold.counts(),
      sentAgain: fold.sentAgain,
      tally: { claims, charged },
      ...(oldest === undefined ? {} : { oldestUncertainAt: oldest }),
    });
  }

  usedToday(): Promise<number> {
    return Promise.resolve(this.#parts.whole.usedToday(this.#parts.clock.now()));
  }

  claim(request: ClaimRequest): Promise<ClaimAnswer> {
    return this.#claiming.claim(request);
  }

  async limitWaits(accounts: readonly LimitedAccount[]): Promise<readonly LimitWait[]> {
    const at = this.#parts.clock.now();
    return accounts.map((account) => this.#claiming.limitWait(account, at));
  }

  recall(): Promise<void> {
    return Promise.resolve(this.#parts.fold.due.recall(this.#parts.clock.now()));
  }

  leave(claim: Claim): boolean | Promise<boolean> {
    if (!this.#mayLeave(claim)) return false;
    return this.#parts.fold.openClaim(claim.recipient.ordinal)?.waits ? this.#leavesAfterWait(claim) : true;
  }

  async mayRepeat(claim: Claim): Promise<boolean> {
    return this.#mayCall(claim);
  }

  async settle(claim: Claim, ending: Ending): Promise<boolean> {
    const { ordinal } = claim.recipient;
    const at = this.#parts.clock.now();
    const settlement = settlementAt(ending, at);
    if (!this.#isOpen(claim) || !this.#fits(ordinal, settlement)) return false;
    const entry: Entry = { r: ordinal, at, ...settlement };
    this.#settling.add(ordinal);
    try {
      await this.#parts.journal.append(JSON.stringify(entry));
      this.#parts.fold.apply(entry);
      this.#tellContacts(claim, at);
      return true;
    } finally {
      this.#settling.delete(ordinal);
    }
  }

  async sweep(): Promise<number> {
    const { fold, journal, clock, untold } = this.#parts;
    const at = clock.now();
    const entries = interruptions(fold, this.#lastOfOthers).map((entry): Entry => ({ ...entry, at }));
    await journal.appendMany(entries.map((entry) => JSON.stringify(entry)));
    for (const entry of entries) {
      untold.wrote(entry, fold);
      fold.apply(entry);
    }
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
        written.push(this.#claiming.pass({ t: "skipped", r, reason: "earlierCheckpoint", at: clock.now() }));
    }
    await Promise.all(written);
    return written.length;
  }

  async uncertain(): Promise<readonly Claim[]> {
    const open = this.#parts.fold.openIn("uncertain");
    return Promise.all(open.map(([ordinal, claim]) => this.#claimOf(ordinal, claim)));
  }

  async pursue(claim: Claim): Promise<boolean> {
    const { fold, beforeWrite } = this.#parts;
    beforeWrite();
    const isUncertain = fold.stateOf(claim.recipient.ordinal) === "uncertain" && this.#isOpen(claim);
    if (!isUncertain || this.#pursued.has(claim.id)) return false;
    this.#pursued.add(claim.id);
    return true;
  }

  async pursued(): Promise<number> {
    const uncertain = this.#parts.fold.openIn("uncertain");
    return uncertain.filter(([, open]) => this.#pursued.has(idOf(open))).length;
  }

  async giveUp(claim: Claim): Promise<void> {
    this.#pursued.delete(claim.id);
  }

  addNames(names: NewNames): Promise<AddedNames> {
    return this.#joiners.add(names);
  }

  async cancelAll(): Promise<void> {
    await this.#joiners.idle(); // who joined before the cancel is skipped by it
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
    const isLeftOut = (recipient: Recipient): boolean =>
      this.#claiming.whyNot(recipient, clock.now()) !== undefined;
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
    await this.#joiners.idle();
    this.#parts.closed();
    await this.#parts.journal[Symbol.asyncDispose]();
    await this.#parts.snapshots.close();
    await this.#parts.recipients[Symbol.asyncDispose]();
  }

  async #leavesAfterWait(claim: Claim): Promise<boolean> {
    await this.#record({ t: "leaves", r: claim.recipient.ordinal, at: this.#parts.clock.now() });
    return this.#mayLeave(claim); // somebody may have opted out while that was written
  }

  #mayLeave(claim: Claim): boolean {
    return this.#parts.fold.stateOf(claim.recipient.ordinal) === "claimed" && this.#mayCall(claim);
  }

  /** The folder's lease is the claim's: whoever lost it calls for nobody, and hears it as an error. */
  #mayCall(claim: Claim): boolean {
    const { beforeWrite, clock } = this.#parts;
    beforeWrite();
    if (!this.#isOpen(claim) || closedNow(this.#parts, clock.now())) return false;
    return this.#claiming.whyNot(claim.recipient, clock.now()) === undefined;
  }

  #isOpen({ id, recipient: { ordinal } }: Claim): boolean {
    return id === idOf(this.#parts.fold.openClaim(ordinal)) && !this.#settling.has(ordinal);
  }

  /** Nobody becomes uncertain twice, and nobody is skipped whose call may be under way. */
  #fits(ordinal: Ordinal, settlement: Settlement): boolean {
    return transitionOf(settlement).from.includes(this.#parts.fold.stateOf(ordinal));
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
    const { account, attempt, at, language } = open;
    const recipient = await recipientOf(this.#parts, ordinal);
    const revision = this.#parts.fold.revisionOf(ordinal);
    const text = language === undefined ? { revision } : { revision, language };
    return { id: idOf(open), campaignId: this.campaignId, recipient, account, attempt, ...text, at };
  }
}
