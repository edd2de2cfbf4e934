/** Folding a campaign's journal in order to look: from its snapshot where there is a good one, and nothing is written. */
import { dirname, join } from "node:path";
import type { Budget, BudgetListener } from "../../../domain/accounts/budget.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import { JournalFold } from "../../../domain/journal-fold.ts";
import type { LogPosition } from "../../../lib/log/log-part.ts";
import { LOG_START } from "../../../lib/log/log-part.ts";
import { SNAPSHOT_FILE, UselessSnapshotError, readSnapshot } from "./fold-snapshot.ts";
import { readJournalTail } from "./journal-entry.ts";
import { isDamage } from "./unreadable.ts";

/** A fold and up to where in the journal it goes. */
export interface ReadFold {
  readonly fold: JournalFold;
  readonly position: LogPosition;
}

const nobody: BudgetListener = { debit: () => undefined, credit: () => undefined };

/** How many recipients a campaign has. */
export function sizeOf({ lists }: Pick<Campaign, "lists">): number {
  return lists.reduce((total, { count }) => total + count, 0);
}

/** Undefined when the journal is another one than before, or says something else: it is read from its start then. */
export function foldFrom(
  path: string,
  fold: JournalFold,
  from: LogPosition,
): Promise<LogPosition | undefined> {
  return readJournalTail(path, from, (entry) => void fold.apply(entry));
}

/** Reads a whole journal of so many recipients. @param use Counts what it debited; absent: nobody does */
export async function readFold(path: string, size: number, use?: Budget): Promise<ReadFold> {
  const resumed = await fromSnapshot(path, size, use);
  if (resumed) return resumed;
  const fold = new JournalFold(size, use ?? nobody);
  return { fold, position: (await foldFrom(path, fold, LOG_START)) ?? LOG_START };
}

/** Undefined when there is no snapshot, or none that fits: the journal is read from its start then. */
async function fromSnapshot(path: string, size: number, use?: Budget): Promise<ReadFold | undefined> {
  try {
    const snapshot = await readSnapshot(join(dirname(path), SNAPSHOT_FILE), path, size);
    if (!snapshot) return undefined;
    const draft = use?.draft();
    draft?.count(snapshot.use);
    const fold = JournalFold.of(snapshot.fold, draft ?? nobody);
    fold.grow(size);
    const position = await foldFrom(path, fold, snapshot.position);
    if (position && draft) use?.take(draft);
    return position && { fold, position };
  } catch (error) {
    if (error instanceof UselessSnapshotError || isDamage(error)) return undefined;
    throw error;
  }
}
