/** Both sides counted, each by its own readers: what was moved is there, and nothing else is. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { RecipientState } from "../domain/recipient.ts";
import { forEachState, recipientStates } from "../domain/recipient.ts";
import { TroubledError } from "../lib/trouble.ts";
import { SUPPRESSION_FILE, readSuppressions } from "../storage/files/people/suppression-store.ts";
import { FileCampaignReads } from "../storage/files/campaigns/campaign-reads.ts";
import { campaignsFolder } from "../storage/files/campaigns/campaign-folders.ts";
import { LEADS_FILE } from "../storage/files/leads/lead-overview.ts";
import { listNamesIn } from "../storage/files/leads/lead-store.ts";
import { SUBSCRIBERS_FILE, lookAtSubscribers } from "../storage/files/people/subscriber-store.ts";
import { parseLeadLine } from "../storage/ports/documents/lead-line.ts";
import type { CampaignReads } from "../storage/ports/reads.ts";
import { createCampaignReads } from "../storage/postgres/campaigns/campaign-reads.ts";
import { createCampaignStore } from "../storage/postgres/campaigns/campaign-store.ts";
import type { Database } from "../storage/postgres/database.ts";
import { entriesSince } from "../storage/postgres/leads/lead-entries.ts";
import { createSubscriberStore } from "../storage/postgres/people/subscriber-store.ts";
import { createSuppressionStore } from "../storage/postgres/people/suppression-store.ts";
import { readCampaigns } from "./campaigns/campaigns.ts";
import { folderRows } from "./folder-rows.ts";
import { parsedLines } from "./lines.ts";

/** What an operator is shown of both sides. */
export interface Tally {
  readonly campaigns: number;
  readonly states: Readonly<Record<RecipientState, number>>;
  readonly doNotSend: number;
  readonly subscribers: number;
  readonly leadLists: number;
  /** Lines of what happened to all lists of leads. */
  readonly leadEntries: number;
}

/** One side: what is shown, and a digest of everything that was compared, by its name. */
export interface Side {
  readonly tally: Tally;
  readonly digests: ReadonlyMap<string, string>;
}

/** Told of each campaign that was read, with its names. */
export type OnRead = (names: number) => void;

export async function folderSide(dataDir: string, onRead: OnRead): Promise<Side> {
  const known = await readCampaigns(dataDir);
  const reads = new FileCampaignReads({
    folder: campaignsFolder(dataDir),
    campaign: async (id) => known.get(id),
    isOwned: async () => false,
  });
  const suppressions = await readSuppressions(join(dataDir, SUPPRESSION_FILE));
  const lists = await listNamesIn(join(dataDir, "leads"));
  return sideOf({
    ids: [...known.keys()],
    standing: (id) => reads.standing(id),
    results(id) {
      const campaign = known.get(id);
      return campaign ? folderRows(join(campaignsFolder(dataDir), id), campaign) : [];
    },
    onRead,
    suppressions,
    subscribers: lookAtSubscribers(join(dataDir, SUBSCRIBERS_FILE)).all(),
    leads: lists.map((list) => [
      list,
      oneByOne(parsedLines(join(dataDir, "leads", list, LEADS_FILE), parseLeadLine)),
    ]),
  });
}

const LEAD_LISTS = `select name from peyk.lead_lists`;

export async function databaseSide(database: Database, onRead: OnRead): Promise<Side> {
  const campaigns = await createCampaignStore(database).all();
  const { rows } = await database.query<{ name: string }>(LEAD_LISTS);
  const reads = createCampaignReads(database);
  return sideOf({
    ids: campaigns.map(({ id }) => id),
    standing: (id) => reads.standing(id),
    results: async (id) => (await reads.results(id))?.rows ?? [],
    onRead,
    suppressions: createSuppressionStore(database).list(),
    subscribers: createSubscriberStore(database).all(),
    leads: rows.map(({ name }) => [name, entriesOf(database, name)]),
  });
}

/** @throws {TroubledError} naming what is not the same on both sides */
export function compare(folder: Side, database: Side): void {
  const names = new Set([...folder.digests.keys(), ...database.digests.keys()]);
  const differing = [...names].filter((name) => folder.digests.get(name) !== database.digests.get(name));
  const [first] = differing.toSorted();
  if (first !== undefined)
    throw new TroubledError(`Both sides differ in ${first}. Nothing was closed.`, {
      code: "moveDiffers",
      with: { what: first },
    });
}

type Some = AsyncIterable<unknown> | Iterable<unknown>;

interface Sources {
  readonly ids: readonly string[];
  readonly standing: CampaignReads["standing"];
  readonly results: (id: string) => Some | Promise<Some>;
  readonly onRead: OnRead;
  readonly suppressions: Some;
  readonly subscribers: Some;
  readonly leads: readonly (readonly [list: string, entries: Some])[];
}

async function sideOf(from: Sources): Promise<Side> {
  const digests = new Map<string, string>();
  const states: Record<RecipientState, number> = forEachState(() => 0);
  for (const id of from.ids) {
    const { counts, ...standing } = (await from.standing(id)) ?? {};
    const digest = new Digest();
    digest.add({ counts, ...standing });
    for await (const row of await from.results(id)) digest.add(row);
    digests.set(`campaigns/${id}`, digest.text);
    for (const state of recipientStates) states[state] += counts?.[state] ?? 0;
    from.onRead(digest.count - 1);
  }
  const whole = async (name: string, all: Some): Promise<number> => {
    const digest = await digestOf(all);
    digests.set(name, digest.text);
    return digest.count;
  };
  let leadEntries = 0;
  for (const [list, entries] of from.leads) leadEntries += await whole(`leads/${list}`, entries);
  return {
    tally: {
      campaigns: from.ids.length,
      states,
      doNotSend: await whole("suppression", from.suppressions),
      subscribers: await whole("subscribers", from.subscribers),
      leadLists: from.leads.length,
      leadEntries,
    },
    digests,
  };
}

async function digestOf(all: Some): Promise<Digest> {
  const digest = new Digest();
  for await (const one of all) digest.add(one);
  return digest;
}

/** Of values in any order, whose keys are in any order. */
class Digest {
  readonly #sum = Buffer.alloc(32);
  count = 0;

  add(value: unknown): void {
    const hash = createHash("sha256")
      .update(JSON.stringify(inOrder(value)))
      .digest();
    for (let at = 0; at < hash.length; at++) this.#sum[at] = (this.#sum[at] ?? 0) ^ (hash[at] ?? 0);
    this.count++;
  }

  get text(): string {
    return `${this.count} ${this.#sum.toString("hex")}`;
  }
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, inOrder(one)]),
  );
}

async function* entriesOf(database: Database, list: string): AsyncGenerator {
  for await (const { entry } of entriesSince(database, list, 0)) yield entry;
}

async function* oneByOne<T>(pieces: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const piece of pieces) yield* piece;
}
