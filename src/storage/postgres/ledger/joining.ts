/**
 * Names that join a campaign at work, in one transaction in which nobody claims or ends anything of it: they are behind all
 * others, and its document counts them, at the same moment or never.
 */
import type { Campaign, CampaignList } from "../../../domain/campaign.ts";
import { isUnderWay } from "../../../domain/campaign-status.ts";
import { growingList, joinedBy, peopleOn } from "../../../domain/joining.ts";
import type { AddedNames, NewNames } from "../../ports/ledger.ts";
import { campaignSchema } from "../../ports/documents/campaign-schema.ts";
import { CHANGE } from "../campaigns/campaigns-sql.ts";
import type { Queryable } from "../database.ts";
import { jsonOf } from "../json.ts";
import { columnsSchema } from "../lists/list-store.ts";
import { LOOK_UP } from "../lists/lists-sql.ts";
import type { LedgerParts } from "./ledger-parts.ts";
import { LeaseLostError } from "./owner.ts";
import * as rowsSql from "./rows-sql.ts";

/** Rows of a list taken in one statement. */
const PIECE = 20_000;

/** $1 campaign, $2 owner */
const STORED = `
select document, version, peyk.now() as now, peyk.owns($2) as "isOwner" from peyk.campaigns where id = $1 for update`;

/** Those of a list's rows who are not there yet. $1 campaign, $2 ordinal of the first, $3 through, $4 list, $5 from its row, $6 to before that */
const JOIN = `
insert into peyk.recipients (campaign_id, ordinal, username, row_values, through)
select $1, $2 + row_number() over (order by ordinal) - 1, username, row_values, $3 from (
  select distinct on (username) username, ordinal, row_values from peyk.list_rows
  where list = $4 and ordinal >= $5 and ordinal < $6
    and not exists (select from peyk.recipients there where there.campaign_id = $1
                    and there.username = list_rows.username)
  order by username, ordinal) as new_ones`;

/** $1 campaign, $2 list: the campaign has a list of its own for them. */
const NAME_LIST = `
insert into peyk.campaign_lists (campaign_id, file, list, adopted_at, is_taken)
select $1, 'list-' || lpad((1 + coalesce((
         select max(substring(file from '\\d+')::integer) from peyk.campaign_lists where campaign_id = $1
       ), 0))::text, 3, '0') || '.jsonl', $2, peyk.now(), true
returning file`;

interface GivenList {
  readonly number: number;
  readonly count: number;
  readonly columns: readonly string[];
}

interface Joining {
  readonly names: NewNames;
  readonly list: GivenList;
  readonly campaign: Campaign;
}

export function addNames(
  { database, owner, campaign: { id } }: LedgerParts,
  names: NewNames,
): Promise<AddedNames> {
  return database.inTransaction(async (connection) => {
    await connection.query(rowsSql.HOLD_ALONE, [id]);
    const { rows } = await connection.query<{
      document: unknown;
      version: number;
      now: number;
      isOwner: boolean;
    }>(STORED, [id, owner]);
    const [stored] = rows;
    if (!stored) return { kind: "over" };
    if (!stored.isOwner) throw new LeaseLostError();
    const campaign = campaignSchema.parse(stored.document);
    if (!isUnderWay(campaign)) return { kind: "over" };
    if (campaign.startedWith === names.listId) return { kind: "added", added: 0, known: 0 };
    const list = await givenList(connection, names.listId);
    if (!list) return { kind: "noList" };
    const joining = { names, list, campaign };
    const added = await join(connection, joining);
    if (added > 0) {
      const joined = joinedBy(campaign, {
        ...names,
        list: { ...(await listOf(connection, joining, stored.now)), count: added },
        at: stored.now,
      });
      if (joined) await connection.query(CHANGE, [id, stored.version, jsonOf(joined)]);
    }
    return { kind: "added", added, known: list.count - added };
  });
}

async function givenList(connection: Queryable, listId: string): Promise<GivenList | undefined> {
  const { rows } = await connection.query<{ number: number; count: number; columns: unknown }>(LOOK_UP, [
    listId,
  ]);
  const [row] = rows;
  return row && { number: row.number, count: row.count, columns: columnsSchema.parse(row.columns) };
}

/** Answers how many were not there yet. */
async function join(connection: Queryable, { names, list, campaign }: Joining): Promise<number> {
  let next = peopleOn(campaign);
  const first = next;
  for (let from = 0; from < list.count; from += PIECE) {
    const rows = [list.number, from, from + PIECE];
    const { count } = await connection.query(JOIN, [campaign.id, next, names.through ?? "", ...rows]);
    next += count;
  }
  return next - first;
}

/** The list that they go on, behind its people, or one of their own. */
async function listOf(
  connection: Queryable,
  { names: { origin, through }, list: { number, columns }, campaign }: Joining,
  importedAt: number,
): Promise<CampaignList> {
  const bound = through === undefined ? {} : { through };
  const growing = growingList(campaign, { columns, origin, ...bound });
  if (growing) return growing;
  const { rows } = await connection.query<{ file: string }>(NAME_LIST, [campaign.id, number]);
  return { file: rows[0]?.file ?? "", count: 0, columns, origin, importedAt, ...bound };
}
