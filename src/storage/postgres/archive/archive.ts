/**
 * Reading everything in the database without changing any of it, beside any number of processes at work. Each row is named with
 * what is wrong with it; one that can't be read hides no other.
 */
import type { ChainState } from "../../../domain/history/chain.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import { LeadFold } from "../../../domain/collecting/lead-fold.ts";
import type { Entry } from "../../../domain/journal.ts";
import type { Counts } from "../../../domain/recipient.ts";
import { recipientStates } from "../../../domain/recipient.ts";
import { z } from "zod";
import { IdNumbers } from "../../../lib/id-numbers.ts";
import type { Trouble } from "../../../lib/trouble.ts";
import { TroubledError, troubleAbout } from "../../../lib/trouble.ts";
import { campaignSchema } from "../../ports/documents/campaign-schema.ts";
import { entryIn } from "../../ports/documents/journal-entry.ts";
import { createAccountStore } from "../accounts/account-store.ts";
import { createAmendmentStore } from "../amendments/amendment-store.ts";
import { createAnswerReads } from "../answers/answer-store.ts";
import { createAudienceStore } from "../audiences/audience-store.ts";
import type { Database, Queryable } from "../database.ts";
import { createApiTokenStore, createTeamStore, createWebhookStore } from "../documents/kept-stores.ts";
import { fitted } from "../fitted.ts";
import { createHistoryStore } from "../history/history-store.ts";
import { entriesSince } from "../leads/lead-entries.ts";
import { finishedIn, summariesIn } from "../leads/lead-store.ts";
import { CHECKPOINT, SIZE } from "../ledger/rows-sql.ts";
import { TALLY, tallySchema } from "../ledger/tally.ts";
import { GET } from "../campaigns/campaigns-sql.ts";
import { rowPages } from "../row-pages.ts";
import { BEGIN_READING, BE_PATIENT } from "../campaigns/reads-sql.ts";
import * as sql from "./archive-sql.ts";

/** What of an archive is wrong, or worth knowing, by the name of the row. */
export interface ArchivedRow {
  readonly path: string;
  /** What was thrown when it was looked at. */
  readonly problem?: unknown;
  readonly note?: Trouble;
}

/** One campaign of an archive. */
export interface ArchivedCampaign {
  readonly campaign: Campaign;
  readonly size: number;
  replay(onEntry: (entry: Entry) => void): Promise<void>;
  usernameOf(ordinal: number): Promise<string>;
  sentByCheckpoint(): Promise<number>;
  /** How many stand where by what is kept beside the journal, each time it is counted. */
  counted(): Promise<readonly Counts[]>;
}

export interface DatabaseArchive {
  files(): AsyncGenerator<ArchivedRow>;
  campaigns(): AsyncGenerator<ArchivedCampaign>;
  history(): Promise<ChainState>;
}

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

export function createDatabaseArchive(database: Database): DatabaseArchive {
  return {
    files: () => rows(database),
    campaigns: () => campaigns(database),
    history: () => createHistoryStore(database).state(),
  };
}

async function* rows(database: Database): AsyncGenerator<ArchivedRow> {
  const { rows: waiting } = await database.query<{ count: number }>(sql.ERASURES);
  const count = waiting[0]?.count ?? 0;
  if (count > 0)
    yield { path: "peyk.documents", note: { code: "erasuresWait", with: { count, file: "peyk.documents" } } };
  for (const { id, document } of await documentsOf(database)) {
    const path = `peyk.campaigns ${id}`;
    const parsed = campaignSchema.safeParse(document);
    if (!parsed.success)
      yield { path, problem: await thrownBy(() => fitted(campaignSchema, document, path)) };
  }
  for (const [path, look] of Object.entries(documentLooks(database))) {
    const problem = await thrownBy(look);
    if (problem !== undefined) yield { path, problem };
  }
}

/** Each store reads its own as it would at work. */
function documentLooks(database: Database): Readonly<Record<string, () => Promise<unknown>>> {
  const answers = createAnswerReads(database);
  return {
    "peyk.documents team": () => createTeamStore(database).read(),
    "peyk.documents webhooks": () => createWebhookStore(database).all(),
    "peyk.documents api-tokens": () => createApiTokenStore(database).all(),
    "peyk.documents audiences": () => createAudienceStore(database).all(),
    "peyk.documents accounts": async () => {
      const { rows: channels } = await database.query<{ channel: string }>(sql.CHANNELS);
      for (const { channel } of channels) await createAccountStore(database).read(channel);
    },
    "peyk.documents finished-requests": () => finishedIn(database).all(),
    "peyk.answers": () => answers.byCampaign(),
    "peyk.amendment_entries": async () => {
      const amendments = createAmendmentStore(database);
      for (const { id } of await documentsOf(database)) await amendments.read(id);
    },
    "peyk.lead_entries": async () => {
      for (const { list } of await summariesIn(database)) await foldLeads(database, list);
    },
  };
}

/** As collecting does: a lead that comes twice, or an entry out of place, is told with its number. */
async function foldLeads(database: Queryable, list: string): Promise<void> {
  const fold = new LeadFold(() => new IdNumbers());
  for await (const { entry } of entriesSince(database, list, 0)) fold.apply(entry);
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

async function documentsOf(database: Queryable) {
  return (await database.query<{ id: string; document: unknown }>(sql.CAMPAIGNS)).rows;
}

async function thrownBy(look: () => unknown): Promise<unknown> {
  try {
    await look();
    return undefined;
  } catch (error) {
    return error;
  }
}
