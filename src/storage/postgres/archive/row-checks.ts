/** What is wrong with the rows of a database: each is read as its store reads it. */
import { LeadFold } from "../../../domain/collecting/lead-fold.ts";
import { IdNumbers } from "../../../lib/id-numbers.ts";
import { thrownBy } from "../../../lib/thrown-by.ts";
import type { ArchivedPlace } from "../../ports/archive.ts";
import { campaignSchema } from "../../ports/documents/campaign-schema.ts";
import { createAccountStore } from "../accounts/account-store.ts";
import { createAmendmentStore } from "../amendments/amendment-store.ts";
import { createAnswerReads } from "../answers/answer-store.ts";
import { createAudienceStore } from "../audiences/audience-store.ts";
import type { Database, Queryable } from "../database.ts";
import { createApiTokenStore, createTeamStore, createWebhookStore } from "../documents/kept-stores.ts";
import { fitted } from "../fitted.ts";
import { entriesSince } from "../leads/lead-entries.ts";
import { finishedIn, summariesIn } from "../leads/lead-store.ts";
import * as sql from "./archive-sql.ts";

/** Everything but the journals of campaigns, read as its store reads it at work. */
export async function* rowChecks(database: Database): AsyncGenerator<ArchivedPlace> {
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

/** Of every campaign, as it stands in the row. */
export async function documentsOf(database: Queryable) {
  return (await database.query<{ id: string; document: unknown }>(sql.CAMPAIGNS)).rows;
}
