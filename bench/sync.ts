/**
 * Copying to PostgreSQL: lines of a list and of a journal a second through the whole sync, beside bare statements of the
 * same rows in transactions of the same size; and a round in which nothing changed.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../src/lib/clock.ts";
import { createSyncSource } from "../src/storage/files/sync-source.ts";
import { connectTo } from "../src/storage/postgres/connection.ts";
import { openPostgresStore } from "../src/storage/postgres/copy/external-store.ts";
import { BATCH_LINES, SyncSession } from "../src/sync/session.ts";
import { startPostgres } from "../tests/support/postgres/postgres.ts";
import { makeCampaign, temporaryFolder } from "./campaign-files.ts";
import type { BenchRow } from "./row.ts";

const NAMES = 200_000;

export async function benchSync(): Promise<BenchRow[]> {
  await using server = await startPostgres({ isDurable: true });
  const floor = await bareStatements(server.url);
  const copied = await copiedCampaign(server.url);
  return [
    rowOf("names of a list copied to PostgreSQL", copied.names, floor.names),
    rowOf("lines of a journal copied to PostgreSQL", copied.lines, floor.lines),
    {
      name: "a round in which nothing changed",
      value: Number(copied.idleMs.toFixed(1)),
      unit: "ms",
      aim: "under 50 ms",
      met: copied.idleMs < 50,
    },
  ];
}

function rowOf(name: string, perSecond: number, floor: number): BenchRow {
  return {
    name,
    value: Math.round(perSecond),
    unit: "/s",
    floor: Math.round(floor),
    ratio: perSecond / floor,
    aim: "at least a third of bare statements",
    met: perSecond >= floor / 3,
  };
}

/** The least that must be done: the names inserted, and each one's state written twice. */
async function bareStatements(url: string): Promise<{ readonly names: number; readonly lines: number }> {
  await using connection = await connectTo(url);
  await connection.query(
    "create table bare (campaign text, ordinal int, username text, state text, primary key (campaign, ordinal))",
  );
  await connection.query("create index on bare (username)");
  const insert = `insert into bare select 'c', ordinal, 'name_' || ordinal, 'planned'
                  from unnest($1::int[]) as given (ordinal)`;
  const update = `update bare set state = given.state from unnest($1::int[], $2::text[]) as given (ordinal, state)
                  where bare.campaign = 'c' and bare.ordinal = given.ordinal`;
  const names = await inBatches(NAMES, (ordinals) => connection.query(insert, [ordinals]));
  await connection.query("analyze bare"); // else it is searched from end to end for every batch
  // A journal line is a claim or a settlement: a batch of lines speaks of half as many people.
  const lines = await inBatches(NAMES, (ordinals) => {
    const some = ordinals.slice(0, BATCH_LINES / 2);
    return connection.query(update, [some, some.map(() => "sent")]);
  });
  return { names, lines };
}

async function inBatches(
  count: number,
  work: (ordinals: readonly number[]) => Promise<unknown>,
): Promise<number> {
  const startedAt = performance.now();
  for (let first = 0; first < count; first += BATCH_LINES)
    await work(Array.from({ length: Math.min(BATCH_LINES, count - first) }, (_, index) => first + index));
  return (count * 1000) / (performance.now() - startedAt);
}

async function copiedCampaign(url: string) {
  await using folder = await temporaryFolder();
  const campaigns = join(folder.path, "campaigns");
  const value = await makeCampaign(campaigns, "bench", NAMES);
  await writeFile(join(campaigns, "bench", "campaign.json"), JSON.stringify({ version: 1, value }));
  const identity = { version: 1, value: { id: "00000000-0000-4000-8000-000000000000" } };
  await writeFile(join(folder.path, "identity.json"), JSON.stringify(identity));
  await using session = new SyncSession({
    source: createSyncSource(folder.path),
    connect: (id) => openPostgresStore(() => connectTo(url), id),
    takeOptOuts: async () => true,
    clock: systemClock,
    retryDelaysMs: [],
    batchLines: BATCH_LINES,
    tell: () => undefined,
  });
  const { signal } = new AbortController();
  const seconds = async (): Promise<number> => {
    const startedAt = performance.now();
    await session.round(signal);
    return (performance.now() - startedAt) / 1000;
  };
  const names = NAMES / (await seconds());
  await writeFile(join(campaigns, "bench", "journal.jsonl"), journal());
  const lines = (2 * NAMES) / (await seconds());
  await seconds();
  return { names, lines, idleMs: (await seconds()) * 1000 };
}

/** Everybody is claimed and sent to. */
function journal(): string {
  const lines: string[] = [];
  for (let r = 0; r < NAMES; r++) {
    const at = 1_700_000_000_000 + r;
    lines.push(JSON.stringify({ t: "claim", r, a: "one", n: 1, at }));
    lines.push(JSON.stringify({ t: "sent", r, id: `m${r}`, at: at + 1 }));
  }
  return `${lines.join("\n")}\n`;
}
