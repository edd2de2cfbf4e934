/**
 * Opens the ledgers of the file store. Keeps two promises at every start: a claim without a settlement becomes
 * uncertain, and a checkpoint file that somebody else wrote is honoured before anyone is claimed.
 */
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Budget } from "../../domain/budget.ts";
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import type { Entry } from "../../domain/journal.ts";
import type { BudgetListener } from "../../domain/journal-fold.ts";
import { JournalFold } from "../../domain/journal-fold.ts";
import type { AppendLog } from "../../lib/append-log.ts";
import { openAppendLog } from "../../lib/append-log.ts";
import { syncFolder } from "../../lib/sync-folder.ts";
import type { LedgerStore, Opening } from "../stores.ts";
import type { CheckpointFile } from "./checkpoint.ts";
import { checkpointPath, readCheckpoint } from "./checkpoint.ts";
import { parseEntry, readJournal } from "./journal-entry.ts";
import { FileLedger } from "./ledger.ts";
import type { RecipientsReader } from "./recipients-file.ts";
import { openRecipients } from "./recipients-file.ts";
import type { TestSends } from "./test-sends.ts";

/** The journal's name in a campaign's folder. */
const JOURNAL = "journal.jsonl";

export interface FileLedgerStoreParts {
  /** `data/campaigns`: one folder a campaign. */
  readonly folder: string;
  /** Shared by all campaigns. */
  readonly budget: Budget;
  /** Called before each write; throws when this process may write no more. */
  readonly beforeWrite: () => void;
  readonly testSends: TestSends;
  /** The campaign of that id, for its lists. */
  readonly campaign: (id: CampaignId) => Campaign | undefined;
}

export function createFileLedgerStore(parts: FileLedgerStoreParts): LedgerStore {
  const counted = new Set<CampaignId>();
  return {
    open: (campaign, at) => openLedger({ ...parts, counted }, campaign, at),
    sentNames: (id) => sentNames(parts, id),
    knownNames: (id) => knownNames(parts, id),
    usedToday: (account, at) => parts.budget.usedToday(account, at),
    debitTestSend: (request, username) => parts.testSends.debit(request, username),
    removeCheckpoint: (id) => removeCheckpoint(parts, id),
  };
}

interface OpenParts extends FileLedgerStoreParts {
  /** Campaigns whose claims the budget has counted since this process began: opening one again counts nothing twice. */
  readonly counted: Set<CampaignId>;
}

async function openLedger(parts: OpenParts, campaign: Campaign, at: number): Promise<Opening> {
  const folder = join(parts.folder, campaign.id);
  await mkdir(folder, { recursive: true });
  const recipients = await openRecipients(folder, campaign.lists);
  try {
    return await openWith(parts, campaign, recipients, at);
  } catch (error) {
    await recipients[Symbol.asyncDispose]();
    throw error;
  }
}

async function openWith(
  parts: OpenParts,
  campaign: Campaign,
  recipients: RecipientsReader,
  at: number,
): Promise<Opening> {
  const folder = join(parts.folder, campaign.id);
  const journalPath = join(folder, JOURNAL);
  const budget = countedOnce(parts, campaign.id);
  const fold = new JournalFold(recipients.size, budget);
  const ours = new Set<number>();
  const journal = await openAppendLog(journalPath, {
    beforeWrite: parts.beforeWrite,
    onLine: (line) => {
      const entry = parseEntry(line);
      if (entry.t === "checkpoint") ours.add(entry.crc);
      fold.apply(entry);
    },
  });
  budget.replayed();
  const sentBefore = fold.count("sent");
  const inDoubt = await doubtOpenClaims(fold, journal, at);
  const path = checkpointPath(folder, campaign.id);
  const checkpoint = await readCheckpoint(path);
  const foreign = checkpoint && !ours.has(checkpoint.crc) ? checkpoint : undefined;
  const skipped = foreign ? await honour(foreign, { fold, journal, recipients, at }) : 0;
  const ledger = new FileLedger({
    campaign,
    fold,
    journal,
    journalPath,
    checkpointPath: path,
    recipients,
    budget: parts.budget,
  });
  return {
    ledger,
    inDoubt,
    alreadySent: sentBefore + skipped,
    ...(checkpoint ? { checkpointNames: foreign ? foreign.names().size : sentBefore } : {}),
  };
}

