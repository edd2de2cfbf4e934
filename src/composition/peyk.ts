/** The running program: the core with the bot in front of it, in Telegram or, without a token, in the playground. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Update } from "grammy/types";
import { createPeykBot } from "../bot/bot.ts";
import type { DocumentDescription } from "../bot/documents.ts";
import {
  alertsDocument,
  toldAnswersDocument,
  draftsDocument,
  savedTextsDocument,
  conversationsDocument,
  operatorSettingsDocument,
  leadMessagesDocument,
  heardDocument,
  progressDocument,
  seenUpdatesDocument,
} from "../bot/documents.ts";
import { openUpdateSpool } from "../bot/intake/spool-file.ts";
import { onPort } from "./on-port.ts";
import { leaveLabelOf } from "./leave-label.ts";
import { createTelegramLane } from "../channels/telegram/lane.ts";
import type { Config } from "../config.ts";
import { PERSONS, operatorsOf } from "./operators.ts";
import type { CoreSettings } from "./core.ts";
import type { Core } from "./core-order.ts";
import { openCore } from "./core.ts";
import { openAppendLog } from "../lib/log/append-log.ts";
import { keptAside } from "../lib/trouble.ts";
import { keepMade } from "../lib/files/made-file.ts";
import { systemClock } from "../lib/clock.ts";
import { listenLocally } from "../lib/pages/local-server.ts";
import { addressWithKey } from "../lib/pages/page-door.ts";
import { createFolder } from "../lib/files/sync-folder.ts";
import { openPageKey } from "../lib/pages/page-key.ts";
import type { Document } from "../lib/files/document.ts";
import { openDocument } from "../lib/files/document.ts";
import type { Log } from "./log.ts";
import type { Playground } from "../playground/playground.ts";
import type { Work } from "./works.ts";
import { openPlayground } from "../playground/playground.ts";
import { sampleContents } from "../playground/world/sample-names.ts";
import type { Web } from "../web/web.ts";
import { createWeb } from "../web/web.ts";

export interface RunningPeyk {
  /** Address of the playground's chat page, with the key that opens it; absent when a real bot runs. */
  readonly pageUrl?: string;
  /** Address of the monitoring page, with the key that opens it. */
  readonly monitorUrl: string;
  /** Resolves when the bot has stopped by itself, and rejects when it was made to, e.g. by a second instance. */
  readonly done: Promise<void>;
  /** Resolves when it is to be stopped and started again: something waits for the stores to be closed. */
  readonly mustRestart: Promise<void>;
  /** Stops in order; answers whether a campaign is unfinished. */
  stop(): Promise<{ readonly isUnfinished: boolean }>;
}

const SAMPLE_LIST = fileURLToPath(new URL("../../public/playground/sample-list.csv", import.meta.url));

/** The configuration, and what is known of the disk's room. */
export type PeykSettings = Config & Pick<CoreSettings, "disk">;

/** Starts Peyk. Throws when `data/` is in use by another process or can't be read, or the port is taken. */
export async function startPeyk(config: PeykSettings, log: Log): Promise<RunningPeyk> {
  // The playground keeps its world in the data folder, so the core opens it once that is ours.
  let opening: Promise<Telegram> | undefined;
  const late = createLatePages();
  const openTelegram = (): Promise<Telegram> =>
    (opening ??= telegramOf(config, late, (text) => log.warn(text)));
  let core: Core | undefined;
  let pages: Pages | undefined;
  try {
    core = await openCore(
      {
        ...config,
        operatorIds: operatorsOf(config),
        openTelegram: async () => (await openTelegram()).access,
      },
      log,
    );
    const telegram = await openTelegram();
    pages = await openPages(config, { core, telegram, late });
    return await startFront(config, log, { core, telegram, pages });
  } catch (error) {
    await pages?.close();
    await core?.close();
    await (await opening?.catch(() => undefined))?.playground?.[Symbol.asyncDispose]();
    throw error;
  }
}

/** Pages on the playground's port, which listens before there is anything to show. */
interface LatePages {
  pages: Web | undefined;
  readonly answer: (request: Request) => Promise<Response> | undefined;
}

function createLatePages(): LatePages {
  const late: LatePages = { pages: undefined, answer: (request) => late.pages?.fetch(request) };
  return late;
}

interface Pages {
  readonly monitorUrl: string;
  close(): Promise<void>;
}

/** Opens the pages: on the playground's port where there is one, else on a port of their own. */
async function openPages(
  config: Config,
  { core, telegram: { playground }, late }: Omit<Behind, "pages"> & { readonly late: LatePages },
): Promise<Pages> {
  const key = playground?.key ?? (await openPageKey(pageKeyFile(config)));
  const web = createWeb({
    app: core.app,
    clock: systemClock,
    timeZone: config.timeZone,
    defaultLocale: config.defaultLocale,
    hasChat: playground !== undefined,
    key,
    assertHeld: core.beforeWrite,
    withProcessMetrics: true,
  });
  if (playground) late.pages = web;
  const server = playground
    ? undefined
    : await onPort(config, (port) => listenLocally((request) => web.fetch(request), port));
  return {
    monitorUrl: addressWithKey(`${server?.address ?? playground?.apiRoot}/monitor`, key),
    async close() {
      late.pages = undefined;
      web[Symbol.dispose]();
      await server?.close();
    },
  };
}

/** Where the key of the pages is kept, so that bookmarks and open pages outlive a restart. */
function pageKeyFile({ dataDir }: Config): string {
  return join(dataDir, "page-key");
}

