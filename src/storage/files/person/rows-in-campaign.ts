/**
 * What a journal says of a few people: their lines and those about everybody, folded by the very rules of the whole. Of all
 * other lines only the beginning is looked at, which says whom they are about; one that does not say it is damage.
 */
import { join } from "node:path";
import type { Campaign } from "../../../domain/campaign.ts";
import type { Entry } from "../../../domain/journal.ts";
import { JournalFold } from "../../../domain/journal-fold.ts";
import type { Ordinal } from "../../../domain/recipient.ts";
import { scanLines } from "../../../lib/log/line-scan.ts";
import type { PersonRow } from "../../ports/person-reads.ts";
import { JOURNAL_FILE } from "../campaigns/campaign-folders.ts";
import { interruptions } from "../ledger/interruptions.ts";
import { parseEntry } from "../ledger/journal-entry.ts";
import { JournalHistory } from "../ledger/journal-history.ts";
import { ordinalInLine } from "./ordinal-in-line.ts";
import type { NamedRecipient } from "./named-recipients.ts";
import { namedRecipients } from "./named-recipients.ts";

export interface InCampaign {
  readonly folder: string;
  readonly campaign: Pick<Campaign, "lists">;
  readonly names: readonly string[];
  /** Whether what is claimed is under way. */
  readonly isAtWork: () => Promise<boolean>;
}

export async function rowsInCampaign({
  folder,
  campaign,
  names,
  isAtWork,
}: InCampaign): Promise<readonly PersonRow[]> {
  const people = await namedRecipients(folder, campaign.lists, names);
  if (people.length === 0) return [];
  const journal = new PeopleJournal(people.map(({ ordinal }) => ordinal));
  await scanLines(join(folder, JOURNAL_FILE), {
    isWanted: (bytes, start, end) => journal.mayConcern(ordinalInLine(bytes, start, end)),
    onLine: (line) => journal.take(parseEntry(line)),
  });
  if (journal.isAnybodyClaimed && !(await isAtWork())) journal.interrupt();
  return people.map((person, place) => journal.rowOf(person, place));
}

const noBudget = { debit: () => undefined, credit: () => undefined };

/** The journal as if these people were all there are. */
class PeopleJournal {
  readonly #places: ReadonlyMap<Ordinal, number>;
  readonly #fold: JournalFold;
  readonly #history: JournalHistory;
  readonly #personIds = new Map<number, string>();

  constructor(ordinals: readonly Ordinal[]) {
    this.#places = new Map(ordinals.map((ordinal, place) => [ordinal, place]));
    this.#fold = new JournalFold(ordinals.length, noBudget);
    this.#history = new JournalHistory(ordinals.length);
  }

  /** @param ordinal Undefined: the line must be read to know */
  mayConcern(ordinal: Ordinal | undefined): boolean {
    return ordinal === undefined || this.#places.has(ordinal);
  }

  take(entry: Entry): void {
    const place = "r" in entry ? this.#places.get(entry.r) : undefined;
    if ("r" in entry && place === undefined) return;
    const ours = place === undefined ? entry : { ...entry, r: place };
    if (!this.#fold.apply(ours)) return;
    this.#history.add(ours);
    if (ours.t !== "claim") return;
    if (ours.p === undefined) this.#personIds.delete(ours.r);
    else this.#personIds.set(ours.r, ours.p);
  }

  get isAnybodyClaimed(): boolean {
    return this.#fold.count("claimed") > 0;
  }

  /** Nobody will settle what is claimed. */
  interrupt(): void {
    for (const entry of interruptions(this.#fold)) this.take({ ...entry, r: this.#ordinalAt(entry.r) });
  }

  rowOf({ at, origin }: NamedRecipient, place: number): PersonRow {
    const personId = this.#personIds.get(place);
    return {
      ...at(this.#fold.revisionOf(place)),
      ...this.#history.of(place, this.#fold.stateOf(place)),
      origin,
      ...(personId === undefined ? {} : { personId }),
    };
  }

  #ordinalAt(place: number): Ordinal {
    return [...this.#places.keys()][place] ?? place;
  }
}
