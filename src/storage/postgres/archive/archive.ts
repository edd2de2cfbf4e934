/**
 * Reading everything in the database without changing any of it, beside any number of processes at work. Each row is named with
 * what is wrong with it; one that can't be read hides no other.
 */
import type { Campaign } from "../../../domain/campaign.ts";
import type { Entry } from "../../../domain/journal.ts";
import type { Counts } from "../../../domain/recipient.ts";
import { recipientStates } from "../../../domain/recipient.ts";
import { z } from "zod";
import { TroubledError, troubleAbout } from "../../../lib/trouble.ts";
import type { Archive, ArchivedCampaign } from "../../ports/archive.ts";
import { campaignSchema } from "../../ports/documents/campaign-schema.ts";
import { entryIn } from "../../ports/documents/journal-entry.ts";
import type { Database, Queryable } from "../database.ts";
import { createHistoryStore } from "../history/history-store.ts";
import { CHECKPOINT, SIZE } from "../ledger/rows-sql.ts";
import { TALLY, tallySchema } from "../ledger/tally.ts";
import { GET } from "../campaigns/campaigns-sql.ts";
import { rowPages } from "../row-pages.ts";
import { BEGIN_READING, BE_PATIENT } from "../campaigns/reads-sql.ts";
import * as sql from "./archive-sql.ts";
import { documentsOf, rowChecks } from "./row-checks.ts";

/** How many stand in each state that somebody stands in. */
const countsSchema = z
  .partialRecord(z.enum(recipientStates), z.number())
  .transform((some): Counts => ({ ...NOBODY, ...some }));

const NOBODY: Counts = {
  planned: 0,
  claimed: 0,
  sent: 0,
  notFound: 0,
  refused: 0,
  failed: 0,
  uncertain: 0,
  skipped: 0,
};

/** Entries of a journal read at a time. */
const AT_A_TIME = 5000;

export function createDatabaseArchive(database: Database): Archive {
  return {
    files: () => rowChecks(database),
    campaigns: () => campaigns(database),
    history: () => createHistoryStore(database).state(),
  };
}

/** Campaigns that can be read, each as it was at one moment; what hinders the others is told by the rows. */
async function* campaigns(database: Database): AsyncGenerator<ArchivedCampaign> {
  for (const { id } of await documentsOf(database)) {
    await using session = await database.session();
    await session.query(BEGIN_READING);
    await session.query(BE_PATIENT);
    const { rows: found } = await session.query<{ document: unknown }>(GET, [id]);
    const parsed = campaignSchema.safeParse(found[0]?.document);
    if (parsed.success) yield campaignIn(session, parsed.data);
  }
}

function campaignIn(here: Queryable, campaign: Campaign): ArchivedCampaign {
  const { id, lists } = campaign;
  const size = lists.reduce((all, { count }) => all + count, 0);
  const one = async (asked: string, ...more: readonly unknown[]) =>
    (await here.query(asked, [id, ...more])).rows[0];
  return {
    campaign,
    size,
    replay: (onEntry) => replay(here, id, onEntry),
    async usernameOf(ordinal) {
      const name = (await one(sql.NAME, ordinal))?.["username"];
      if (typeof name === "string") return name;
      const path = `peyk.recipients ${id}`;
      const lines = Number((await one(SIZE))?.["size"]);
      throw new TroubledError(`${path} holds ${lines} recipients where ${size} are expected`, {
        code: "recipientsLost",
        with: { path, lines, count: size },
      });
    },
    sentByCheckpoint: async () => Number((await one(CHECKPOINT))?.["names"] ?? 0),
    counted: async () => [
      countsSchema.parse((await one(sql.COUNTED))?.["counts"]),
      tallySchema.parse((await one(TALLY))?.["tally"]).counts,
    ],
  };
}

async function replay(database: Queryable, id: string, onEntry: (entry: Entry) => void): Promise<void> {
  type Numbered = { number: number; entry: unknown };
  const behind = async (number: number) =>
    (await database.query<Numbered>(sql.JOURNAL, [id, number, AT_A_TIME])).rows;
  for await (const page of rowPages({ behind, most: AT_A_TIME, from: 0, keyOf: ({ number }) => number }))
    for (const { number, entry } of page) onEntry(entryAt(number, entry));
}

function entryAt(number: number, entry: unknown): Entry {
  try {
    return entryIn(entry);
  } catch (error) {
    throw troubleAbout(`peyk.journal ${number}`, error);
  }
}
