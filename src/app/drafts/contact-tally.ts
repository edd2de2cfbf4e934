/** Whom other campaigns wrote to lately, counted for a plan: nobody gets a second message unnoticed. */
import type { CampaignId } from "../../domain/campaign.ts";
import type { RecentContacts } from "../../domain/people/contacts.ts";
import type { AppParts } from "../app-parts.ts";
import type { Contacted, Draft } from "./draft.ts";

/** How far back a plan looks, and what one tap leaves out. */
export const LATELY_DAYS = 30;

const DAY_MS = 24 * 3_600_000;

/** Makes an empty tally for the draft's channel. */
export async function contactTally(
  { contacts, clock }: Pick<AppParts, "contacts" | "clock">,
  { channel, campaignId }: Draft,
): Promise<ContactTally> {
  const since = clock.now() - LATELY_DAYS * DAY_MS;
  return new ContactTally(await contacts.since(channel, since), campaignId, since);
}

export class ContactTally {
  readonly #recent: RecentContacts;
  readonly #except: CampaignId;
  readonly #since: number;
  readonly #by = new Map<CampaignId, { count: number; lastAt: number }>();
  #count = 0;

  /** Use {@link contactTally}. */
  constructor(recent: RecentContacts, except: CampaignId, since: number) {
    this.#recent = recent;
    this.#except = except;
    this.#since = since;
  }

  add(username: string): void {
    const at = this.#recent.latest(username, this.#except);
    if (at === undefined || at <= this.#since) return;
    this.#count++;
    const id = this.#recent.latestFrom(username, this.#except) ?? "";
    const before = this.#by.get(id) ?? { count: 0, lastAt: at };
    this.#by.set(id, { count: before.count + 1, lastAt: Math.max(before.lastAt, at) });
  }

  get total(): Contacted {
    const by = [...this.#by].map(([campaignId, told]) => ({ campaignId, ...told }));
    return { days: LATELY_DAYS, count: this.#count, by: by.toSorted((a, b) => b.count - a.count) };
  }
}
