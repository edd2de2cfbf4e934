/** Reading the copy page by page, for the comparison with the embedded store. */
import type { CampaignId } from "../../../domain/campaign.ts";
import type { Suppression } from "../../../domain/people/suppression.ts";
import type { CopiedRecipient, ExternalCopy, FeedPosition, KeptLead } from "../../ports/sync.ts";
import { FEED_START } from "../../ports/sync.ts";
import type { Connection, Row } from "../connection.ts";

/** Rows asked for at a time. */
const PAGE = 10_000;

/** How far each log has travelled, by its key. */
export async function readPositions(connection: Connection): Promise<Map<string, FeedPosition>> {
  const { rows } = await connection.query<{ feed: string } & FeedPosition & Row>(
    "select feed, cursor, lines::float8 as lines from peyk_copy.positions",
  );
  return new Map(rows.map(({ feed, cursor, lines }) => [feed, { cursor, lines }]));
}

/** The hash of every campaign's document. */
export async function readHashes(connection: Connection): Promise<Map<CampaignId, string>> {
  const { rows } = await connection.query<{ id: string; hash: string }>(
    "select id, hash from peyk_copy.campaigns",
  );
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

/** The copy within the transaction that the connection is in. */
export async function openCopy(connection: Connection): Promise<ExternalCopy> {
  const positions = await readPositions(connection);
  return {
    position: (key) => positions.get(key) ?? FEED_START,
    campaigns: () => readHashes(connection),
    recipients: (id) => recipients(connection, id),
    suppressions: () => suppressions(connection),
    leadLists: () => leadLists(connection),
    leads: (list) => leads(connection, list),
  };
}

async function* recipients(connection: Connection, id: CampaignId): AsyncIterable<CopiedRecipient> {
  for (let after = -1; ;) {
    const { rows } = await connection.query<CopiedRecipient & Row>(
      `select ordinal, username, state, attempts, account, (extract(epoch from at) * 1000)::float8 as at,
              message_id as "messageId", why, skip_reason as "skipReason"
       from peyk_copy.recipients where campaign_id = $1 and ordinal > $2 order by ordinal limit $3`,
      [id, after, PAGE],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.ordinal;
  }
}

async function suppressions(connection: Connection): Promise<readonly Suppression[]> {
  const { rows } = await connection.query<Omit<Suppression, "note"> & { note: string | null } & Row>(
    "select username, reason, note, (extract(epoch from at) * 1000)::float8 as at from peyk_copy.suppressions",
  );
  return rows.map(({ username, reason, note, at }) => ({
    username,
    reason,
    at,
    ...(note === null ? {} : { note }),
  }));
}

async function leadLists(connection: Connection): Promise<readonly string[]> {
  const { rows } = await connection.query<{ list: string }>(
    "select distinct list from peyk_copy.leads order by 1",
  );
  return rows.map(({ list }) => list);
}

interface LeadRow extends Row {
  readonly source: string;
  readonly id: string;
  readonly username: string;
  readonly displayName: string | null;
  readonly details: Readonly<Record<string, string>> | null;
  readonly at: number;
  readonly request: number | null;
  readonly deliveredAt: number | null;
}

async function* leads(connection: Connection, list: string): AsyncIterable<KeptLead> {
  for (let [source, id] = ["", ""]; ;) {
    const { rows } = await connection.query<LeadRow>(
      `select source, id, username, display_name as "displayName", details,
              (extract(epoch from collected_at) * 1000)::float8 as at, delivered_request as request,
              (extract(epoch from delivered_at) * 1000)::float8 as "deliveredAt"
       from peyk_copy.leads where list = $1 and (source, id) > ($2, $3) order by source, id limit $4`,
      [list, source, id, PAGE],
    );
    for (const { displayName, details, request, deliveredAt, ...lead } of rows)
      yield {
        ...lead,
        ...(displayName === null ? {} : { displayName }),
        ...(details === null ? {} : { details }),
        ...(request === null || deliveredAt === null ? {} : { delivery: { request, at: deliveredAt } }),
      };
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    [source, id] = [last.source, last.id];
  }
}
