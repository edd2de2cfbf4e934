/**
 * Stores in memory for tests of the engine: a disk that outlives "processes", and a ledger that writes entries to it
 * one by one, each an effect that a crash can come before or after.
 */
import type { Budget } from "../../src/domain/accounts/budget.ts";
import { Budgets } from "../../src/domain/accounts/budgets.ts";
import { createDayOf } from "../../src/domain/accounts/calendar-day.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import { campaignKey } from "../../src/domain/campaign.ts";
import type { Claim, Entry, Settlement } from "../../src/domain/journal.ts";
import { JournalFold } from "../../src/domain/journal-fold.ts";
import type { ChannelStanding } from "../../src/domain/accounts/standing.ts";
import type { Counts, KnownPerson, Ordinal, SkipReason } from "../../src/domain/recipient.ts";
import type {
  CampaignStore,
  ClaimAnswer,
  ClaimRequest,
  Ledger,
  LedgerStore,
  PassedOver,
  ResultRow,
  StandingStore,
} from "../../src/storage/stores.ts";

/** Called around everything that reaches the outside; never resolves once the process is "dead". */
export type Effect = (name: string) => Promise<void>;

export const noCrash: Effect = () => Promise.resolve();

/** What outlives a process. */
export interface MemoryDisk {
  readonly campaigns: Map<string, Campaign>;
  readonly journals: Map<string, Entry[]>;
  readonly names: Map<string, readonly string[]>;
  /** Names that a foreign checkpoint marks as sent. */
  readonly checkpoints: Map<string, ReadonlySet<string>>;
  /** How the accounts of each channel stood. */
  readonly standings: Map<string, ChannelStanding>;
  /** The do-not-send list. */
  readonly suppressed: Map<string, SkipReason>;
}

export function createMemoryDisk(): MemoryDisk {
  return {
    campaigns: new Map(),
    journals: new Map(),
    names: new Map(),
    checkpoints: new Map(),
    standings: new Map(),
    suppressed: new Map(),
  };
}

/** The stores of one "process" on that disk. */
export function createMemoryStores(disk: MemoryDisk, effect: Effect = noCrash, timeZone = "UTC") {
  const budgets = new Budgets(createDayOf(timeZone));
  const campaigns: CampaignStore = {
    all: () => [...disk.campaigns.values()],
    get: (id) => disk.campaigns.get(id),
    spellings: async (id) =>
      [...new Set([...disk.campaigns.keys(), ...disk.checkpoints.keys()])].filter(
        (one) => campaignKey(one) === campaignKey(id),
      ),
    async save(campaign) {
      await effect("before campaign saved");
      disk.campaigns.set(campaign.id, campaign);
      await effect("after campaign saved");
    },
    async *recipients(id) {
      for (const username of disk.names.get(id) ?? []) yield { username, variables: {}, isCorrected: false };
    },
    correctLists: (id) => Promise.resolve({ lists: disk.campaigns.get(id)?.lists ?? [], count: 0 }),
    adoptList: () => Promise.reject(new Error("lists are not part of this double")),
    adoptAttachment: () => Promise.reject(new Error("attachments are not part of this double")),
    attachmentPath: (id, file) => `${id}/${file}`,
  };
  const ledgers: LedgerStore = {
    async open(campaign, at) {
      const names = disk.names.get(campaign.id) ?? [];
      const ledger = new MemoryLedger({
        campaign,
        names,
        disk,
        budget: budgets.of(campaign.channel),
        effect,
      });
      const sentBefore = ledger.counts().sent;
      const cutOff = await ledger.sweep(at);
      const marked = disk.checkpoints.get(campaign.id);
      return {
        ledger,
        alreadySent: sentBefore,
        cutOff,
        ...(marked ? { checkpointNames: marked.size } : {}),
      };
    },
    sentNames: () => Promise.resolve(new Set()),
    states: async (id) => {
      const fold = new JournalFold(disk.names.get(id)?.length ?? 0, budgets.of("none"));
      for (const entry of disk.journals.get(id) ?? []) fold.apply(entry);
      return new Map((disk.names.get(id) ?? []).map((name, r) => [name, fold.stateOf(r)]));
    },
    usedToday: (channel, account, at) => budgets.of(channel).usedToday(account, at),
    debitTestSend({ channel, account, caps, rates, at }) {
      const budget = budgets.of(channel);
      if (budget.nextAllowedAt(account, caps, rates, at) > at) return Promise.resolve("capped");
      budget.debit(account, at);
      return Promise.resolve("debited");
    },
    honour: (id, names) => {
      disk.checkpoints.set(id, new Set([...(disk.checkpoints.get(id) ?? []), ...names]));
      return Promise.resolve(names.size);
    },
    removeCheckpoint: (id) => Promise.resolve(disk.checkpoints.delete(id)),
  };
  const standings: StandingStore = {
    get: (channel) => disk.standings.get(channel),
    save: (channel, standing) => Promise.resolve(void disk.standings.set(channel, standing)),
  };
  return { campaigns, ledgers, standings, budgets };
}

