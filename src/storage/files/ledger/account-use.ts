/** What the accounts used up, read without owning anything: for plans beside a running Peyk. */
import { join } from "node:path";
import { LONGEST_WINDOW_MS } from "../../../domain/accounts/budget.ts";
import type { Budgets } from "../../../domain/accounts/budgets.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import { JOURNAL_FILE } from "../campaigns/campaign-folders.ts";
import { readFold, sizeOf } from "./read-fold.ts";

export interface UseCounted {
  readonly budgets: Budgets;
  /** ms since the epoch */
  readonly now: number;
  /** Told of each journal that can't be read: what was sent through its accounts is unknown, and none of it is counted. */
  readonly onProblem: (error: Error) => void;
}

/**
 * Counts in the budgets what campaigns sent that ended lately or are under way.
 * @param folder `data/campaigns`
 */
export async function countUse(
  folder: string,
  campaigns: readonly Campaign[],
  { budgets, now, onProblem }: UseCounted,
): Promise<void> {
  for (const campaign of campaigns) {
    if ((campaign.finishedAt ?? Infinity) < now - LONGEST_WINDOW_MS) continue;
    const budget = budgets.of(campaign.channel);
    const use = budget.draft();
    const path = join(folder, campaign.id, JOURNAL_FILE);
    const isRead = await readFold(path, sizeOf(campaign), use).catch((error: Error) => onProblem(error));
    if (isRead) budget.take(use);
  }
}
