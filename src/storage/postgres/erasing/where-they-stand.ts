/** In which campaigns a person is, and where: what most of their rows are found by. */
import type { CampaignId } from "../../../domain/campaign.ts";
import type { PersonMatch } from "../../ports/erased/person-match.ts";
import type { Queryable } from "../database.ts";
import type { RowsAsked } from "./rows-of-person.ts";

/** By name, or as whoever was behind another one. $1 names, $2 ids */
const CAMPAIGNS = `
select id from peyk.campaigns c
where exists (select from peyk.recipients r where r.campaign_id = c.id and r.username = any($1::text[]))
   or exists (select from peyk.claimed_people p where p.campaign_id = c.id and p.person_id = any($2::text[]))
order by id`;

const HOLD = `select peyk.hold_campaign($1, true)`;

/** With those of their names that have nobody else beside. $1 campaigns, $2 names, $3 what stands for them */
const PLACES = `
select campaign_id as id, ordinal, username = any($3::text[]) as "isErased", (
  select coalesce(max(ordinal), -1) + 1 from peyk.recipients other where other.campaign_id = r.campaign_id) as size,
  username
from peyk.recipients r where campaign_id = any($1::text[]) and username = any($2::text[] || $3::text[])`;

type Place = {
  readonly id: CampaignId;
  readonly ordinal: number;
  readonly isErased: boolean;
  readonly size: number;
  readonly username: string;
};

/** Looks where they are. @param holds Nobody claims or ends anything of these campaigns until the transaction is over */
export async function whereTheyStand(
  here: Queryable,
  match: PersonMatch,
  { holds }: { readonly holds: boolean },
): Promise<RowsAsked> {
  const { names, ids } = match;
  const found = (await here.query<{ id: CampaignId }>(CAMPAIGNS, [names, ids])).rows.map(({ id }) => id);
  if (holds) for (const id of found) await here.query(HOLD, [id]);
  const standIns = names.map((name) => match.aliasOf(name) ?? name);
  const { rows } = await here.query<Place>(PLACES, [found, names, standIns]);
  const places = new Map(found.map((id): [CampaignId, Set<number>] => [id, new Set()]));
  const alone = new Set<CampaignId>();
  const taken = new Set<string>();
  for (const { id, ordinal, isErased, size, username } of rows) {
    if (isErased) taken.add(`${id} ${username}`);
    else if (places.get(id)?.add(ordinal).size === size) alone.add(id);
  }
  return { here, match, places, alone, taken };
}