interface Behind {
  readonly core: Core;
  readonly telegram: Telegram;
  readonly pages: Pages;
}

async function startFront(config: Config, log: Log, behind: Behind): Promise<RunningPeyk> {
  const {
    core,
    telegram: { playground },
    pages,
  } = behind;
  const front = createFront(config, log, behind);
  await core.holdChat(front);
  await core.recover();
  return {
    ...(playground ? { pageUrl: playground.pageUrl } : {}),
    monitorUrl: pages.monitorUrl,
    done: front.done,
    mustRestart: core.mustReopen,
    async stop() {
      await pages.close();
      const outcome = await core.close(async () => front.end());
      await playground?.[Symbol.asyncDispose]();
      return outcome;
    },
  };
}

interface Front extends Work {
  /** Resolves when the bot has stopped by itself, and rejects when it was made to. */
  readonly done: Promise<void>;
}

/** The bot, made anew each time that the chat is this process's to hold. */
function createFront(config: Config, log: Log, { core, telegram: { access, playground } }: Behind): Front {
  let end: (() => Promise<void>) | undefined;
  let [stopped, failed] = [(): void => undefined, (_error: unknown): void => undefined];
  const done = new Promise<void>((resolve, reject) => ([stopped, failed] = [resolve, reject]));
  return {
    done,
    async begin() {
      const documents = await openBotDocuments(config, log, core);
      const bot = createPeykBot({
        ...access,
        isPublic: playground === undefined,
        ...documents,
        app: core.app,
        defaultLocale: config.defaultLocale,
        timeZone: config.timeZone,
        uploadsDir: join(config.dataDir, "uploads"),
        keepFile: (file) => keepMade(file, join(config.dataDir, "exports")),
        clock: systemClock,
        sample: { listPath: SAMPLE_LIST, listName: "sample-list.csv" },
        log,
      });
      end = async () => {
        end = undefined;
        await bot.stop();
        await documents.spool[Symbol.asyncDispose]();
      };
      await bot.bindLeftOver();
      bot.start().then(() => end && stopped(), failed);
    },
    async end() {
      await end?.();
    },
  };
}

type Telegram = Awaited<ReturnType<typeof telegramOf>>;

/** Telegram itself when there is a token, else the playground. */
async function telegramOf(config: Config, { answer }: LatePages, warn: (text: string) => void) {
  const { botToken: token, telegramApiRoot: apiRoot, telegramPaidBroadcast: isPaid } = config;
  const lane = createTelegramLane({ clock: systemClock, isPaid, warn });
  const shared = { isPaid, lane, ...leaveLabelOf(config) };
  if (token !== undefined) return { access: { token, apiRoot, ...shared }, playground: undefined };
  const playground = await openPlaygroundFor(config, answer);
  const access = { token: playground.token, apiRoot: playground.apiRoot, ...shared };
  return { access, playground };
}

async function openPlaygroundFor(config: Config, beside: LatePages["answer"]): Promise<Playground> {
  const folder = join(config.dataDir, "playground");
  await createFolder(folder);
  const title = { en: "Sample list", fa: "فهرست نمونه" };
  const key = await openPageKey(pageKeyFile(config));
  return onPort(config, (port) =>
    openPlayground({
      port,
      stateFile: join(folder, "world.jsonl"),
      persons: PERSONS,
      key,
      clock: systemClock,
      samples: [
        { name: "sample-list.csv", title, path: SAMPLE_LIST },
        ...sampleContents.map((one) => ({ ...one, content: one.name })),
      ],
      beside,
    }),
  );
}

/** What the bot remembers. None of it decides who is written to, so a broken file is set aside and begun anew. */
async function openBotDocuments({ dataDir }: Config, log: Log, { beforeWrite }: Core) {
  const folder = join(dataDir, "bot");
  await createFolder(folder);
  const open = <T>({ name, ...format }: DocumentDescription<T>): Promise<Document<T>> =>
    openDocument(join(folder, `${name}.json`), {
      ...format,
      beforeWrite,
      onSetAside: (problem) => log.error(problem),
    });
  return {
    settings: await open(operatorSettingsDocument),
    progress: await open(progressDocument),
    heard: await open(heardDocument),
    leadMessages: await open(leadMessagesDocument),
    alerts: await open(alertsDocument),
    toldAnswers: await open(toldAnswersDocument),
    drafts: await open(draftsDocument),
    texts: await open(savedTextsDocument),
    conversations: await open(conversationsDocument),
    ...(await openSpool(folder, log, { beforeWrite, seen: (await open(seenUpdatesDocument)).get() })),
  };
}

interface SpoolPlace {
  readonly beforeWrite: () => void;
  /** Ids that an earlier version remembered. */
  readonly seen: readonly number[];
}

/** What Telegram gave, until it is handled; and what is not handled any more. */
async function openSpool(folder: string, log: Log, { beforeWrite, seen }: SpoolPlace) {
  const spool = await openUpdateSpool(join(folder, "updates.jsonl"), {
    beforeWrite,
    alreadyHandled: seen,
    onSetAside: (error, keptAs) => log.error(keptAside(error, keptAs)),
  });
  const asidePath = join(folder, "updates-set-aside.jsonl");
  const keepAside = async (update: Update): Promise<string> => {
    await using aside = await openAppendLog(asidePath, { beforeWrite });
    await aside.append(JSON.stringify({ at: systemClock.now(), update }));
    return asidePath;
  };
  return { spool, keepAside };
}
