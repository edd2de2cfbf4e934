/**
 * Taking in leads: people a second through the whole ledger, durable page by page, beside a bare Set and a bare append;
 * memory a lead; and calls made beside the fewest that the pages allow.
 */
import { join } from "node:path";
import { defaultCollectorPolicy } from "../src/collector/collector-parts.ts";
import { Collector } from "../src/collector/collector.ts";
import type { Lead } from "../src/domain/collecting/lead.ts";
import { openAppendLog } from "../src/lib/log/append-log.ts";
import { systemClock } from "../src/lib/clock.ts";
import { IdNumbers } from "../src/lib/id-numbers.ts";
import type { Page, PageRequest, Source } from "../src/sources/source.ts";
import { openLeadStore } from "../src/storage/files/leads/lead-store.ts";
import { temporaryFolder } from "./campaign-files.ts";
import type { BenchRow } from "./row.ts";

const LEADS = 1_000_000;
const PAGE = 1000;
/** Of a page, people who came before. */
const AGAIN = 100;
const target = { source: "x-followers", query: "bench" };

export async function benchLeads(): Promise<BenchRow[]> {
  const floor = await bareSetAndAppend();
  const { perSecond, calls } = await collected(LEADS);
  const early = await collected(LEADS / 10);
  const bytes = bytesPerLead();
  return [
    {
      name: "leads taken in, pages of 1,000, all durable",
      value: Math.round(perSecond),
      unit: "/s",
      floor: Math.round(floor),
      ratio: perSecond / floor,
      aim: "at least a third of the floor",
      met: perSecond >= floor / 3,
    },
    {
      name: "the same in a list a tenth as long",
      value: Math.round(early.perSecond),
      unit: "/s",
      floor: Math.round(perSecond),
      ratio: early.perSecond / perSecond,
      aim: "time a lead flat: at most twice as fast",
      met: early.perSecond <= 2 * perSecond,
    },
    {
      name: "memory a lead in a list of a million",
      value: Math.round(bytes.index),
      unit: "bytes",
      floor: Math.round(bytes.set),
      ratio: bytes.index / bytes.set,
      aim: "no more than a Set of ids",
      met: bytes.index <= bytes.set,
    },
    {
      name: "calls for a million leads",
      value: calls,
      unit: "calls",
      floor: Math.ceil(LEADS / (PAGE - AGAIN)),
      ratio: calls / Math.ceil(LEADS / (PAGE - AGAIN)),
      aim: "at most one page over",
      met: calls <= Math.ceil(LEADS / (PAGE - AGAIN)) + 1,
    },
  ];
}

/** A page of new people and a few of those who came on the page before. */
function pageOf({ cursor = "0" }: PageRequest): Page {
  const first = Number(cursor);
  const leads: Lead[] = [];
  for (let n = Math.max(0, first - AGAIN); n < first + PAGE - AGAIN; n++) leads.push(leadOf(n));
  return { kind: "page", leads, rows: leads.length, next: String(first + PAGE - AGAIN) };
}

function leadOf(n: number): Lead {
  const id = String(7_300_000_000_000_000_000n + BigInt(n) * 7919n);
  return {
    id,
    username: `person_${n}`,
    displayName: `Person ${n}`,
    details: { followers: String(n % 10_000) },
  };
}

async function collected(count: number): Promise<{ readonly perSecond: number; readonly calls: number }> {
  await using folder = await temporaryFolder();
  await using store = await openLeadStore(join(folder.path, "leads"));
  let calls = 0;
  const source: Source = {
    manifest: { name: "x-followers", targetKind: "account", pageSize: PAGE },
    parseTarget: (query) => ({ ok: true, query }),
    page: async (request) => {
      calls++;
      return pageOf(request);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const collector = new Collector({
    store,
    sources: new Map([["x-followers", source]]),
    clock: systemClock,
    random: Math.random,
    policy: defaultCollectorPolicy,
    emit: () => undefined,
    log: { error: (message) => process.stderr.write(`${message}\n`) },
  });
  const startedAt = performance.now();
  await collector.begin(await store.open("bench"), { targets: [target], count });
  await collector.idle("bench");
  return { perSecond: count / ((performance.now() - startedAt) / 1000), calls };
}

/** The least anybody could do: the same pages made, each new id put into a Set, each page appended and synced. */
async function bareSetAndAppend(): Promise<number> {
  await using folder = await temporaryFolder();
  await using log = await openAppendLog(join(folder.path, "bare.jsonl"));
  const seen = new Set<string>();
  const startedAt = performance.now();
  let cursor = "0";
  while (seen.size < LEADS) {
    const page = pageOf({ query: "bench", cursor });
    const fresh = page.leads.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    await log.append(JSON.stringify(fresh));
    cursor = page.next ?? "";
  }
  return LEADS / ((performance.now() - startedAt) / 1000);
}

/** Beside one another in the same process; collected garbage does not count. */
function bytesPerLead(): { readonly index: number; readonly set: number } {
  const before = used();
  const set = new Set<string>();
  for (let n = 0; n < LEADS; n++) set.add(`x:${leadOf(n).id}`);
  const withSet = used();
  const index = new IdNumbers();
  for (let n = 0; n < LEADS; n++) index.add(`x:${leadOf(n).id}`);
  const withBoth = used();
  if (set.size !== index.size) throw new Error("the Set and the index disagree");
  return { set: (withSet - before) / LEADS, index: (withBoth - withSet) / LEADS };
}

/** Bytes in use after collecting garbage, where node was told to allow for that. */
function used(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
