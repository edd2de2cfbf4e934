/**
 * Who was written to when, over all campaigns, read from their recipients. What is answered is true as of the asking: a claim
 * asks the recipients themselves, and its word is the one that binds.
 */
import type { CampaignId } from "../../../domain/campaign.ts";
import type { RecentContacts } from "../../../domain/people/contacts.ts";
import type { ContactHistory } from "../../ports/people.ts";
import { UnknownExcludedError } from "../../ports/people.ts";
import type { Queryable } from "../database.ts";

/** $1 channel, $2 since. Of each campaign the last message of a name. */
const CONTACTED = `
select username, campaign_id as "campaignId", reached_at as at
from peyk.recipients join peyk.campaigns on campaigns.id = campaign_id
where channel = $1 and reached <> 'no' and reached_at >= $2
order by reached_at`;

const IS_THERE = `select from peyk.campaigns where id = $1`;

/** By us, or by another tool. $1 campaign */
const WRITTEN = `
select username from peyk.recipients where campaign_id = $1 and reached <> 'no'
union select username from peyk.earlier_names where campaign_id = $1`;

/** `at`: ms since the epoch */
type Contact = { readonly campaignId: CampaignId; readonly at: number };

export function createContactHistory(database: Queryable): ContactHistory {
  return {
    ready: () => Promise.resolve(),
    async since(channel, since) {
      const { rows } = await database.query<Contact & { readonly username: string }>(CONTACTED, [
        channel,
        since,
      ]);
      return recentContacts(rows);
    },
    async writtenBy(id) {
      if ((await database.query(IS_THERE, [id])).rows.length === 0) throw new UnknownExcludedError(id);
      const { rows } = await database.query<{ username: string }>(WRITTEN, [id]);
      const names = new Set(rows.map(({ username }) => username));
      return (username) => names.has(username);
    },
  };
}

/** @param rows The oldest first */
function recentContacts(rows: readonly ({ readonly username: string } & Contact)[]): RecentContacts {
  const contacts = new Map<string, Contact[]>();
  for (const { username, campaignId, at } of rows) {
    const theirs = contacts.get(username);
    if (theirs) theirs.push({ campaignId, at });
    else contacts.set(username, [{ campaignId, at }]);
  }
  const last = (username: string, except: CampaignId): Contact | undefined =>
    contacts.get(username)?.findLast(({ campaignId }) => campaignId !== except);
  return {
    latest: (username, except) => last(username, except)?.at,
    latestFrom: (username, except) => last(username, except)?.campaignId,
  };
}
