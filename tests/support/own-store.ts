/** Where the programs of a test keep everything: the suites that run on files run on PostgreSQL too. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject } from "vitest";
import { z } from "zod";
import { readDeliveries } from "../../src/channels/simulator/record.ts";
import { openReads, openStorage } from "../../src/composition/stores/open-storage.ts";
import type { OpenReads, OpenStores } from "../../src/composition/stores/stores.ts";
import { readConfig } from "../../src/config.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { Opened } from "../../src/lib/opened.ts";
import { DOCUMENT } from "../../src/storage/postgres/chat/chat-sql.ts";
import { askOnce, createDatabase } from "./postgres/test-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Which of them this run of a test file is about. */
    store: "files" | "postgres";
  }
}

type Settings = Readonly<Record<string, string>>;
type Stored = Record<string, unknown>;

const gotSchema = z.array(z.object({ username: z.string(), textHash: z.string() }));
type Got = z.infer<typeof gotSchema>[number];

const DELIVERED = `
select username, text_hash as "textHash" from peyk.simulated where entry = 'delivered' order by number`;

const documentSchema = z.looseObject({ value: z.record(z.string(), z.unknown()) });

/** What is about the files of a data folder, and nothing else, is skipped then. */
export const isOnPostgres = (): boolean => inject("store") === "postgres";

/** The settings of a Peyk that has all it keeps for itself: in its data folder, or in a database of its own. */
export async function ownStore(): Promise<Settings> {
  if (!isOnPostgres()) return {};
  return { STORE: "postgres", DATABASE_URL: await createDatabase({ isInTime: true }) };
}

export interface Where {
  readonly dataDir: string;
  /** What {@link ownStore} answered. */
  readonly own: Settings;
}

/** What the simulated people got, in order, by their own record. */
export async function deliveriesIn({ dataDir, own }: Where): Promise<readonly Got[]> {
  const { DATABASE_URL: url } = own;
  if (url === undefined) return readDeliveries(join(dataDir, "simulator-record.jsonl"));
  return gotSchema.parse(await askOnce(url, DELIVERED, []));
}

/** A campaign as it is stored. */
export async function storedCampaign({ dataDir, own }: Where, id: string): Promise<Stored> {
  const { DATABASE_URL: url } = own;
  if (url === undefined) return (await readCampaign(dataDir, id)).value;
  const [row] = await askOnce(url, "select document from peyk.campaigns where id = $1", [id]);
  return z.record(z.string(), z.unknown()).parse(row?.["document"]);
}

/** Puts another in its place, behind everybody's back. */
export async function putCampaign(
  { dataDir, own }: Where,
  id: string,
  to: (from: Stored) => object,
): Promise<void> {
  const { DATABASE_URL: url } = own;
  const made = to(await storedCampaign({ dataDir, own }, id));
  if (url !== undefined)
    return void (await askOnce(url, "update peyk.campaigns set document = $2 where id = $1", [id, made]));
  const document = { ...(await readCampaign(dataDir, id)), value: made };
  await writeFile(campaignFile(dataDir, id), JSON.stringify(document));
}

async function readCampaign(dataDir: string, id: string) {
  return documentSchema.parse(JSON.parse(await readFile(campaignFile(dataDir, id), "utf8")));
}

function campaignFile(dataDir: string, id: string): string {
  return join(dataDir, "campaigns", id, "campaign.json");
}

/** Lets a test write where a Peyk with these settings keeps everything, while none is at work. */
export async function withStores(
  settings: Settings,
  work: (stores: OpenStores) => Promise<void>,
): Promise<void> {
  const read = readConfig(settings);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const log = { error: fail };
  await using storage = await openStorage(read.config, { clock: systemClock, log });
  await using _ = storage.held;
  await work(storage.stores);
}

/** Looks at what is kept there, beside whoever works. */
export async function lookAt<T>({ dataDir, own }: Where, look: (reads: OpenReads) => Promise<T>): Promise<T> {
  const read = readConfig({ ...own, DATA_DIR: dataDir });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  await using opened = new Opened();
  return await look(await openReads(read.config, { opened, clock: systemClock, onProblem: fail }));
}

/** A document of the bot as it is stored. */
export async function storedDocument({ dataDir, own }: Where, name: string): Promise<unknown> {
  const { DATABASE_URL: url } = own;
  if (url === undefined)
    return JSON.parse(await readFile(join(dataDir, "bot", `${name}.json`), "utf8").catch(() => "null"));
  return (await askOnce(url, DOCUMENT, [name]))[0]?.["value"];
}

/** Whether somebody is on a list of leads already: quick to ask, for whoever ends the program just then. */
export async function hasLeads({ dataDir, own }: Where, list: string): Promise<boolean> {
  const { DATABASE_URL: url } = own;
  if (url !== undefined)
    return (await askOnce(url, "select from peyk.leads where list = $1 limit 1", [list])).length > 0;
  const text = await readFile(join(dataDir, "leads", list, "leads.jsonl"), "utf8").catch(() => "");
  return text.includes('"t":"page"');
}

function fail(problem: unknown): never {
  return expect.fail(String(problem));
}
