/** Who one campaign wrote to or may have: read from its journal once, and told by its ledger from then on. */
import { join } from "node:path";
import type { Campaign } from "../../../domain/campaign.ts";
import { ReachedFold } from "../../../domain/transitions.ts";
import { readEarlierNames } from "../ledger/earlier-names.ts";
import { readJournal } from "../ledger/journal-entry.ts";
import { openRecipients } from "../lists/recipients-file.ts";

export class WrittenNames {
  /** What the ledger said since the reading began counts more than a journal that is still being written. */
  readonly #told = new Map<string, boolean>();
  #read: ReadonlySet<string> = new Set();
  readonly #reading: Promise<void>;

  /**
   * @param campaigns The folder of all campaigns
   * @param inFlight Who is being written to at this moment: their claims may not be on disk yet
   */
  constructor(campaigns: string, campaign: Campaign, inFlight: Iterable<string>) {
    for (const username of inFlight) this.#told.set(username, true);
    this.#reading = readNames(join(campaigns, campaign.id), campaign).then((names) => {
      this.#read = names;
    });
  }

  /** Resolves when the journal is read; rejects when it can't be. */
  get isRead(): Promise<void> {
    return this.#reading;
  }

  /** Takes in that somebody is being written to, or surely was not reached. */
  note(username: string, mayHaveIt: boolean): void {
    this.#told.set(username, mayHaveIt);
  }

  has(username: string): boolean {
    return this.#told.get(username) ?? this.#read.has(username);
  }
}

async function readNames(folder: string, campaign: Campaign): Promise<ReadonlySet<string>> {
  await using recipients = await openRecipients(folder, campaign.lists);
  const reached = new ReachedFold(recipients.size);
  await readJournal(join(folder, "journal.jsonl"), (entry) => reached.apply(entry));
  const names = await readEarlierNames(folder);
  for (let r = 0; r < recipients.size; r++)
    if (reached.of(r) !== "no") names.add((await recipients.read(r)).username);
  return names;
}
