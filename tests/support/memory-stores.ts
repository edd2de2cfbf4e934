/**
 * Stores in memory for tests of the engine: a disk that outlives "processes", and the program's own ledger writing its
 * journal there line by line, each an effect that a crash can come before or after.
 */
import { Readable } from "node:stream";
import type { BudgetListener } from "../../src/domain/accounts/budget.ts";
import { Budget } from "../../src/domain/accounts/budget.ts";
import { createWindows } from "../../src/domain/when/windows.ts";
import { createWallClock } from "../../src/lib/time/wall-clock.ts";
import { Budgets } from "../../src/domain/accounts/budgets.ts";
import { WholeUse } from "../../src/domain/accounts/whole-use.ts";
import { dayIn } from "./day-in.ts";
import type { ChannelHealth } from "../../src/domain/accounts/channel-health.ts";
import { AnswerBook } from "../../src/domain/people/answer.ts";
import { bindLists } from "../../src/domain/bound-lists.ts";
import type { Campaign, CampaignList } from "../../src/domain/campaign.ts";
import { campaignKey } from "../../src/domain/campaign.ts";
import type { Entry } from "../../src/domain/journal.ts";
import { JournalFold } from "../../src/domain/journal-fold.ts";
import type { KnownPerson, Recipient, Skip, SkipReason } from "../../src/domain/recipient.ts";
import { parseEntry } from "../../src/storage/files/ledger/journal-entry.ts";
import { JournalHistory } from "../../src/storage/files/ledger/journal-history.ts";
import { Unheard } from "../../src/storage/files/ledger/unheard.ts";
import { UntoldEndings } from "../../src/storage/files/ledger/untold-endings.ts";
import type { Inboxes } from "../../src/storage/files/people/inboxes.ts";
import { createInboxes } from "../../src/storage/files/people/inboxes.ts";
import { FileLedger } from "../../src/storage/files/ledger/ledger.ts";
import type { MemoryListStore } from "./memory-list-store.ts";
import { createMemoryListStore } from "./memory-list-store.ts";
import type { Clock } from "../../src/lib/clock.ts";
import type { AccountStore } from "../../src/storage/ports/accounts.ts";
import type { CampaignStore } from "../../src/storage/ports/campaigns.ts";
import type { LedgerStore } from "../../src/storage/ports/ledger.ts";

/** Called around everything that reaches the outside; never resolves once the process is "dead". */
export type Effect = (name: string) => Promise<void>;

export const noCrash: Effect = () => Promise.resolve();

/** What outlives a process. */
export interface MemoryDisk {
  readonly campaigns: Map<string, Campaign>;
  readonly journals: Map<string, Entry[]>;
  readonly names: Map<string, readonly string[]>;
  /** Lists on their way to a campaign. */
  readonly lists: MemoryListStore;
  /** Names of the lists that joined a campaign, by `<campaign>/<file>`; its document says which are its own. */
  readonly adopted: Map<string, readonly string[]>;
  /** Names that a foreign checkpoint marks as sent. */
  readonly checkpoints: Map<string, Set<string>>;
  /** How the accounts of each channel stood. */
  readonly health: Map<string, ChannelHealth>;
  /** Who is behind a name, as a channel found out. */
  readonly known: Map<string, KnownPerson>;
  /** The do-not-send list. */
  readonly suppressed: Map<string, SkipReason>;
  /** What people answered. */
  readonly answers: AnswerBook;
  /** By `<campaign>/<name>`. */
  readonly attachments: Map<string, Uint8Array>;
}

export function createMemoryDisk(): MemoryDisk {
  return {
    campaigns: new Map(),
    journals: new Map(),
    names: new Map(),
    lists: createMemoryListStore(),
    adopted: new Map(),
    checkpoints: new Map(),
    health: new Map(),
    suppressed: new Map(),
    answers: new AnswerBook(),
    attachments: new Map(),
    known: new Map(),
  };
}

/** Everybody a campaign goes to, in their order: those it began with and those who joined. */
export function namesOf({ names, adopted, campaigns }: MemoryDisk, id: string): readonly string[] {
  const lists = campaigns.get(id)?.lists ?? [];
  const namesIn = ({ file, count }: CampaignList) => (adopted.get(`${id}/${file}`) ?? []).slice(0, count);
  return [...(names.get(id) ?? []), ...lists.flatMap(namesIn)];
}

type Attachments = Pick<CampaignStore, "adoptAttachment" | "attachment">;

