/**
 * Reading a campaign's record when its ledger is opened: its lists, its snapshot, and what its journal says beyond that.
 * Promises that memory is the same as if the whole journal were read.
 */
import { dirname, join } from "node:path";
import type { Budget, BudgetListener } from "../../../domain/accounts/budget.ts";
import type { Budgets } from "../../../domain/accounts/budgets.ts";
import { WholeUse } from "../../../domain/accounts/whole-use.ts";
import { bindLists } from "../../../domain/bound-lists.ts";
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import { JournalFold } from "../../../domain/journal-fold.ts";
import { openAppendLog } from "../../../lib/log/append-log.ts";
import type { LogFile } from "../../../lib/log/log-file.ts";
import type { FoldSnapshot } from "./fold-snapshot.ts";
import { SNAPSHOT_FILE, UselessSnapshotError, readSnapshot } from "./fold-snapshot.ts";
import { parseEntry } from "./journal-entry.ts";
import type { RecipientsReader } from "../lists/recipients-file.ts";
import { openRecipients } from "../lists/recipients-file.ts";
import type { SnapshotPolicy } from "./snapshots.ts";
import { Snapshots, defaultSnapshotPolicy } from "./snapshots.ts";
import { UntoldEndings } from "./untold-endings.ts";
import { isDamage } from "./unreadable.ts";

export interface ReplayParts {
  /** Shared by all campaigns. */
  readonly budgets: Budgets;
  /** Campaigns whose claims the budget has counted since this process began: opening one again counts nothing twice. */
  readonly counted: Set<CampaignId>;
  /** Called before each write; throws when this process may write no more. */
  readonly beforeWrite: () => void;
  /** Opens a journal's file; tests pass one that fails. */
  readonly openFile?: (path: string) => Promise<LogFile>;
  readonly snapshots?: SnapshotPolicy;
  /** The last process was cut off: what its journals say last may be news to whoever is told of it. */
  readonly wasCut?: boolean;
  /** Resolves once what was told of the journals is told for good: before that no snapshot covers it. Absent: nobody is told. */
  readonly toldForGood?: () => Promise<void>;
  /** Told in a line when a campaign's snapshot is ignored or can't be written: nothing is lost by it but time. */
  readonly onSnapshotProblem?: (problem: string) => void;
}

/** Reads the lists and the journal; the budget counts what is in it once all of it is read, and never twice. */
export async function readRecord(parts: ReplayParts, campaign: Campaign, journalPath: string) {
  const recipients = await openRecipients(dirname(journalPath), campaign.lists);
  try {
    const replay = await replayJournal(parts, { campaign, journalPath, recipients });
    return { campaign, journalPath, recipients, ...replay };
  } catch (error) {
    await recipients[Symbol.asyncDispose]();
    throw error;
  }
}

interface Replaying {
  readonly campaign: Campaign;
  readonly journalPath: string;
  readonly recipients: RecipientsReader;
}

async function replayJournal(parts: ReplayParts, replaying: Replaying) {
  const snapshot = await usableSnapshot(parts, replaying);
  try {
    return await replayFrom(parts, replaying, snapshot);
  } catch (error) {
    if (!snapshot || !isDamage(error)) throw error;
    // The journal has the last word, also on whether it can be read.
    const replayed = await replayFrom(parts, replaying, undefined);
    sayIgnored(parts, replaying.campaign.id, "does not fit what comes after it");
    return replayed;
  }
}

async function usableSnapshot(
  parts: ReplayParts,
  { campaign, journalPath, recipients }: Replaying,
): Promise<FoldSnapshot | undefined> {
  try {
    return await readSnapshot(join(dirname(journalPath), SNAPSHOT_FILE), journalPath, recipients.size);
  } catch (error) {
    if (!(error instanceof UselessSnapshotError)) throw error;
    sayIgnored(parts, campaign.id, error.message);
    return undefined;
  }
}

function sayIgnored({ onSnapshotProblem }: ReplayParts, id: CampaignId, why: string): void {
  onSnapshotProblem?.(`${id}: ${SNAPSHOT_FILE} ${why}; the journal was read from its start`);
}

async function replayFrom(
  parts: ReplayParts,
  { campaign, journalPath, recipients }: Replaying,
  snapshot: FoldSnapshot | undefined,
) {
  const { beforeWrite, openFile } = parts;
  const channelBudget = parts.budgets.of(campaign.channel);
  const counting = countedOnce(parts, campaign.id, channelBudget);
  if (snapshot) {
    counting.use.count(snapshot.use);
    counting.whole.count(snapshot.use);
  }
  const lookedAt = campaign.guardRails?.looked?.claims;
  const fold = snapshot
    ? JournalFold.of(snapshot.fold, counting, lookedAt)
    : new JournalFold(recipients.size, counting, lookedAt);
  fold.grow(recipients.size);
  bindLists(fold.due, campaign.lists);
  const ours = new Map(snapshot?.ours);
  const untold = new UntoldEndings();
  const journal = await openAppendLog(journalPath, {
    beforeWrite,
    ...(openFile ? { openFile } : {}),
    ...(snapshot ? { from: snapshot.position } : {}),
    onLine: (line) => {
      const entry = parseEntry(line);
      if (entry.t === "checkpoint") ours.set(entry.crc, entry.names);
      if (parts.wasCut) untold.read(entry, fold);
      fold.apply(entry);
    },
  });
  counting.replayed();
  const snapshots = new Snapshots({
    fold,
    journal,
    journalPath,
    use: counting.use,
    ours,
    policy: parts.snapshots ?? defaultSnapshotPolicy,
    covered: snapshot?.position.offset ?? 0,
    beforeWrite,
    ...(parts.toldForGood ? { toldForGood: parts.toldForGood } : {}),
    onProblem: (problem) => parts.onSnapshotProblem?.(`${campaign.id}: no snapshot was written: ${problem}`),
  });
  return { fold, journal, ours, untold, snapshots, budget: channelBudget, whole: counting.whole };
}

/**
 * Counts apart what the campaign uses, and once everything is read also in the shared budget, to which it adds what that
 * has not counted yet.
 */
function countedOnce({ counted }: ReplayParts, id: CampaignId, budget: Budget) {
  const use = budget.draft();
  const whole = new WholeUse(budget.draft());
  let isRead = false;
  const listener: BudgetListener = {
    debit(account, at) {
      use.debit(account, at);
      whole.debit(account, at);
      if (isRead) budget.debit(account, at);
    },
    credit(account, at, uncalled) {
      use.credit(account, at, uncalled);
      whole.credit(account, at, uncalled);
      if (isRead) budget.credit(account, at, uncalled);
    },
  };
  const replayed = (): void => {
    if (!counted.has(id)) budget.take(use);
    counted.add(id);
    isRead = true;
  };
  return { ...listener, use, whole, replayed };
}
