/** Campaigns on real files for the benchmarks: made in a temporary folder, run by the real engine and ledger. */
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import type { Channel } from "../src/channels/channel.ts";
import { defaultBreakerPolicy } from "../src/domain/accounts/breaker.ts";
import { Budgets } from "../src/domain/accounts/budgets.ts";
import { createDayOf } from "../src/domain/accounts/calendar-day.ts";
import type { Campaign } from "../src/domain/campaign.ts";
import type { CampaignEvent } from "../src/domain/campaign-event.ts";
import { defaultRetryPolicy } from "../src/domain/verdict.ts";
import { Engine } from "../src/engine/engine.ts";
import { systemClock } from "../src/lib/clock.ts";
import { FileContactHistory } from "../src/storage/files/people/contact-history.ts";
import { noJoining } from "../tests/support/no-joining.ts";
import { createFileLedgerStore } from "../src/storage/files/ledger/ledger-store.ts";

/** A channel that says yes at once and remembers nothing: what is left is the bookkeeping. */
export const instantChannel: Channel = {
  manifest: {
    name: "instant",
    looksUp: false,
    honoursDedupKey: false,
    readsBack: false,
    publishedLimits: [],
    maxMessageLength: 4096,
    reachesPeople: false,
  },
  accounts: () => Promise.resolve([{ name: "one", caps: {} }]),
  send: () => Promise.resolve({ kind: "delivered", messageId: "1" }),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

/** A folder that is gone when the benchmark ends. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "peyk-bench-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Writes a campaign's folder with a list of so many names; answers the campaign. */
export async function makeCampaign(folder: string, id: string, count: number): Promise<Campaign> {
  const campaign = campaignIn(id, count);
  await mkdir(join(folder, id), { recursive: true });
  const path = join(folder, id, campaign.lists[0]?.file ?? "");
  await writeLines(path, count, (index) => `${JSON.stringify([nameOf(index), "Shiraz"])}\n`);
  return campaign;
}

/** The campaign whose folder {@link makeCampaign} writes. */
export function campaignIn(id: string, count: number): Campaign {
  return {
    id,
    createdAt: 0,
    channel: "instant",
    accounts: [{ name: "one", caps: {} }],
    message: "hello",
    lists: [{ file: "list-001.jsonl", count, columns: ["city"], origin: "bench", importedAt: 0 }],
    consent: { statement: "bench", by: "bench", at: 0 },
    status: "running",
  };
}

/** Names of about twelve characters. */
export function nameOf(index: number): string {
  return `person_${index.toString(36).padStart(5, "0")}`;
}

/** A claim and its settlement for each name in turn, as a campaign with one send in flight writes them. */
export function entryOf(index: number): object {
  const r = index >> 1;
  const at = 1_760_000_000_000 + index;
  return index % 2 === 0
    ? { t: "claim", r, a: "one", n: 1, at }
    : { r, at, t: "sent", id: String(10_000_000 + r) };
}

export async function writeLines(
  path: string,
  count: number,
  lineOf: (index: number) => string,
): Promise<void> {
  const stream = createWriteStream(path);
  for (let start = 0; start < count; start += 10_000) {
    const end = Math.min(count, start + 10_000);
    const lines = Array.from({ length: end - start }, (_, index) => lineOf(start + index));
    if (!stream.write(lines.join(""))) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
}

/** What every engine that is benched is made of, whatever it is kept in. */
export function benchParts(concurrency: number) {
  return {
    channels: new Map([["instant", instantChannel]]),
    clock: systemClock,
    random: Math.random,
    renderer:
      ({ message }: Pick<Campaign, "message">) =>
      () =>
        message,
    policy: defaultRetryPolicy,
    breakerPolicy: defaultBreakerPolicy,
    concurrency,
    sendTimeoutMs: 60_000,
  };
}

export interface BenchEngine {
  readonly engine: Engine;
  /** Resolves when the campaign's status is `finished`. */
  readonly finished: () => Promise<void>;
  /** Resolves when so many have been sent since the engine was made. */
  readonly sentAtLeast: (count: number) => Promise<void>;
}

/** The real engine on real files, with the instant channel. */
export function createBenchEngine(
  folder: string,
  concurrency: number,
  known: readonly Campaign[] = [],
): BenchEngine {
  const campaigns = new Map(known.map((campaign) => [campaign.id, campaign]));
  let [sent, awaited] = [0, { count: Infinity, resolve: () => {} }];
  const finished = withResolvers();
  const engine = new Engine({
    campaigns: {
      all: async () => [...campaigns.values()],
      get: async (id) => campaigns.get(id),
      create: async (campaign) => campaigns.set(campaign.id, campaign) === campaigns,
      async change(id, to) {
        const from = campaigns.get(id);
        const changed = from && to(from);
        if (changed) campaigns.set(id, changed);
        return changed;
      },
      spellings: () => Promise.resolve([]),
      recipients: async function* () {},
      correctLists: () => Promise.reject(new Error("not benched")),
      adoptList: () => Promise.reject(new Error("not benched")),
      adoptAttachment: () => Promise.reject(new Error("not benched")),
      attachment: () => Promise.resolve(undefined),
    },
    ledgers: createFileLedgerStore({
      folder,
      budgets: new Budgets(createDayOf("UTC")),
      clock: systemClock,
      owner: "the bench",
      beforeWrite: () => undefined,
      testSends: { debit: () => Promise.resolve("debited"), [Symbol.asyncDispose]: () => Promise.resolve() },
      joining: noJoining,
      campaign: (id) => campaigns.get(id),
      suppression: { reasonFor: () => undefined },
      contacts: new FileContactHistory({ folder, campaigns: async () => [...campaigns.values()] }),
    }),
    ...benchParts(concurrency),
    emit: (event: CampaignEvent) => {
      if (event.kind === "settled" && ++sent >= awaited.count) awaited.resolve();
      if (event.kind === "status" && event.status === "finished") finished.resolve();
    },
    log: { error: (message) => finished.reject(new Error(String(message))) },
  });
  return {
    engine,
    finished: () => finished.promise,
    sentAtLeast: (count) =>
      new Promise((resolve) => {
        awaited = { count, resolve };
        if (sent >= count) resolve();
      }),
  };
}

function withResolvers() {
  let [resolve, reject]: [() => void, (error: unknown) => void] = [() => undefined, () => undefined];
  const promise = new Promise<void>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}