/** Passes on to the shared budget what it has not counted yet. */
function countedOnce({ budget, counted }: OpenParts, id: CampaignId): BudgetListener & { replayed(): void } {
  let isKnown = counted.has(id);
  return {
    debit: (account, at) => void (isKnown || budget.debit(account, at)),
    credit: (account, at) => void (isKnown || budget.credit(account, at)),
    replayed: () => {
      isKnown = false;
      counted.add(id);
    },
  };
}

/** The process ended between claim and settlement: whether the message left, nobody knows. */
async function doubtOpenClaims(fold: JournalFold, journal: AppendLog, at: number): Promise<number> {
  const open = fold.openIn("claimed");
  const entries = open.map(([r]): Entry => ({
    t: "uncertain",
    r,
    why: "interrupted before the answer was recorded",
    at,
  }));
  await record(entries, fold, journal);
  return entries.length;
}

interface HonourParts {
  readonly fold: JournalFold;
  readonly journal: AppendLog;
  readonly recipients: RecipientsReader;
  readonly at: number;
}

/** Skips everyone planned whom a checkpoint that is not our own last snapshot marks as sent. */
async function honour(
  checkpoint: CheckpointFile,
  { fold, journal, recipients, at }: HonourParts,
): Promise<number> {
  const names = checkpoint.names();
  const entries: Entry[] = [];
  for (let r = 0; r < fold.size; r++) {
    if (fold.stateOf(r) !== "planned") continue;
    const { username } = await recipients.read(r);
    if (names.has(username)) entries.push({ t: "skipped", r, reason: "earlierCheckpoint", at });
  }
  await record(entries, fold, journal);
  return entries.length;
}

async function record(entries: readonly Entry[], fold: JournalFold, journal: AppendLog): Promise<void> {
  await journal.appendMany(entries.map((entry) => JSON.stringify(entry)));
  for (const entry of entries) fold.apply(entry);
}

/** Names marked as sent by the checkpoint or the journal of a task id, whether or not a campaign of it is known. */
async function sentNames(parts: FileLedgerStoreParts, id: CampaignId): Promise<ReadonlySet<string>> {
  const folder = join(parts.folder, id);
  const checkpoint = await readCheckpoint(checkpointPath(folder, id));
  const names = new Set(checkpoint?.names());
  const campaign = parts.campaign(id);
  if (!campaign) return names;
  await using recipients = await openRecipients(folder, campaign.lists);
  const fold = new JournalFold(recipients.size, { debit: () => undefined, credit: () => undefined });
  await readJournal(join(folder, JOURNAL), (entry) => fold.apply(entry));
  for (let r = 0; r < fold.size; r++)
    if (fold.stateOf(r) === "sent") names.add((await recipients.read(r)).username);
  return names;
}

async function knownNames(parts: FileLedgerStoreParts, id: CampaignId): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  const campaign = parts.campaign(id);
  if (!campaign) return names;
  await using recipients = await openRecipients(join(parts.folder, id), campaign.lists);
  for (let r = 0; r < recipients.size; r++) names.add((await recipients.read(r)).username);
  return names;
}

async function removeCheckpoint(parts: FileLedgerStoreParts, id: CampaignId): Promise<boolean> {
  const path = checkpointPath(join(parts.folder, id), id);
  const existed = (await readCheckpoint(path)) !== undefined;
  if (!existed) return false;
  await rm(path, { force: true });
  await syncFolder(dirname(path));
  return true;
}
