/**
 * Names that join a campaign at work. They are in a file of the campaign before the campaign's document names it and counts
 * them, which is the moment they are true: killed before, nobody joined, and given again, all do. Memory follows the disk.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Campaign, CampaignList } from "../../../domain/campaign.ts";
import { isUnderWay } from "../../../domain/campaign-status.ts";
import { growingList, joinedBy, peopleOn } from "../../../domain/joining.ts";
import type { AddedNames, NewNames } from "../../ports/ledger.ts";
import type { StoredList } from "../../ports/lists.ts";
import type { RecipientLine } from "../lists/recipient-line.ts";
import type { PreparedList } from "../lists/recipients-file.ts";
import { Acquaintance } from "./acquaintance.ts";
import type { FileLedgerParts } from "./ledger-parts.ts";

type Parts = Pick<
  FileLedgerParts,
  "campaign" | "stored" | "fold" | "recipients" | "joining" | "clock" | "beforeWrite"
>;

/** Names looked at in one turn of the event loop: about a millisecond's work. */
const PIECE = 1000;

/** People who are in a file of the campaign, and whom its document does not count yet. */
interface Written {
  readonly list: CampaignList;
  readonly prepared: PreparedList;
}

export class Joiners {
  readonly #parts: Parts;
  readonly #acquaintance: Acquaintance;
  /** One list after another: whoever is on two of them joins once. */
  #last: Promise<unknown> = Promise.resolve();
  /** How many people of the campaign's lists are in memory. */
  #listed: number;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#acquaintance = new Acquaintance(parts);
    this.#listed = peopleOn(parts.campaign);
  }

  add(names: NewNames): Promise<AddedNames> {
    const added = this.#last.then(() => this.#add(names));
    this.#last = added.catch(() => undefined);
    return added;
  }

  /** Resolves when nobody is on their way in. */
  async idle(): Promise<void> {
    await this.#last;
  }

  async #add(names: NewNames): Promise<AddedNames> {
    const { stored, beforeWrite, joining } = this.#parts;
    beforeWrite();
    const campaign = stored();
    if (!campaign || !isUnderWay(campaign)) return { kind: "over" };
    if (campaign.startedWith === names.listId) return { kind: "added", added: 0, known: 0 };
    const list = await joining.lists.get(names.listId);
    if (!list) return { kind: "noList" };
    let hasJoined = false;
    try {
      const isKnown = await this.#acquaintance.with(names.listId);
      const met = { added: 0, known: 0 };
      const written = await this.#write(campaign, { list, names }, () => this.#newOnes(names, isKnown, met));
      hasJoined = !written || (await this.#join(names, written));
      return hasJoined ? { kind: "added", ...met } : { kind: "over" };
    } finally {
      if (!hasJoined) this.#acquaintance.forget();
    }
  }

  async *#newOnes(
    { listId }: NewNames,
    isKnown: (username: string) => boolean,
    met: { added: number; known: number },
  ): AsyncGenerator<RecipientLine> {
    for await (const line of this.#parts.joining.lists.rows(listId)) {
      if ((met.added + met.known) % PIECE === 0) await nextTurn();
      if (isKnown(line.username)) met.known++;
      else {
        met.added++;
        yield line;
      }
    }
  }

  /** Behind those of a list that grows, else as a list of their own. Undefined: there is nobody. */
  async #write(
    campaign: Campaign,
    { list, names: { origin, through } }: { readonly list: StoredList; readonly names: NewNames },
    people: () => AsyncIterable<RecipientLine>,
  ): Promise<Written | undefined> {
    const { recipients, clock, beforeWrite } = this.#parts;
    const bound = through === undefined ? {} : { through };
    const growing = growingList(campaign, { columns: list.columns, origin, ...bound });
    beforeWrite();
    const grown = growing && (await recipients.grow(growing, people()));
    if (grown)
      return grown.count === 0 ? undefined : { list: { ...growing, count: grown.count }, prepared: grown };
    const file = await this.#adopt(campaign, list, people());
    if (!file) return undefined;
    const own = { ...file, origin, importedAt: clock.now(), ...bound };
    return { list: own, prepared: await recipients.prepare(own) };
  }

  async #adopt({ id }: Campaign, { columns }: StoredList, people: AsyncIterable<RecipientLine>) {
    const { lists, campaigns } = this.#parts.joining;
    await using writer = await lists.create(columns);
    let count = 0;
    for await (const { username, values } of people) {
      count++;
      await writer.add(username, values);
    }
    if (count === 0) return undefined;
    const { listId } = await writer.finish();
    const file = await campaigns.adoptList(id, listId);
    await lists.discard(listId);
    if (!file) throw new Error(`The list ${JSON.stringify(listId)} is gone`);
    return file;
  }

  /** False when nobody may join any more. */
  async #join(names: NewNames, { list, prepared }: Written): Promise<boolean> {
    const { campaign, joining, fold, beforeWrite, clock } = this.#parts;
    const { listId, by, statement, asApproved } = names;
    const given = { list, listId, by, statement, asApproved, at: clock.now() };
    let hasJoined = false;
    try {
      beforeWrite();
      const changed = await joining.campaigns.change(campaign.id, (from) => {
        // Ordinals run on from list to list: whoever else added somebody has opened the ledger anew.
        if (peopleOn(from) !== this.#listed) throw new Error(`${from.id} has people who are not open here`);
        return joinedBy(from, given);
      });
      hasJoined = changed !== undefined;
    } finally {
      if (!hasJoined) await prepared.discard();
    }
    if (!hasJoined) return false;
    prepared.join();
    if (list.through !== undefined) fold.due.bind(list.through, fold.size, list.count);
    fold.grow(fold.size + list.count);
    this.#listed += list.count;
    return true;
  }
}
