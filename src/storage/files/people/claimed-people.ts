/** Who was behind the names that one campaign claimed: read from its journal once, and told by its ledger from then on. */
import { join } from "node:path";
import type { Campaign } from "../../../domain/campaign.ts";
import { readJournal } from "../ledger/journal-entry.ts";
import { openRecipients } from "../lists/recipients-file.ts";

export class ClaimedPeople {
  /** What the ledger said since the reading began counts more than a journal that is still being written. */
  readonly #told = new Map<string, string | undefined>();
  #read: ReadonlyMap<string, string> = new Map();
  readonly #reading: Promise<void>;

  /**
   * @param campaigns The folder of all campaigns
   * @param inFlight Who is being written to at this moment: their claims may not be on disk yet
   */
  constructor(
    campaigns: string,
    campaign: Campaign,
    inFlight: ReadonlyMap<string, { readonly personId?: string | undefined }>,
  ) {
    for (const [username, { personId }] of inFlight) this.note(username, personId);
    this.#reading = readPeople(join(campaigns, campaign.id), campaign).then((people) => {
      this.#read = people;
    });
  }

  /** Resolves when the journal is read; rejects when it can't be. */
  get isRead(): Promise<void> {
    return this.#reading;
  }

  /** Takes in that a name is claimed. @param personId Absent: nobody knows who is behind it */
  note(username: string, personId: string | undefined): void {
    this.#told.set(username, personId);
  }

  /** The person's id at the last claim of the name; undefined where that was not known. */
  of(username: string): string | undefined {
    return this.#told.has(username) ? this.#told.get(username) : this.#read.get(username);
  }
}

async function readPeople(folder: string, campaign: Campaign): Promise<ReadonlyMap<string, string>> {
  await using recipients = await openRecipients(folder, campaign.lists);
  const ids = new Map<number, string>();
  await readJournal(join(folder, "journal.jsonl"), (entry) => {
    if (entry.t !== "claim") return;
    if (entry.p === undefined) ids.delete(entry.r);
    else ids.set(entry.r, entry.p);
  });
  const people = new Map<string, string>();
  for (const [ordinal, id] of ids)
    if (ordinal < recipients.size) people.set((await recipients.read(ordinal)).username, id);
  return people;
}
