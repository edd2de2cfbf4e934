/**
 * Campaigns as documents of a row each. A change is made of the version that it replaces, and made anew when somebody else
 * was faster. Promises that a campaign, its status and its people become true in one transaction.
 */
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import { campaignKey, isCampaignId } from "../../../domain/campaign.ts";
import { CampaignIdRefusedError } from "../../ports/campaigns.ts";
import type { CampaignStore } from "../../ports/campaigns.ts";
import { campaignSchema } from "../../ports/documents/campaign-schema.ts";
import type { Database, Queryable } from "../database.ts";
import { jsonOf } from "../json.ts";
import { columnsSchema } from "../lists/list-store.ts";
import { addAttachment, attachmentOf } from "./attachments.ts";
import * as sql from "./campaigns-sql.ts";
import { correctLists, knownAfter } from "./corrections.ts";
import { countedAnew, takeLists } from "./take-lists.ts";

export function createCampaignStore(database: Database): CampaignStore {
  return {
    async all() {
      const { rows } = await database.query<{ document: unknown }>(sql.ALL);
      return rows.map(({ document }) => campaignSchema.parse(document));
    },
    async get(id) {
      return (await stored(database, id))?.campaign;
    },
    async spellings(id) {
      const { rows } = await database.query<{ id: string }>(sql.SPELLINGS, [campaignKey(id)]);
      return rows.map((row) => row.id);
    },
    async create(campaign) {
      const isMade = await database.inTransaction((connection) => create(connection, campaign));
      if (isMade) await countedAnew(database, campaign.lists);
      return isMade;
    },
    change: (id, to) => change(database, id, to),
    async *recipients(id, listId) {
      const campaign = (await stored(database, id))?.campaign;
      if (campaign) yield* knownAfter(database, campaign, listId);
    },
    async correctLists(id, given) {
      const campaign = (await stored(database, id))?.campaign;
      return campaign ? correctLists(database, campaign, given) : { lists: [], count: 0 };
    },
    async adoptList(id, listId) {
      await assertFree(database, id);
      for (;;) {
        const { rows } = await database.query<{ file: string; count: number; columns: unknown }>(sql.ADOPT, [
          id,
          listId,
        ]);
        const [adopted] = rows;
        if (adopted) return { ...adopted, columns: columnsSchema.parse(adopted.columns) };
        // Another list took the name at the same moment, or there is none.
        if ((await database.query(sql.IS_STORED, [listId])).rows.length === 0) return undefined;
      }
    },
    async adoptAttachment(id, content) {
      await assertFree(database, id);
      return addAttachment(database, id, content);
    },
    attachment: (id, file) => attachmentOf(database, id, file),
  };
}

interface Stored {
  readonly campaign: Campaign;
  readonly version: number;
}

async function stored(connection: Queryable, id: CampaignId): Promise<Stored | undefined> {
  const { rows } = await connection.query<{ document: unknown; version: number }>(sql.GET, [id]);
  const row = rows[0];
  return row && { campaign: campaignSchema.parse(row.document), version: row.version };
}

async function create(connection: Queryable, campaign: Campaign): Promise<boolean> {
  const { id, channel, createdAt } = campaign;
  assertId(id);
  const values = [id, campaignKey(id), channel, createdAt, jsonOf(campaign)];
  const { count } = await connection.query(sql.CREATE, values);
  if (count === 0) {
    await assertFree(connection, id);
    return false;
  }
  await takeLists(connection, campaign, 0);
  return true;
}

async function change(
  database: Database,
  id: CampaignId,
  to: (from: Campaign) => Campaign | undefined,
): Promise<Campaign | undefined> {
  for (;;) {
    const from = await stored(database, id);
    const changed = from && checked(from.campaign, to(from.campaign));
    if (!changed) return undefined;
    const isMade = await database.inTransaction(async (connection) => {
      const { count } = await connection.query(sql.CHANGE, [id, from.version, jsonOf(changed)]);
      if (count === 1) await takeLists(connection, changed, from.campaign.lists.length);
      return count === 1;
    });
    if (isMade) {
      await countedAnew(database, changed.lists.slice(from.campaign.lists.length));
      return changed;
    }
  }
}

function checked(from: Campaign, to: Campaign | undefined): Campaign | undefined {
  const { id, channel } = from;
  if (to && (to.id !== id || to.channel !== channel))
    throw new Error(`${id} goes through ${channel}, and a campaign's id and channel are for life`);
  return to;
}

function assertId(id: CampaignId): void {
  if (!isCampaignId(id)) throw new CampaignIdRefusedError(`${JSON.stringify(id)} is no task id`);
}

async function assertFree(connection: Queryable, id: CampaignId): Promise<void> {
  assertId(id);
  const { rows } = await connection.query<{ id: string }>(sql.SPELLING_OF_CAMPAIGN, [campaignKey(id)]);
  const other = rows.find((row) => row.id !== id)?.id;
  if (other !== undefined)
    throw new CampaignIdRefusedError(`${id} differs from ${other} only in upper and lower case`);
}
