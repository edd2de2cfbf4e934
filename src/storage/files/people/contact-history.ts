/**
 * Who was written to when, over all campaigns: read from their journals, and from then on told by the ledgers that are
 * open. There is no second record that could miss what a journal says, and nothing that `cleanup` could take away.
 * Nothing is read or kept before a campaign asks; names are only kept for as far back as one asked.
 */
import { join } from "node:path";
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import type { ContactedThrough, RecentContacts } from "../../../domain/people/contacts.ts";
import { ReachedFold } from "../../../domain/transitions.ts";
import type { ContactHistory } from "../../ports/people.ts";
import { UnknownExcludedError } from "../../ports/people.ts";
import { readJournal } from "../ledger/journal-entry.ts";
import { openRecipients } from "../lists/recipients-file.ts";
import { ClaimedPeople } from "./claimed-people.ts";
import { SharedSet } from "./shared-set.ts";
import { WrittenNames } from "./written-names.ts";

export interface ContactHistoryParts {
  /** `data/campaigns`: one folder a campaign. */
  readonly folder: string;
  readonly campaigns: () => Promise<readonly Campaign[]>;
}

/** What an open ledger tells of the people it writes to. */
export interface ContactTeller {
  /** The call is about to begin; from here on the message may arrive. */
  claimed(username: string, at: number, account: string, personId?: string): void;
  sent(username: string, at: number, account: string): void;
  /** Surely nothing arrived. */
  notReached(username: string): void;
}

export class FileContactHistory implements ContactHistory {
  readonly #parts: ContactHistoryParts;
  readonly #channels = new Map<string, ChannelContacts>();
  /** Campaigns whose people others leave out. */
  readonly #written = new Map<CampaignId, WrittenNames>();
  /** Campaigns that others follow up. */
  readonly #people = new Map<CampaignId, ClaimedPeople>();
  /** One reading at a time: what one read, the next need not. */
  #reading: Promise<unknown> = Promise.resolve();

  constructor(parts: ContactHistoryParts) {
    this.#parts = parts;
  }

  /** For the ledger of a campaign; what it told before, in this process, is kept. */
  teller({ id, channel }: Pick<Campaign, "id" | "channel">): ContactTeller {
    const teller = this.#contacts(channel).tellerOf(id);
    const note = (username: string, mayHaveIt: boolean): void =>
      this.#written.get(id)?.note(username, mayHaveIt);
    return {
      claimed: (username, at, account, personId) => {
        teller.claimed(username, at, account, personId);
        this.#people.get(id)?.note(username, personId);
        note(username, true);
      },
      sent: (username, at, account) => {
        teller.sent(username, at, account);
        note(username, true);
      },
      notReached: (username) => {
        teller.notReached(username);
        note(username, false);
      },
    };
  }

