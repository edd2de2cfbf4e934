/**
 * The schema `peyk`: everything that Peyk knows, where any number of processes share it. Moments are whole ms since the
 * epoch, as everywhere in Peyk, so that what is moved between a folder and a database is the same on both sides.
 */
import { connectTo } from "./connection.ts";
import type { Schema } from "./migrate.ts";
import { migrate, schemaSql } from "./migrate.ts";
import { amendments } from "./migrations/amendments.ts";
import { answers } from "./migrations/answers.ts";
import { audiences } from "./migrations/audiences.ts";
import { campaigns } from "./migrations/campaigns.ts";
import { channels } from "./migrations/channels.ts";
import { chat } from "./migrations/chat.ts";
import { claims } from "./migrations/claims.ts";
import { clock } from "./migrations/clock.ts";
import { documents } from "./migrations/documents.ts";
import { erased } from "./migrations/erased.ts";
import { events } from "./migrations/events.ts";
import { history } from "./migrations/history.ts";
import { home } from "./migrations/home.ts";
import { optOuts } from "./migrations/opt-outs.ts";
import { endings } from "./migrations/endings.ts";
import { lanes } from "./migrations/lanes.ts";
import { leads } from "./migrations/leads.ts";
import { house } from "./migrations/house.ts";
import { limits } from "./migrations/limits.ts";
import { people } from "./migrations/people.ts";
import { recipients } from "./migrations/recipients.ts";
import { workers } from "./migrations/workers.ts";

const RELATION = `select from pg_class join pg_namespace n on n.oid = relnamespace where n.nspname = 'peyk'`;
const CLOCK = `select from pg_proc join pg_namespace n on n.oid = pronamespace where n.nspname = 'peyk' and proname = 'now'`;

export const ownSchema: Schema = {
  name: "peyk",
  migrations: [
    clock,
    campaigns,
    recipients,
    documents,
    people,
    limits,
    claims,
    endings,
    events,
    history,
    optOuts,
    answers,
    audiences,
    leads,
    amendments,
    house,
    erased, // one a line, so that two who add some meet nobody's
    chat,
    workers,
    lanes,
    channels,
    home,
  ],
  lock: 7_362_003,
  isTaken: `exists (${RELATION}) and not exists (${CLOCK})`,
};

/**
 * Brings the tables up to date: whoever starts a process does it once, before it opens a store.
 * @throws {ExternalStoreError} when they can't be made, belong to something else, or a newer Peyk was here
 */
export async function prepareDatabase(url: string): Promise<void> {
  await using connection = await connectTo(url);
  await migrate(connection, ownSchema);
}

/** What an administrator runs where the role of Peyk may make no tables. */
export function ownSql(): string {
  return schemaSql(ownSchema);
}
