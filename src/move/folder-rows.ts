/**
 * Every recipient of a campaign as its folder tells of them. What is told of one takes hundreds of bytes while the journal is
 * read, so it is read once for each part of the list, and a million names take no more memory than a part of them.
 */
import { join } from "node:path";
import type { Campaign } from "../domain/campaign.ts";
import { JOURNAL_FILE } from "../storage/files/campaigns/campaign-folders.ts";
import { interruptions } from "../storage/files/ledger/interruptions.ts";
import { readJournal } from "../storage/files/ledger/journal-entry.ts";
import { JournalHistory } from "../storage/files/ledger/journal-history.ts";
import { readFold } from "../storage/files/ledger/read-fold.ts";
import { openRecipients } from "../storage/files/lists/recipients-file.ts";
import type { ResultRow } from "../storage/ports/ledger.ts";

/** Recipients of whom is known at a time what is told of them. */
const PART = 200_000;

/** @param folder The campaign's own. Of claims that nobody settles any more it is told what they become */
export async function* folderRows(
  folder: string,
  campaign: Campaign,
  part: number = PART,
): AsyncGenerator<ResultRow> {
  const path = join(folder, JOURNAL_FILE);
  await using recipients = await openRecipients(folder, campaign.lists);
  const { fold } = await readFold(path, recipients.size);
  const cut = interruptions(fold);
  for (const entry of cut) fold.apply(entry);
  for (let from = 0; from < fold.size; from += part) {
    const history = new JournalHistory(fold.size);
    const isMeant = (ordinal: number): boolean => ordinal >= from && ordinal < from + part;
    await readJournal(path, (entry) => {
      if (!("r" in entry) || isMeant(entry.r)) history.add(entry);
    });
    for (const entry of cut) if (isMeant(entry.r)) history.add(entry);
    for (let ordinal = from; ordinal < Math.min(from + part, fold.size); ordinal++) {
      const recipient = await recipients.read(ordinal, fold.revisionOf(ordinal));
      yield { ...recipient, ...history.of(ordinal, fold.stateOf(ordinal)) };
    }
  }
}