  async writtenBy(id: CampaignId): Promise<(username: string) => boolean> {
    const campaign = (await this.#parts.campaigns()).find((one) => one.id === id);
    if (!campaign) throw new UnknownExcludedError(id);
    const written = this.#written.get(id) ?? this.#readWritten(campaign);
    this.#written.set(id, written);
    try {
      await written.isRead;
    } catch (error) {
      if (this.#written.get(id) === written) this.#written.delete(id);
      throw error;
    }
    return (username) => written.has(username);
  }

  /** Makes the question who was behind a name when a campaign last claimed it; goes on being true while it runs. */
  async claimedPeople(id: CampaignId): Promise<(username: string) => string | undefined> {
    const campaign = (await this.#parts.campaigns()).find((one) => one.id === id);
    // Of one that is gone nothing is known any more.
    if (!campaign) return () => undefined;
    const inFlight = this.#contacts(campaign.channel).inFlight(id);
    const people = this.#people.get(id) ?? new ClaimedPeople(this.#parts.folder, campaign, inFlight);
    this.#people.set(id, people);
    try {
      await people.isRead;
    } catch (error) {
      if (this.#people.get(id) === people) this.#people.delete(id);
      throw error;
    }
    return (username) => people.of(username);
  }

  #readWritten(campaign: Campaign): WrittenNames {
    const inFlight = this.#contacts(campaign.channel).inFlight(campaign.id);
    return new WrittenNames(this.#parts.folder, campaign, inFlight.keys());
  }

  async ready(channel: string): Promise<void> {
    await this.contacted(channel);
  }

  /** Misses nobody whom a journal says was ever sent a message through the channel. */
  contacted(channel: string): Promise<ContactedThrough> {
    return this.#since(channel, 0);
  }

  since(channel: string, since: number): Promise<RecentContacts> {
    return this.#since(channel, since);
  }

  #since(channel: string, since: number): Promise<ChannelContacts> {
    const contacts = this.#contacts(channel);
    const read = this.#reading.then(() => this.#read(channel, contacts, since));
    this.#reading = read.catch(() => undefined);
    return read.then(() => contacts);
  }

  async #read(channel: string, contacts: ChannelContacts, since: number): Promise<void> {
    if (contacts.keptSince <= since) return;
    // Kept from now on, before the first journal is read: whatever is settled meanwhile is told, read, or both.
    const readBefore = contacts.keptSince;
    contacts.keptSince = since;
    try {
      for (const campaign of await this.#parts.campaigns())
        if (campaign.channel === channel && (campaign.finishedAt ?? Infinity) >= since)
          await readContacts(join(this.#parts.folder, campaign.id), campaign, contacts);
    } catch (error) {
      contacts.keptSince = readBefore;
      throw error;
    }
  }

  #contacts(channel: string): ChannelContacts {
    let contacts = this.#channels.get(channel);
    if (!contacts) this.#channels.set(channel, (contacts = new ChannelContacts()));
    return contacts;
  }
}

/** The people written to through one channel. */
class ChannelContacts implements RecentContacts, ContactedThrough {
  /** Moment from which on every message is known; infinity: nobody asked yet, and nothing is kept. */
  keptSince = Infinity;
  /** Of one name the latest. A campaign sends to a name once, so none needs to know which messages were its own. */
  readonly #sent = new Map<string, { readonly at: number; readonly campaignId: CampaignId }>();
  /** Of one name every account that sent it something. */
  readonly #accounts = new Map<string, SharedSet>();
  readonly #noAccounts = new SharedSet();
  /** By campaign: who is being written to or may have got something. */
  readonly #open = new Map<CampaignId, Map<string, Contact>>();
  /** Campaigns whose ledgers tell: they know better than a journal that is still being written. */
  readonly #told = new Set<CampaignId>();

  latest(username: string, except: CampaignId): number | undefined {
    return this.#last(username, except)?.at;
  }

  latestFrom(username: string, except: CampaignId): CampaignId | undefined {
    return this.#last(username, except)?.campaignId;
  }

  /** Who is being written to by a campaign, or may have got something from it. */
  inFlight(id: CampaignId): ReadonlyMap<string, Contact> {
    return this.#openOf(id);
  }

  #last(username: string, except: CampaignId) {
    let last = this.#sent.get(username);
    for (const [campaignId, names] of this.#open) {
      const at = campaignId === except ? undefined : names.get(username)?.at;
      if (at !== undefined && at > (last?.at ?? -Infinity)) last = { at, campaignId };
    }
    return last;
  }

  accountsOf(username: string): Iterable<string> {
    const accounts = new Set(this.#accounts.get(username)?.names);
    for (const names of this.#open.values()) {
      const one = names.get(username);
      if (one) accounts.add(one.account);
    }
    return accounts;
  }

  keep(campaignId: CampaignId, username: string, { at, account }: Contact): void {
    if (at < this.keptSince) return;
    if (at >= (this.#sent.get(username)?.at ?? -Infinity)) this.#sent.set(username, { at, campaignId });
    const accounts = this.#accounts.get(username) ?? this.#noAccounts;
    if (!accounts.names.has(account)) this.#accounts.set(username, accounts.with(account));
  }

  keepUncertain(id: CampaignId, one: Uncertain): void {
    if (one.at < this.keptSince || (this.#told.has(id) && !one.isFinal)) return;
    this.#openOf(id).set(one.username, one);
  }

  tellerOf(id: CampaignId): ContactTeller {
    const open = this.#openOf(id);
    this.#told.add(id);
    return {
      claimed: (username, at, account, personId) => void open.set(username, { at, account, personId }),
      notReached: (username) => void open.delete(username),
      sent: (username, at, account) => {
        open.delete(username);
        this.keep(id, username, { at, account });
      },
    };
  }

  #openOf(id: CampaignId): Map<string, Contact> {
    let open = this.#open.get(id);
    if (!open) this.#open.set(id, (open = new Map()));
    return open;
  }
}

/** A message, or what may be one. */
interface Contact {
  readonly at: number;
  readonly account: string;
  /** Whoever is behind the name, where an open claim knows it. */
  readonly personId?: string | undefined;
}

/** Somebody who may have got a message. */
interface Uncertain extends Contact {
  readonly username: string;
  /** Nothing will settle it any more: the operator left it at that, or sent again. */
  readonly isFinal: boolean;
}

/** Takes in what a campaign's journal says. Whoever was claimed and not surely missed may have got the message. */
async function readContacts(folder: string, campaign: Campaign, contacts: ChannelContacts): Promise<void> {
  await using recipients = await openRecipients(folder, campaign.lists);
  const sentAt = new Float64Array(recipients.size);
  const claimedAt = new Float64Array(recipients.size);
  const reached = new ReachedFold(recipients.size);
  const accounts: string[] = [];
  await readJournal(join(folder, "journal.jsonl"), (entry) => {
    if (entry.t === "claim") {
      claimedAt[entry.r] = entry.at;
      accounts[entry.r] = entry.a;
    } else if (entry.t === "sent") sentAt[entry.r] = entry.at;
    reached.apply(entry);
  });
  for (let r = 0; r < recipients.size; r++) {
    const [sent = 0, claimed = 0] = [sentAt[r], claimedAt[r]];
    if (reached.of(r) === "no" || Math.max(sent, claimed) < contacts.keptSince) continue;
    const { username } = await recipients.read(r);
    const account = accounts[r] ?? "";
    if (reached.of(r) === "yes") contacts.keep(campaign.id, username, { at: sent, account });
    else
      contacts.keepUncertain(campaign.id, { username, account, at: claimed, isFinal: reached.isLasting(r) });
  }
}
