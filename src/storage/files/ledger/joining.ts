/**
 * Names that join a campaign at work. Their list is a file of the campaign before the campaign's document names it, which
 * is the moment they are true: killed before, nobody joined, and given again, all do. Memory follows the disk.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { CampaignList } from "../../../domain/campaign.ts";
import { isUnderWay } from "../../../domain/campaign-status.ts";
import { joinedBy } from "../../../domain/joining.ts";
import { IdNumbers } from "../../../lib/id-numbers.ts";
import type { AddedNames, NewNames } from "../../ports/ledger.ts";
import type { FileLedgerParts } from "./ledger-parts.ts";

type Parts = Pick<
  FileLedgerParts,
  "campaign" | "stored" | "fold" | "recipients" | "joining" | "clock" | "beforeWrite"
>;

/** Names looked at in one turn of the event loop: about a millisecond's work. */
const PIECE = 1000;

export class Joiners {
  readonly #parts: Parts;
  /** One list after another: whoever is on two of them joins once. */
  #last: Promise<unknown> = Promise.resolve();
  /** Lists of the campaign whose people are in memory. */
  #lists: number;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#lists = parts.campaign.lists.length;
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
    const { stored, beforeWrite } = this.#parts;
    beforeWrite();
    const campaign = stored();
    if (!campaign || !isUnderWay(campaign)) return { kind: "over" };
    if (campaign.startedWith === names.listId) return { kind: "added", added: 0, known: 0 };
    const sorted = await this.#sort(names.listId);
    if (!sorted) return { kind: "noList" };
    const { listId, added, known } = sorted;
    if (listId === undefined) return { kind: "added", added, known };
    return (await this.#join(names, listId)) ? { kind: "added", added, known } : { kind: "over" };
  }

  /** Puts those who are new into a list of their own. */
  async #sort(from: string) {
    const { lists } = this.#parts.joining;
    const list = await lists.get(from);
    if (!list) return undefined;
    const isKnown = await this.#knownAmong(from);
    await using writer = await lists.create(list.columns);
    let added = 0;
    let known = 0;
    for await (const { username, values } of lists.rows(from)) {
      if ((added + known) % PIECE === 0) await nextTurn();
      if (isKnown(username)) known++;
      else {
        added++;
        await writer.add(username, values);
      }
    }
    const listId = added === 0 ? undefined : (await writer.finish()).listId;
    return { listId, added, known };
  }

  /** Who of a list is there already; asked a second time everybody is. */
  async #knownAmong(listId: string): Promise<(username: string) => boolean> {
    const { joining, recipients, fold } = this.#parts;
    const given = new IdNumbers();
    for await (const { username } of joining.lists.rows(listId))
      if (given.add(username) % PIECE === 0) await nextTurn();
    const isThere = new Uint8Array(given.size);
    const meet = (username: string): boolean => {
      const number = given.numberOf(username);
      if (number === undefined) return false;
      const wasThere = isThere[number] === 1;
      isThere[number] = 1;
      return wasThere;
    };
    for (let ordinal = 0; ordinal < fold.size; ordinal++) {
      if (ordinal % PIECE === 0) await nextTurn();
      const recipient = recipients.read(ordinal);
      meet((recipient instanceof Promise ? await recipient : recipient).username);
    }
    return meet;
  }

  /** False when nobody may join any more. @param listId The list of those who are new */
  async #join(names: NewNames, listId: string): Promise<boolean> {
    const { campaign, joining, recipients, fold, beforeWrite, clock } = this.#parts;
    const { lists, campaigns } = joining;
    const at = clock.now();
    const file = await campaigns.adoptList(campaign.id, listId);
    await lists.discard(listId);
    if (!file) throw new Error(`The list ${JSON.stringify(listId)} is gone`);
    const list: CampaignList = { ...file, origin: names.origin, importedAt: at, ...boundTo(names) };
    const prepared = await recipients.prepare(list);
    const { by, statement, asApproved } = names;
    const given = { list, listId: names.listId, by, statement, asApproved, at };
    beforeWrite();
    let hasJoined = false;
    try {
      const changed = await campaigns.change(campaign.id, (from) => {
        // Ordinals run on from list to list: whoever else added one has opened the ledger anew.
        if (from.lists.length !== this.#lists) throw new Error(`${from.id} has lists that are not open here`);
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
    this.#lists++;
    return true;
  }
}

function boundTo({ through }: NewNames): Pick<CampaignList, "through"> {
  return through === undefined ? {} : { through };
}
