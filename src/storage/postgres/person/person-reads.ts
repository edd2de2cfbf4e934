/** Looking for one person in all that is kept in PostgreSQL, beside any number of processes. */
import { z } from "zod";
import type { Campaign } from "../../../domain/campaign.ts";
import { campaignSchema } from "../../ports/documents/campaign-schema.ts";
import type { PersonReads, PersonRow, Sighting, Sought } from "../../ports/person-reads.ts";
import { awaited } from "../campaigns/orphans.ts";
import { NAMED } from "../campaigns/reads-sql.ts";
import { givePerson } from "../erasing/give-person.ts";
import { listOf } from "../campaigns/values.ts";
import type { Database, Queryable } from "../database.ts";
import { resultOf } from "../ledger/rows.ts";
import { NOW } from "../ledger/rows-sql.ts";
import { AMONG } from "../people/suppression-sql.ts";
import { suppressionOf } from "../people/suppression-store.ts";
import { peopleBehind } from "./behind-names.ts";
import * as sql from "./person-sql.ts";

export function createPersonReads(database: Database): PersonReads {
  return {
    behind: (sought) => peopleBehind(database, sought),
    inCampaign: (campaign, names, isAtWork = false) => rowsIn(database, campaign, { names, isAtWork }),
    async unreadable(known) {
      const { rows } = await database.query<{ id: string; document: unknown }>(sql.OTHER_CAMPAIGNS, [
        [...known],
      ]);
      return rows.filter(({ document }) => !campaignSchema.safeParse(document).success).map(({ id }) => id);
    },
    async suppressed(names) {
      return (await database.query(AMONG, [names])).rows.map(suppressionOf);
    },
    async isErased({ names, ids }) {
      const asked = [...[...names].map((name) => `name ${name}`), ...[...ids].map((id) => `id ${id}`)];
      return (await database.query<{ isErased: boolean }>(sql.IS_ERASED, [asked])).rows[0]?.isErased === true;
    },
    records: (person) => givePerson(database, person),
    onLists: async (sought) => ({ found: await sightingsOf(database, sought), unreadable: [] }),
  };
}

const toldSchema = z.object({ personId: z.string().nullable() });

async function rowsIn(
  here: Queryable,
  campaign: Campaign,
  { names, isAtWork }: { readonly names: readonly string[]; readonly isAtWork: boolean },
): Promise<readonly PersonRow[]> {
  const now = (await here.query<{ now: number }>(NOW)).rows[0]?.now ?? 0;
  const { rows } = await here.query(NAMED, [campaign.id, now, names]);
  return rows.flatMap((row): readonly PersonRow[] => {
    const result = resultOf(campaign, isAtWork ? { ...row, orphan: null } : awaited(row));
    const list = listOf(campaign.lists, result.ordinal);
    if (!list) return []; // joined since
    const { personId } = toldSchema.parse(row);
    return [{ ...result, origin: list.origin, ...(personId === null ? {} : { personId }) }];
  });
}

const sightingSchema = z.object({
  list: z.string(),
  username: z.string(),
  id: z.string(),
  source: z.string(),
  query: z.string(),
  at: z.number(),
});

async function sightingsOf(here: Queryable, { names, ids }: Sought): Promise<readonly Sighting[]> {
  const { rows } = await here.query(sql.SIGHTINGS, [names, ids]);
  return rows.map((row) => {
    const { source, query, ...sighting } = sightingSchema.parse(row);
    return { ...sighting, target: { source, query } };
  });
}