function attachmentsOn({ attachments }: MemoryDisk): Attachments {
  return {
    async adoptAttachment(id, content) {
      const read: Uint8Array[] = [];
      for await (const piece of content) read.push(piece);
      const file = `attachment-${attachments.size + 1}`;
      attachments.set(`${id}/${file}`, Buffer.concat(read));
      return file;
    },
    async attachment(id, file) {
      const bytes = attachments.get(`${id}/${file}`);
      return bytes && { size: bytes.length, open: () => Readable.from([bytes]) };
    },
  };
}

export interface StoreOptions {
  /** Whose midnight ends a day; UTC unless given. */
  readonly timeZone?: string | undefined;
  /** The stores' time; absent: it stands at 0. */
  readonly clock?: Pick<Clock, "now">;
  /** How far answers are read; absent: nobody reads any. */
  readonly inboxes?: Inboxes;
  /** Through which accounts a name was written to; absent: by the journals of the other campaigns. */
  readonly accountsOf?: (username: string) => readonly string[];
}

/** The stores of one "process" on that disk. */
export function createMemoryStores(
  disk: MemoryDisk,
  effect: Effect = noCrash,
  {
    timeZone = "UTC",
    clock = { now: () => 0 },
    inboxes = createInboxes(clock),
    accountsOf,
  }: StoreOptions = {},
) {
  const budgets = new Budgets(dayIn(timeZone));
  const counted = new Set<string>();
  const unheardBy = ({ id, channel }: Campaign): Unheard => {
    const contacted = { accountsOf: accountsOf ?? ((name: string) => accountsTo(disk, id, name)) };
    return new Unheard({
      contacted: async () => contacted,
      inboxOf: (account) => inboxes.inboxOf(channel, account),
    });
  };
  const campaigns: CampaignStore = {
    all: async () => [...disk.campaigns.values()].toSorted((a, b) => b.createdAt - a.createdAt),
    get: async (id) => disk.campaigns.get(id),
    spellings: async (id) =>
      [...new Set([...disk.campaigns.keys(), ...disk.checkpoints.keys()])].filter(
        (one) => campaignKey(one) === campaignKey(id),
      ),
    async create(campaign) {
      if (disk.campaigns.has(campaign.id)) return false;
      await effect("before campaign saved");
      if (disk.campaigns.has(campaign.id)) return false;
      disk.campaigns.set(campaign.id, campaign);
      await effect("after campaign saved");
      return true;
    },
    async change(id, to) {
      for (;;) {
        const from = disk.campaigns.get(id);
        const changed = from && to(from);
        if (!changed) return undefined;
        if (changed.channel !== from.channel) throw new Error("a campaign's channel is for life");
        await effect("before campaign saved");
        if (disk.campaigns.get(id) !== from) continue;
        disk.campaigns.set(id, changed);
        await effect("after campaign saved");
        return changed;
      }
    },
    async *recipients(id) {
      for (const username of namesOf(disk, id)) yield { username, variables: {}, isCorrected: false };
    },
    correctLists: (id) => Promise.resolve({ lists: disk.campaigns.get(id)?.lists ?? [], count: 0 }),
    async adoptList(id, listId) {
      const list = disk.lists.kept.get(listId);
      if (!list) return undefined;
      const file = `list-${disk.adopted.size + 1}`;
      await effect("before list adopted");
      disk.adopted.set(
        `${id}/${file}`,
        list.rows.map(({ username }) => username),
      );
      await effect("after list adopted");
      return { file, count: list.rows.length, columns: list.columns };
    },
    ...attachmentsOn(disk),
  };
  const ledgers: LedgerStore = {
    async open(campaign) {
      const budget = budgets.of(campaign.channel);
      const { fold, whole, untold } = foldOf(disk, campaign.id, budget, counted.has(campaign.id));
      counted.add(campaign.id);
      const marked = earlierNames(disk, campaign.id);
      const ledger = openLedger({
        disk,
        effect,
        campaign,
        fold,
        whole,
        untold,
        budget,
        clock,
        campaigns,
        unheard: unheardBy(campaign),
      });
      const sentBefore = fold.count("sent");
      const cutOff = await ledger.sweep();
      return {
        ledger,
        alreadySent: sentBefore,
        cutOff,
        untold: (told) => untold.take(told, (ordinal) => recipientOn(disk, campaign.id, ordinal)),
        ...(marked.size > 0 ? { checkpointNames: marked.size } : {}),
      };
    },
    sentNames: () => Promise.resolve(new Set()),
    states: async (id) => {
      const { fold } = foldOf(disk, id);
      return new Map(namesOf(disk, id).map((name, r) => [name, fold.stateOf(r)]));
    },
    usedToday: async (channel, account) => budgets.of(channel).usedToday(account, clock.now()),
    debitTestSend({ channel, account, caps, rates }) {
      const at = clock.now();
      const budget = budgets.of(channel);
      const cappedUntil = budget.nextAllowedAt(account, caps, rates, at);
      if (cappedUntil > at) return Promise.resolve({ cappedUntil });
      budget.debit(account, at);
      return Promise.resolve("debited");
    },
    honour: (id, names) => {
      const earlier = earlierNames(disk, id);
      for (const name of names) earlier.add(name);
      return Promise.resolve(names.size);
    },
    removeCheckpoint: (id) => {
      const hadNames = earlierNames(disk, id).size > 0;
      disk.checkpoints.delete(id);
      return Promise.resolve(hadNames);
    },
  };
  const accounts: AccountStore = {
    read: async (channel) => disk.health.get(channel) ?? { accounts: {} },
    async update(channel, name, to) {
      const { accounts: all = {}, ...standing } = disk.health.get(channel) ?? {};
      const { [name]: from, ...others } = all;
      const next = to(from);
      disk.health.set(channel, { ...standing, accounts: next ? { ...others, [name]: next } : others });
      return next;
    },
    async updateChannel(channel, to) {
      const { accounts: all = {}, ...from } = disk.health.get(channel) ?? {};
      const standing = to(from);
      disk.health.set(channel, { ...standing, accounts: all });
      return standing;
    },
  };
  return { campaigns, ledgers, accounts, budgets, inboxes };
}

