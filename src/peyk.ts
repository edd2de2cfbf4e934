/**
 * Puts the running program together: lease, stores, channels, engine, use cases, and the bot in front of them. Owns the
 * order in which they start and stop: nobody sends before the lease is held, and nothing closes before what is in
 * flight has settled.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEventHub } from "./app/app-parts.ts";
import { createApp } from "./app/create-app.ts";
import { createPeykBot } from "./bot/bot.ts";
import type { DocumentDescription } from "./bot/documents.ts";
import {
  conversationsDocument,
  operatorSettingsDocument,
  progressDocument,
  seenUpdatesDocument,
} from "./bot/documents.ts";
import { simulatorConfigSchema } from "./channels/simulator/config.ts";
import { openSimulator } from "./channels/simulator/simulator.ts";
import type { Config } from "./config.ts";
import { Budget } from "./domain/budget.ts";
import { defaultBreakerPolicy } from "./domain/breaker.ts";
import { createDayOf } from "./domain/calendar-day.ts";
import { defaultRetryPolicy } from "./domain/verdict.ts";
import { createRenderer } from "./app/renderer.ts";
import { Engine } from "./engine/engine.ts";
import { systemClock } from "./lib/clock.ts";
import type { Document } from "./lib/document.ts";
import { openDocument } from "./lib/document.ts";
import type { Log } from "./log.ts";
import { openCampaignStore } from "./storage/files/campaign-store.ts";
import type { Lease } from "./storage/files/lease.ts";
import { openLease } from "./storage/files/lease.ts";
import { createFileLedgerStore } from "./storage/files/ledger-store.ts";
import { openListStore } from "./storage/files/list-store.ts";
import { openTestSends } from "./storage/files/test-sends.ts";
import type { Person, Playground } from "./playground/playground.ts";
import { openPlayground } from "./playground/playground.ts";

export interface RunningPeyk {
  /** Address of the playground's chat page; absent when a real bot runs. */
  readonly pageUrl?: string;
  /** Resolves when the bot has stopped by itself, and rejects when it was made to, e.g. by a second instance. */
  readonly done: Promise<void>;
  /** Stops in order; answers whether a campaign is unfinished. */
  stop(): Promise<{ readonly isUnfinished: boolean }>;
}

/** Sends in flight at most, for each campaign: enough to hide the latency of a real service. */
const CONCURRENCY = 32;

/** How long a send may take before it counts as unanswered, in ms. */
const SEND_TIMEOUT_MS = 60_000;

/** How long a stop waits for what is in flight, in ms. */
const STOP_GRACE_MS = 10_000;

/** Lists that were uploaded and never used are thrown away after a week. */
const KEEP_LISTS_MS = 7 * 24 * 3_600_000;

const SAMPLE_LIST = fileURLToPath(new URL("../public/playground/sample-list.csv", import.meta.url));

/** Starts Peyk. Throws when `data/` is in use by another process or can't be read. */
export async function startPeyk(config: Config, log: Log): Promise<RunningPeyk> {
  await mkdir(config.dataDir, { recursive: true });
  const lease = await openLease(config.dataDir);
  try {
    return await startWith(config, log, lease);
  } catch (error) {
    await lease[Symbol.asyncDispose]();
    throw error;
  }
}

/** People of the playground: two who may control campaigns, one in each language, and one who may not. */
const PERSONS: readonly Person[] = [
  { id: 1001, firstName: "Sara", username: "sara", languageCode: "en", role: "operator" },
  { id: 1002, firstName: "نیما", username: "nima", languageCode: "fa", role: "operator" },
  { id: 1003, firstName: "Robin", username: "robin", languageCode: "en", role: "stranger" },
];

