/**
 * Looking at campaigns in PostgreSQL, beside any number of processes that work on them. Counts are those that the database
 * keeps with every change; nobody is counted again, and nothing is locked.
 */
import { z } from "zod";
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import type { Claim } from "../../../domain/journal.ts";
import type { Deliveries } from "../../../domain/report/attempts.ts";
import { attemptEnds } from "../../../domain/report/attempts.ts";
import { deliveriesOf, stretchMsFor } from "../../../domain/report/tallied-deliveries.ts";
import type { RecipientState } from "../../../domain/recipient.ts";
import type { ResultRow } from "../../ports/ledger.ts";
import type { CampaignReads, CampaignStanding, Results } from "../../ports/reads.ts";
import type { Database, Queryable } from "../database.ts";
import { claimOf, resultOf, storedCampaign } from "../ledger/rows.ts";
import { NOW, SIZE } from "../ledger/rows-sql.ts";
import { TALLY, tallySchema } from "../ledger/tally.ts";
import { awaited } from "./orphans.ts";
import * as sql from "./reads-sql.ts";

export interface CampaignReadsOptions {
  /** Rows of results read at a time; default 2000. */
  readonly rowsAtATime?: number;
}

export function createCampaignReads(
  database: Database,
  { rowsAtATime = 2000 }: CampaignReadsOptions = {},
): CampaignReads {
  /** Does what is asked of a campaign that there is, as everything was at one moment. */
  const look = <T>(id: CampaignId, at: (here: Queryable, campaign: Campaign) => Promise<T>) =>
    database.inTransaction(
      async (here) => {
        const campaign = await storedCampaign(here, id);
        return campaign && at(here, campaign);
      },
      { readsOneMoment: true },
    );
  return {
    standing: (id) => look(id, standingOf),
    uncertain: async (id) => (await look(id, uncertainOf)) ?? [],
    deliveries: (id) => look(id, deliveriesIn),
    results: (id) =>
      look(id, async (here): Promise<Results> => {
        const { rows } = await here.query<{ size: number }>(SIZE, [id]);
        const count = rows[0]?.size ?? 0;
        return { count, rows: rowsOf(database, { id, count, rowsAtATime }) };
      }),
  };
}

const openSchema = z.object({ cut: z.number(), waiting: z.number(), oldest: z.number().nullable() });

async function standingOf(here: Queryable, campaign: Campaign): Promise<CampaignStanding> {
  const { rows } = await here.query<{ tally: unknown }>(TALLY, [campaign.id]);
  const { claims, charged, sentAgain, ...tally } = tallySchema.parse(rows[0]?.tally);
  const counts: Record<RecipientState, number> = { ...tally.counts };
  const claimed = await here.query(sql.OPEN_CLAIMS, [campaign.id, await nowOf(here)]);
  const { cut, waiting, oldest } = openSchema.parse(claimed.rows[0]);
  counts.claimed -= cut + waiting;
  counts.uncertain += cut;
  counts.planned += waiting;
  const oldestUncertainAt = oldest === null ? {} : { oldestUncertainAt: oldest };
  return { campaign, counts, sentAgain, tally: { claims, charged }, ...oldestUncertainAt };
}

async function uncertainOf(here: Queryable, campaign: Campaign): Promise<readonly Claim[]> {
  const { rows } = await here.query(sql.UNCERTAIN, [campaign.id, await nowOf(here)]);
  return rows.map((row) => claimOf(campaign, row));
}

const boundsSchema = z.object({ first: z.number().nullable(), last: z.number().nullable() });
const endedSchema = z.object({
  account: z.string(),
  end: z.enum(attemptEnds),
  from: z.number(),
  count: z.number(),
});

async function deliveriesIn(here: Queryable, { id }: Campaign): Promise<Deliveries> {
  const bounds = boundsSchema.parse((await here.query(sql.ENDED_BETWEEN, [id])).rows[0]);
  const stretchMs = stretchMsFor(bounds.first ?? 0, bounds.last ?? 0);
  const { rows } = await here.query(sql.ENDED, [id, stretchMs]);
  return deliveriesOf(
    stretchMs,
    rows.map((row) => endedSchema.parse(row)),
  );
}

interface Asked {
  readonly id: CampaignId;
  /** Whoever joins meanwhile is not among them. */
  readonly count: number;
  readonly rowsAtATime: number;
}

/** All of the moment when the first one is asked for: until the last one is taken, or none is wanted any more, it holds a connection. */
async function* rowsOf(database: Database, { id, count, rowsAtATime }: Asked): AsyncGenerator<ResultRow> {
  await using session = await database.session();
  await session.query(sql.BEGIN_READING);
  await session.query(sql.BE_PATIENT);
  const campaign = await storedCampaign(session, id);
  const now = await nowOf(session);
  if (!campaign) return;
  for (let from = 0; from < count;) {
    const { rows } = await session.query(sql.RESULTS, [id, now, from, count, rowsAtATime]);
    if (rows.length === 0) return;
    for (const row of rows) {
      const result = resultOf(campaign, awaited(row));
      from = result.ordinal + 1;
      yield result;
    }
  }
}

async function nowOf(here: Queryable): Promise<number> {
  return (await here.query<{ now: number }>(NOW)).rows[0]?.now ?? 0;
}
