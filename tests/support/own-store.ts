/** Where the programs of a test keep everything: the suites that run on files run on PostgreSQL too. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject } from "vitest";
import { z } from "zod";
import { readDeliveries } from "../../src/channels/simulator/record.ts";
import { openStorage } from "../../src/composition/stores/open-storage.ts";
import type { OpenStores } from "../../src/composition/stores/stores.ts";
import { readConfig } from "../../src/config.ts";
import { systemClock } from "../../src/lib/clock.ts";
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
  const log = { error: (problem: unknown) => expect.fail(String(problem)) };
  await using storage = await openStorage(read.config, { clock: systemClock, log });
  await using _ = storage.held;
  await work(storage.stores);
}