async function startWith(config: Config, log: Log, lease: Lease): Promise<RunningPeyk> {
  const beforeWrite = (): void => lease.assertHeld();
  const stores = await openStores(config, log, beforeWrite);
  const channel = await openSimulatedPeople(config);
  const events = createEventHub((error) => log.error({ problem: String(error) }, "an event was not heard"));
  const channels = new Map([[channel.manifest.name, channel]]);
  const engine = new Engine({
    campaigns: stores.campaigns,
    ledgers: stores.ledgers,
    channels,
    clock: systemClock,
    random: Math.random,
    renderer: createRenderer,
    policy: defaultRetryPolicy,
    breakerPolicy: defaultBreakerPolicy,
    concurrency: CONCURRENCY,
    sendTimeoutMs: SEND_TIMEOUT_MS,
    emit: (event) => events.emit(event),
    log: { error: (message) => log.error(message) },
  });
  const app = createApp({
    engine,
    ...stores,
    channels,
    events,
    clock: systemClock,
    timeZone: config.timeZone,
    defaultCaps: { perDay: config.maxPerAccount },
    exportsFolder: join(config.dataDir, "exports"),
  });
  const telegram = await openTelegram(config);
  const bot = createPeykBot({
    ...telegram.access,
    ...(await openBotDocuments(config, beforeWrite)),
    app,
    defaultLocale: config.defaultLocale,
    timeZone: config.timeZone,
    uploadsDir: join(config.dataDir, "uploads"),
    clock: systemClock,
    sample: { listPath: SAMPLE_LIST, listName: "sample-list.csv" },
    log,
  });
  const done = bot.start();
  await engine.recover();
  return {
    ...(telegram.playground ? { pageUrl: telegram.playground.pageUrl } : {}),
    done,
    async stop() {
      await engine.stop(STOP_GRACE_MS);
      await bot.stop();
      for (const one of [telegram.playground, channel, stores.testSends, lease])
        await one?.[Symbol.asyncDispose]();
      return { isUnfinished: app.campaigns().some(({ status }) => status === "running") };
    },
  };
}

async function openStores(config: Config, log: Log, beforeWrite: () => void) {
  const dayOf = createDayOf(config.timeZone);
  const budget = new Budget(dayOf);
  const campaigns = await openCampaignStore(config.dataDir, {
    beforeWrite,
    onProblem: (error) => log.error(error.message),
  });
  const lists = await openListStore(config.dataDir);
  await lists.prune(systemClock.now() - KEEP_LISTS_MS);
  const testSends = await openTestSends(join(config.dataDir, "test-sends.jsonl"), budget, beforeWrite);
  const ledgers = createFileLedgerStore({
    folder: join(config.dataDir, "campaigns"),
    budget,
    beforeWrite,
    testSends,
    campaign: (id) => campaigns.get(id),
  });
  return { campaigns, lists, ledgers, testSends, dayOf };
}

/** The simulator with the population that `simulator.json` describes; its own record stands beside. */
async function openSimulatedPeople(config: Config) {
  const document = await openDocument(join(config.dataDir, "simulator.json"), {
    version: 1,
    schema: simulatorConfigSchema,
    initial: simulatorConfigSchema.parse({}),
  });
  await document.update((value) => value);
  const recordFile = join(config.dataDir, "simulator-record.jsonl");
  return openSimulator({ config: document.get(), recordFile, clock: systemClock });
}

/** Telegram itself when there is a token, else the playground. */
async function openTelegram(config: Config) {
  if (config.botToken !== undefined) {
    const access = {
      token: config.botToken,
      apiRoot: config.telegramApiRoot,
      operatorIds: config.operatorIds,
    };
    return { access, playground: undefined };
  }
  const folder = join(config.dataDir, "playground");
  await mkdir(folder, { recursive: true });
  const playground: Playground = await openPlayground({
    port: config.webPort,
    stateFile: join(folder, "world.jsonl"),
    persons: PERSONS,
    clock: systemClock,
    samples: [
      { name: "sample-list.csv", title: { en: "Sample list", fa: "فهرست نمونه" }, path: SAMPLE_LIST },
    ],
  });
  const operatorIds = PERSONS.filter(({ role }) => role === "operator").map(({ id }) => id);
  return { access: { token: playground.token, apiRoot: playground.apiRoot, operatorIds }, playground };
}

async function openBotDocuments(config: Config, beforeWrite: () => void) {
  const folder = join(config.dataDir, "bot");
  await mkdir(folder, { recursive: true });
  const open = <T>({ name, ...format }: DocumentDescription<T>): Promise<Document<T>> =>
    openDocument(join(folder, `${name}.json`), { ...format, beforeWrite });
  return {
    settings: await open(operatorSettingsDocument),
    progress: await open(progressDocument),
    conversations: await open(conversationsDocument),
    seenUpdates: await open(seenUpdatesDocument),
  };
}