interface Opening {
  readonly disk: MemoryDisk;
  readonly effect: Effect;
  readonly campaign: Campaign;
  readonly fold: JournalFold;
  readonly whole: WholeUse;
  readonly untold: UntoldEndings;
  readonly budget: Budget;
  readonly clock: Pick<Clock, "now">;
  readonly campaigns: CampaignStore;
  readonly unheard: Unheard;
}

/** The ledger that the program has, with its journal, its lists and its checkpoint in memory. */
function openLedger({
  disk,
  effect,
  campaign,
  fold,
  whole,
  untold,
  budget,
  clock,
  campaigns,
  unheard,
}: Opening): FileLedger {
  const { id } = campaign;
  let names = namesOf(disk, id);
  const journal = journalOf(disk, id);
  const write = async (line: string): Promise<void> => {
    const entry = parseEntry(line);
    await effect(`before ${entry.t}`);
    journal.push(entry);
    await effect(`after ${entry.t}`);
  };
  return new FileLedger({
    campaign,
    clock,
    owner: "this process",
    known: (username) => disk.known.get(username),
    stored: (which = id) => disk.campaigns.get(which),
    whole,
    untold,
    windows: createWindows(createWallClock),
    fold,
    budget,
    journal: {
      append: write,
      async appendMany(lines) {
        for (const line of lines) await write(line);
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
    history: async (size) => {
      const history = new JournalHistory(size);
      for (const entry of journal) history.add(entry);
      return history;
    },
    writeCheckpoint: () => Promise.resolve({ names: fold.count("sent"), crc: 0 }),
    recipients: {
      read: (ordinal) => ({ ordinal, username: names[ordinal] ?? "", variables: {} }),
      prepare: async () => ({
        join: () => void (names = namesOf(disk, id)),
        discard: () => Promise.resolve(),
      }),
      async grow({ file }, people) {
        const key = `${id}/${file}`;
        const before = disk.adopted.get(key) ?? [];
        const counted = disk.campaigns.get(id)?.lists.find((one) => one.file === file)?.count;
        if (before.length !== counted) return undefined;
        const more: string[] = [];
        for await (const { username } of people) more.push(username);
        await effect("before list grown");
        disk.adopted.set(key, [...before, ...more]);
        await effect("after list grown");
        return {
          count: more.length,
          join: () => void (names = namesOf(disk, id)),
          discard: () => Promise.resolve(),
        };
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
    joining: { lists: disk.lists, campaigns },
    unheard,
    obstacle: (username, at) => obstacle(disk, campaign, username, at),
    firstPerson: (username) => personClaimedBy(disk, campaign.followsUp?.campaignId, username),
    contacts: { claimed: () => undefined, sent: () => undefined, notReached: () => undefined },
    earlier: earlierNames(disk, id),
    snapshots: {
      pause: undefined,
      ahead: () => undefined,
      close: () => Promise.resolve(),
    },
    ours: new Map(),
    beforeWrite: () => undefined,
    closed: () => undefined,
  });
}

function journalOf(disk: MemoryDisk, id: string): Entry[] {
  const journal = disk.journals.get(id) ?? [];
  disk.journals.set(id, journal);
  return journal;
}

/** Shared with the ledger that is open: a name that is added is left out from its next claim on. */
function earlierNames(disk: MemoryDisk, id: string): Set<string> {
  const names = disk.checkpoints.get(id);
  if (names) return names;
  const none = new Set<string>();
  disk.checkpoints.set(id, none);
  return none;
}

/** @param isCounted The budget knows already what the journal says */
function foldOf(disk: MemoryDisk, id: string, budget?: Budget, isCounted = false) {
  let counting = isCounted ? undefined : budget;
  const lookedAt = disk.campaigns.get(id)?.guardRails?.looked?.claims;
  const listener: BudgetListener = {
    debit: (account, at) => counting?.debit(account, at),
    credit: (account, at, uncalled) => counting?.credit(account, at, uncalled),
  };
  const whole = new WholeUse(new Budget(dayIn("UTC")));
  const both: BudgetListener = {
    debit: (account, at) => [listener, whole].forEach((one) => one.debit(account, at)),
    credit: (account, at, uncalled) => [listener, whole].forEach((one) => one.credit(account, at, uncalled)),
  };
  const fold = new JournalFold(namesOf(disk, id).length, both, lookedAt);
  const first = { count: disk.names.get(id)?.length ?? 0 };
  bindLists(fold.due, [first, ...(disk.campaigns.get(id)?.lists ?? [])]);
  const untold = new UntoldEndings();
  for (const entry of disk.journals.get(id) ?? []) {
    untold.read(entry, fold);
    fold.apply(entry);
  }
  counting = budget;
  return { fold, whole, untold };
}

function recipientOn(disk: MemoryDisk, id: string, ordinal: number): Recipient {
  return { ordinal, username: namesOf(disk, id)[ordinal] ?? "", variables: {} };
}

function obstacle(disk: MemoryDisk, campaign: Campaign, username: string, at: number): Skip | undefined {
  const reason = disk.suppressed.get(username);
  if (reason !== undefined) return { reason };
  const { channel, followsUp } = campaign;
  const id = disk.known.get(username)?.personId;
  const wroteAt = disk.answers.lastFrom(channel, [username, ...(id === undefined ? [] : [id])]);
  if (followsUp && wroteAt !== undefined && wroteAt >= followsUp.since) return { reason: "answered" };
  if (campaign.notWithinDays === undefined) return undefined;
  const since = at - campaign.notWithinDays * 24 * 3_600_000;
  return othersWroteTo(disk, campaign, username, since) ? { reason: "contactedLately" } : undefined;
}

function othersWroteTo(
  disk: MemoryDisk,
  { id, channel, followsUp }: Campaign,
  username: string,
  since: number,
): boolean {
  return [...disk.journals].some(
    ([other, entries]) =>
      ![id, followsUp?.campaignId, followsUp?.rootId].includes(other) &&
      disk.campaigns.get(other)?.channel === channel &&
      entries.some(
        (entry) => entry.t === "sent" && entry.at > since && namesOf(disk, other)[entry.r] === username,
      ),
  );
}

/** Who was behind a name at its last claim by a campaign. */
function personClaimedBy(disk: MemoryDisk, id: string | undefined, username: string): string | undefined {
  if (id === undefined) return undefined;
  const ordinal = namesOf(disk, id).indexOf(username);
  const claims = (disk.journals.get(id) ?? []).filter((entry) => entry.t === "claim" && entry.r === ordinal);
  return claims.flatMap((entry) => (entry.t === "claim" ? [entry.p] : [])).at(-1);
}

/** Accounts that others wrote to this name through. */
function accountsTo(disk: MemoryDisk, id: string, username: string): readonly string[] {
  return [...disk.journals].flatMap(([other, entries]) => {
    const ordinal = other === id ? -1 : namesOf(disk, other).indexOf(username);
    return entries.flatMap((entry) => (entry.t === "claim" && entry.r === ordinal ? [entry.a] : []));
  });
}
