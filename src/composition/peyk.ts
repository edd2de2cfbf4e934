/** The running program: the core with the bot in front of it, in Telegram or, without a token, in the playground. */
import { onPort } from "./on-port.ts";
import { leaveLabelOf } from "./leave-label.ts";
import { createTelegramLane, laneLimit, laneName } from "../channels/telegram/lane.ts";
import type { Config } from "../config.ts";
import { operatorsOf } from "./operators.ts";
import type { CoreSettings } from "./core.ts";
import type { Core } from "./core-order.ts";
import { openCore } from "./core.ts";
import { systemClock } from "../lib/clock.ts";
import { listenLocally } from "../lib/pages/local-server.ts";
import { addressWithKey } from "../lib/pages/page-door.ts";
import type { Log } from "./log.ts";
import type { FrontStore, Sharing } from "./stores/stores.ts";
import { createFront } from "./front.ts";
import { openTalk } from "./talk.ts";
import { openPlaygroundHere } from "./open-playground.ts";
import type { Web } from "../web/web.ts";
import { createWeb } from "../web/web.ts";

export interface RunningPeyk {
  /** Address of the playground's chat page, with the key that opens it; absent when a real bot runs. */
  readonly pageUrl?: string;
  /** Address of the monitoring page, with the key that opens it. */
  readonly monitorUrl: string;
  /** What this process is called among those that share the database; absent where it is alone. */
  readonly worker?: string;
  /** Resolves when the bot has stopped by itself, and rejects when it was made to, e.g. by a second instance. */
  readonly done: Promise<void>;
  /** Resolves when it is to be stopped and started again: something waits for the stores to be closed. */
  readonly mustRestart: Promise<void>;
  /** Stops in order; answers whether a campaign is unfinished. */
  stop(): Promise<{ readonly isUnfinished: boolean }>;
}

/** The configuration, and what is known of the disk's room. */
export type PeykSettings = Config & Pick<CoreSettings, "disk" | "part">;

/** Starts Peyk. Throws when `data/` is in use by another process or can't be read, or the port is taken. */
export async function startPeyk(config: PeykSettings, log: Log): Promise<RunningPeyk> {
  // The playground keeps its world in the data folder, so the core opens it once that is ours.
  let opening: Promise<Telegram> | undefined;
  const late = createLatePages();
  const warn = (text: string): void => log.warn(text);
  const openTelegram = (front: Around["front"], sharing?: Around["sharing"]): Promise<Telegram> =>
    (opening ??= telegramOf(config, late, { front, sharing, warn }));
  let core: Core | undefined;
  let pages: Pages | undefined;
  try {
    core = await openCore(
      {
        ...config,
        operatorIds: operatorsOf(config),
        openTelegram: async (front, sharing) => (await openTelegram(front, sharing)).access,
      },
      log,
    );
    const telegram = await openTelegram(core.front);
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
  const key = playground?.key ?? (await core.front.pageKey());
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

interface Behind {
  readonly core: Core;
  readonly telegram: Telegram;
  readonly pages: Pages;
}

async function startFront(
  config: Config,
  log: Log,
  { core, telegram: { access, playground }, pages }: Behind,
): Promise<RunningPeyk> {
  const parts = { core, access, clock: systemClock, isPublic: playground === undefined };
  const front = createFront({ open: () => openTalk(config, log, parts), clock: systemClock, log });
  await core.holdChat(front);
  await core.recover();
  return {
    ...(playground ? { pageUrl: playground.pageUrl } : {}),
    monitorUrl: pages.monitorUrl,
    ...(core.worker === undefined ? {} : { worker: core.worker }),
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

interface Around {
  readonly front: Pick<FrontStore, "pageKey">;
  /** With whom a token is shared; absent: nobody. */
  readonly sharing: Pick<Sharing, "places"> | undefined;
  readonly warn: (text: string) => void;
}

type Telegram = Awaited<ReturnType<typeof telegramOf>>;

/** Telegram itself when there is a token, else the playground. */
async function telegramOf(config: Config, late: LatePages, { front, sharing, warn }: Around) {
  const { botToken: token, telegramApiRoot: apiRoot, telegramPaidBroadcast: isPaid } = config;
  // The playground is a server of this process alone.
  const places = token === undefined ? undefined : sharing?.places(laneName(token), laneLimit(isPaid));
  const lane = createTelegramLane({ clock: systemClock, isPaid, warn, places });
  const shared = { isPaid, lane, ...leaveLabelOf(config) };
  if (token !== undefined) return { access: { token, apiRoot, ...shared }, playground: undefined };
  const beside = late.answer;
  const key = await front.pageKey();
  const playground = await openPlaygroundHere(config, { clock: systemClock, key, beside });
  const access = { token: playground.token, apiRoot: playground.apiRoot, ...shared };
  return { access, playground };
}
