/** What is on record of a Peyk's deeds, whichever store it has: also where no test runs. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { readDeliveries } from "../../src/channels/simulator/record.ts";
import { askOnce } from "./postgres/ask-once.ts";
import type { Where } from "./stored.ts";

const gotSchema = z.array(
  z.object({ username: z.string(), textHash: z.string(), account: z.string(), at: z.number() }),
);
type Got = z.infer<typeof gotSchema>[number];

const DELIVERED = `
select username, text_hash as "textHash", account, at::float8 from peyk.simulated
where entry = 'delivered' order by number`;

/** What the simulated people got, in order, by their own record. */
export async function deliveriesIn({ dataDir, own }: Where): Promise<readonly Got[]> {
  const { DATABASE_URL: url } = own;
  if (url === undefined) return readDeliveries(join(dataDir, "simulator-record.jsonl"));
  return gotSchema.parse(await askOnce(url, DELIVERED));
}

const entrySchema = z.looseObject({ t: z.string(), r: z.number().optional(), a: z.string().optional() });

/** What is on record of a campaign, entry by entry; nothing where there is none yet. */
export async function storedJournal(
  { dataDir, own }: Where,
  id: string,
): Promise<readonly z.infer<typeof entrySchema>[]> {
  const { DATABASE_URL: url } = own;
  if (url === undefined) {
    const lines = await linesOf(join(dataDir, "campaigns", id, "journal.jsonl"));
    return lines.map((line) => entrySchema.parse(line));
  }
  const rows = await askOnce(url, "select entry from peyk.journal where campaign_id = $1 order by number", [
    id,
  ]);
  return rows.map(({ entry }) => entrySchema.parse(entry));
}

const EVENTS = "select event from peyk.events where log = 'campaigns' order by number";

const eventLineSchema = z.object({ e: z.unknown() });

/** What happened to campaigns as those outside were told, in order. */
export async function storedEvents({ dataDir, own }: Where): Promise<readonly unknown[]> {
  const { DATABASE_URL: url } = own;
  if (url !== undefined) return (await askOnce(url, EVENTS)).map(({ event }) => event);
  const files = ["events-before.jsonl", "events.jsonl"].map((name) => linesOf(join(dataDir, name)));
  return (await Promise.all(files)).flat().flatMap((line) => {
    const read = eventLineSchema.safeParse(line);
    return read.success ? [read.data.e] : []; // how far the file is
  });
}

/** Resolves when a claim of the campaign is on record. */
export async function untilClaimed(where: Where, id: string): Promise<void> {
  while (!(await storedJournal(where, id)).some(({ t }) => t === "claim")) await wait(10);
}

const headSchema = z.object({ value: z.object({ count: z.number().optional() }) });

/** Resolves when the history holds so many entries: some of them are written beside what they are about. */
export async function untilRecorded({ dataDir, own }: Where, count: number): Promise<void> {
  const { DATABASE_URL: url } = own;
  const length = async (): Promise<unknown> => {
    if (url !== undefined)
      return (await askOnce(url, "select count(*)::integer from peyk.history"))[0]?.["count"];
    const head = await readFile(join(dataDir, "history-head.json"), "utf8").catch(() => '{"value":{}}');
    return headSchema.parse(JSON.parse(head)).value.count;
  };
  while ((await length()) !== count) await wait(10);
}

/** The whole lines of a file, the last one may be on its way; none where there is no file. */
async function linesOf(path: string): Promise<readonly unknown[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
}