interface MemoryLedgerParts {
  readonly campaign: Campaign;
  readonly names: readonly string[];
  readonly disk: MemoryDisk;
  readonly budget: Budget;
  readonly effect: Effect;
}

class MemoryLedger implements Ledger {
  readonly #parts: MemoryLedgerParts;
  readonly #fold: JournalFold;
  readonly #journal: Entry[];
  readonly #settling = new Set<Ordinal>();
  readonly #lastOfOthers: number;

  constructor(parts: MemoryLedgerParts) {
    this.#parts = parts;
    const { disk, campaign } = parts;
    this.#journal = disk.journals.get(campaign.id) ?? [];
    disk.journals.set(campaign.id, this.#journal);
    this.#fold = new JournalFold(parts.names.length, parts.budget);
    for (const entry of this.#journal) this.#fold.apply(entry);
    this.#lastOfOthers = this.#fold.claims;
  }

  get campaignId(): string {
    return this.#parts.campaign.id;
  }

  counts(): Counts {
    return this.#fold.counts();
  }

  async sweep(at: number): Promise<number> {
    const open = this.#fold.openIn("claimed").filter(([, { id }]) => id <= this.#lastOfOthers);
    for (const [r, { waits }] of open)
      await this.#record(
        waits
          ? { t: "planned", r, due: at, free: true, why: "interruptedBeforeRecord", uncalled: true, at }
          : { t: "uncertain", r, why: "interruptedBeforeRecord", at },
      );
    return open.filter(([, { waits }]) => !waits).length;
  }

  async claim(request: ClaimRequest): Promise<ClaimAnswer> {
    const skipped: PassedOver[] = [];
    const answer = await this.#claimNext(request, skipped);
    return skipped.length === 0 ? answer : { ...answer, skipped };
  }

  async #claimNext(request: ClaimRequest, skipped: PassedOver[]): Promise<ClaimAnswer> {
    const { account, caps, rates, at } = request;
    for (;;) {
      const until = this.#parts.budget.nextAllowedAt(account, caps, rates, at);
      if (until > at) return { kind: "capped", until };
      const r = this.#fold.nextDue(at);
      if (r === undefined) {
        const dueAt = this.#fold.earliestDue();
        const unheard = this.#fold.postponed > 0 ? { unheard: true as const } : {};
        return dueAt === undefined ? { kind: "noneDue" } : { kind: "noneDue", dueAt, ...unheard };
      }
      const username = this.#parts.names[r] ?? "";
      const person = request.known?.(username) ?? {};
      const ofName = (name: string) => this.#obstacle(name, at) ?? [];
      const [reason = this.#personReason(r, person)] = (person.names ?? [username]).flatMap(ofName);
      const heardAt = reason === undefined ? request.unheard?.(person.names ?? [username]) : undefined;
      if (heardAt !== undefined && heardAt > at) {
        this.#fold.postpone(r, heardAt);
        continue;
      }
      const known = person.personId === undefined ? {} : { p: person.personId };
      const waits = request.waits ? { w: true as const } : {};
      const entry: Entry =
        reason === undefined
          ? { t: "claim", r, a: account, n: this.#fold.attemptsOf(r) + 1, ...known, ...waits, at }
          : { t: "skipped", r, reason, at };
      this.#fold.apply(entry);
      await this.#write(entry);
      if (reason === undefined) return { kind: "claimed", claim: this.#claimOf(r) };
      skipped.push({ username, reason });
    }
  }

  recall(at: number): void {
    this.#fold.recall(at);
  }

  #isOpen({ id, recipient: { ordinal } }: Claim): boolean {
    return id === String(this.#fold.openClaim(ordinal)?.id) && !this.#settling.has(ordinal);
  }

  #obstacle(username: string, at: number): SkipReason | undefined {
    const { disk, campaign } = this.#parts;
    if (disk.checkpoints.get(campaign.id)?.has(username)) return "earlierCheckpoint";
    const reason = disk.suppressed.get(username);
    if (reason !== undefined || campaign.notWithinDays === undefined) return reason;
    const since = at - campaign.notWithinDays * 24 * 3_600_000;
    return this.#othersWroteTo(username, since) ? "contactedLately" : undefined;
  }

  #personReason(r: Ordinal, { personId, hasLeft }: KnownPerson): SkipReason | undefined {
    if (hasLeft) return "optedOut";
    const other = personId === undefined ? r : (this.#fold.nameOf(personId) ?? r);
    return other === r ? undefined : "duplicate";
  }

  #othersWroteTo(username: string, since: number): boolean {
    const { disk, campaign } = this.#parts;
    return [...disk.journals].some(
      ([id, entries]) =>
        id !== campaign.id &&
        disk.campaigns.get(id)?.channel === campaign.channel &&
        entries.some(
          (entry) =>
            entry.t === "sent" && entry.at > since && (disk.names.get(id) ?? [])[entry.r] === username,
        ),
    );
  }

  mayStillWrite(claim: Claim, at: number, known?: ClaimRequest["known"]): boolean {
    const { username, ordinal } = claim.recipient;
    const reason = this.#obstacle(username, at) ?? this.#personReason(ordinal, known?.(username) ?? {});
    return this.#isOpen(claim) && reason === undefined;
  }

  async leave(claim: Claim, at: number): Promise<boolean> {
    const { ordinal } = claim.recipient;
    const isWaiting = this.#isOpen(claim) && this.#fold.openClaim(ordinal)?.waits;
    if (isWaiting) await this.#record({ t: "leaves", r: ordinal, at });
    return this.#isOpen(claim) && this.#fold.stateOf(ordinal) === "claimed";
  }

  async settle(claim: Claim, settlement: Settlement, at: number): Promise<boolean> {
    const { ordinal } = claim.recipient;
    const state = this.#fold.stateOf(ordinal);
    const isOff = settlement.t === "skipped" ? state !== "uncertain" : settlement.t === state;
    if (!this.#isOpen(claim) || isOff) return false;
    this.#settling.add(ordinal);
    await this.#record({ r: ordinal, at, ...settlement });
    this.#settling.delete(ordinal);
    return true;
  }

  uncertain(): Promise<readonly Claim[]> {
    return Promise.resolve(this.#fold.openIn("uncertain").map(([ordinal]) => this.#claimOf(ordinal)));
  }

  sentAgain(): number {
    return this.#fold.sentAgain;
  }

  oldestUncertainAt(): number | undefined {
    return this.#fold.openIn("uncertain")[0]?.[1].at;
  }

  cancelAll(at: number): Promise<void> {
    return this.#record({ t: "cancelAll", at });
  }

  retryAll(at: number): Promise<void> {
    return this.#record({ t: "retryAll", at });
  }

  async *results(): AsyncGenerator<ResultRow> {
    for (const [ordinal, username] of this.#parts.names.entries())
      yield {
        ordinal,
        username,
        variables: {},
        state: this.#fold.stateOf(ordinal),
        attempts: this.#fold.attemptsOf(ordinal),
      };
  }

  async firstPlanned(count: number, from: Ordinal = 0, at?: number): Promise<readonly ResultRow[]> {
    const rows: ResultRow[] = [];
    const mayBe = (name: string): boolean => at === undefined || this.#obstacle(name, at) === undefined;
    for await (const row of this.results())
      if (row.ordinal >= from && row.state === "planned" && rows.length < count && mayBe(row.username))
        rows.push(row);
    return rows;
  }

  async saveCheckpoint(at: number): Promise<number> {
    const names = this.counts().sent;
    await this.#record({ t: "checkpoint", names, crc: 0, at });
    return names;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  async #record(entry: Entry): Promise<void> {
    await this.#write(entry);
    this.#fold.apply(entry);
  }

  async #write(entry: Entry): Promise<void> {
    await this.#parts.effect(`before ${entry.t}`);
    this.#journal.push(entry);
    await this.#parts.effect(`after ${entry.t}`);
  }

  #claimOf(ordinal: Ordinal): Claim {
    const open = this.#fold.openClaim(ordinal);
    if (!open) throw new Error(`nobody claimed ${ordinal}`);
    const recipient = { ordinal, username: this.#parts.names[ordinal] ?? "", variables: {} };
    return { ...open, id: String(open.id), campaignId: this.campaignId, recipient };
  }
}
