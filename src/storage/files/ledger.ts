/**
 * The ledger of one campaign in files: the journal is the truth, the fold its memory. A claim is decided in one
 * synchronous step (so no two callers get the same recipient), then written; it is handed out once it is on disk.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Campaign } from "../../domain/campaign.ts";
import type { Budget } from "../../domain/budget.ts";
import type { Claim, Entry, Settlement } from "../../domain/journal.ts";
import type { JournalFold, OpenClaim } from "../../domain/journal-fold.ts";
import type { Counts, Ordinal, Recipient, SkipReason } from "../../domain/recipient.ts";
import type { AppendLog } from "../../lib/append-log.ts";
import type { ClaimAnswer, ClaimRequest, Ledger, ResultRow } from "../stores.ts";
import { writeCheckpoint } from "./checkpoint.ts";
import { readHistory } from "./journal-history.ts";
import type { RecipientsReader } from "./recipients-file.ts";

/** Recipients looked at in one turn of the event loop: about a millisecond's work. */
const PIECE = 1000;

export interface FileLedgerParts {
  readonly campaign: Campaign;
  readonly fold: JournalFold;
  readonly journal: AppendLog;
  readonly journalPath: string;
  readonly checkpointPath: string;
  readonly recipients: RecipientsReader;
  /** Shared by all campaigns: an account's limits hold over all of them. */
  readonly budget: Budget;
}

export class FileLedger implements Ledger {
  readonly #parts: FileLedgerParts;
  /** Claims whose settlement is being written: each is settled once. */
  readonly #settling = new Set<Ordinal>();

  constructor(parts: FileLedgerParts) {
    this.#parts = parts;
  }

  get campaignId(): string {
    return this.#parts.campaign.id;
  }

  counts(): Counts {
    return this.#parts.fold.counts();
  }

  async claim({ account, caps, rates, at }: ClaimRequest): Promise<ClaimAnswer> {
    const { fold, budget } = this.#parts;
    const allowedAt = budget.nextAllowedAt(account, caps, rates, at);
    if (allowedAt > at) return { kind: "capped", until: allowedAt };
    const ordinal = fold.nextDue(at);
    if (ordinal === undefined) {
      const dueAt = fold.earliestDue();
      return dueAt === undefined ? { kind: "noneDue" } : { kind: "noneDue", dueAt };
    }
    const attempt = fold.attemptsOf(ordinal) + 1;
    const entry: Entry = { t: "claim", r: ordinal, a: account, n: attempt, at };
    fold.apply(entry);
    const [claim] = await Promise.all([
      this.#claimOf(ordinal, { account, attempt, at }),
      this.#parts.journal.append(JSON.stringify(entry)),
    ]);
    return { kind: "claimed", claim };
  }

  async settle(claim: Claim, settlement: Settlement, at: number): Promise<boolean> {
    const { ordinal } = claim.recipient;
    const open = this.#parts.fold.openClaim(ordinal);
    const isOpen = open?.attempt === claim.attempt && open.at === claim.at;
    if (!isOpen || this.#settling.has(ordinal)) return false;
    this.#settling.add(ordinal);
    try {
      await this.#record({ r: ordinal, at, ...settlement });
      return true;
    } finally {
      this.#settling.delete(ordinal);
    }
  }

  async uncertain(): Promise<readonly Claim[]> {
    const open = this.#parts.fold.openIn("uncertain");
    return Promise.all(open.map(([ordinal, claim]) => this.#claimOf(ordinal, claim)));
  }

  oldestUncertainAt(): number | undefined {
    return this.#parts.fold.openIn("uncertain")[0]?.[1].at;
  }

  async skip(ordinals: readonly Ordinal[], reason: SkipReason, at: number): Promise<void> {
    await Promise.all(ordinals.map((r) => this.#record({ t: "skipped", r, reason, at })));
  }

  async cancelAll(at: number): Promise<void> {
    await this.#record({ t: "cancelAll", at });
  }

  async retryAll(at: number): Promise<void> {
    await this.#record({ t: "retryAll", at });
  }

  async *results(): AsyncGenerator<ResultRow> {
    const { fold, journalPath } = this.#parts;
    const size = fold.size;
    const history = await readHistory(journalPath, size);
    for (let ordinal = 0; ordinal < size; ordinal++) {
      yield { ...(await this.#recipient(ordinal)), ...history.of(ordinal, fold.stateOf(ordinal)) };
      if (ordinal % PIECE === 0) await nextTurn();
    }
  }

  async firstPlanned(count: number): Promise<readonly ResultRow[]> {
    const { fold } = this.#parts;
    const rows: ResultRow[] = [];
    for (let ordinal = 0; ordinal < fold.size && rows.length < count; ordinal++)
      if (fold.stateOf(ordinal) === "planned")
        rows.push({
          ...(await this.#recipient(ordinal)),
          state: "planned",
          attempts: fold.attemptsOf(ordinal),
        });
    return rows;
  }

  async saveCheckpoint(at: number): Promise<number> {
    const { campaign, checkpointPath, fold } = this.#parts;
    const failed = fold.count("failed") + fold.count("refused") + fold.count("notFound");
    const content = { campaignId: campaign.id, sent: this.#sentNames(), failed, at };
    const { names, crc } = await writeCheckpoint(checkpointPath, content);
    await this.#record({ t: "checkpoint", names, crc, at });
    return names;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.journal[Symbol.asyncDispose]();
    await this.#parts.recipients[Symbol.asyncDispose]();
  }

  /** Names in pieces, with a turn of the event loop between them: the chat must not wait for a million. */
  async *#sentNames(): AsyncGenerator<readonly string[]> {
    const { fold, recipients } = this.#parts;
    for (let start = 0; start < fold.size; start += PIECE) {
      const names: string[] = [];
      for (let ordinal = start; ordinal < Math.min(start + PIECE, fold.size); ordinal++) {
        if (fold.stateOf(ordinal) !== "sent") continue;
        const recipient = recipients.read(ordinal);
        names.push((recipient instanceof Promise ? await recipient : recipient).username);
      }
      yield names;
      await nextTurn();
    }
  }

  /** Memory follows the disk: what is not written has not happened. */
  async #record(entry: Entry): Promise<void> {
    await this.#parts.journal.append(JSON.stringify(entry));
    this.#parts.fold.apply(entry);
  }

  async #claimOf(ordinal: Ordinal, { account, attempt, at }: OpenClaim): Promise<Claim> {
    const recipient = await this.#parts.recipients.read(ordinal);
    return { campaignId: this.campaignId, recipient, account, attempt, at };
  }

  async #recipient(ordinal: Ordinal): Promise<Recipient> {
    return this.#parts.recipients.read(ordinal);
  }
}
