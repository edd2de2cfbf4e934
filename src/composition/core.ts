/**
 * Puts together what every front end stands on: lease, stores, channels, engine and use cases. Owns the order in which
 * they start and stop: nobody sends before the lease is held, and nothing closes before what is in flight has settled.
 */
import type { App } from "../app/app.ts";
import type { EventHub } from "../app/event-hub.ts";
import { createEventHub } from "../app/event-hub.ts";
import { teamOf } from "./open-team.ts";
import { createApp } from "../app/create-app.ts";
import { createRenderer } from "../app/drafts/renderer.ts";
import type { CollectorLog } from "../collector/save-retries.ts";
import { defaultBreakerPolicy } from "../domain/accounts/breaker.ts";
import type { Actor } from "../domain/history/actor.ts";
import type { CampaignId } from "../domain/campaign.ts";
import { defaultRetryPolicy } from "../domain/verdict.ts";
import { createStopTest, defaultStopWords } from "../domain/people/stop-words.ts";
import type { EngineParts } from "../engine/engine-parts.ts";
import { Amender } from "../engine/amending/amender.ts";
import { Engine } from "../engine/engine.ts";
import type { Hearing } from "../engine/answers/hearing.ts";
import type { Replier } from "../engine/answers/replier.ts";
import type { FollowUpWatch } from "../app/follow-ups/follow-up-watch.ts";
import { openFollowUps } from "./open-follow-ups.ts";
import { openHeardAnswers, openReplier } from "./open-answers.ts";
import { RoomWatch } from "../engine/room-watch.ts";
import { ReplyWatch } from "../engine/answers/reply-watch.ts";
import { systemClock } from "../lib/clock.ts";
import { troubleAbout } from "../lib/trouble.ts";
import { FullDisk, hasRoom } from "../lib/files/full-disk.ts";
import { openListReader } from "../lists/reader/open-list-reader.ts";
import type { Welcoming } from "../app/welcome/welcome.ts";
import { createWelcoming } from "../app/welcome/welcoming.ts";
import { drawGrowth } from "../pictures/draw-growth.ts";
import { drawReport } from "../pictures/draw-report.ts";
import { makeBackup } from "../storage/files/backup/make-backup.ts";
import { openDataFolder } from "../storage/files/folder/data-folder.ts";
import type { CollectingSettings } from "./open-collecting.ts";
import { openCollecting } from "./open-collecting.ts";
import type { ChannelSettings, TelegramAccess } from "./open-channels.ts";
import { openChannels } from "./open-channels.ts";
import type { SendWindow } from "../domain/when/send-window.ts";
import { openWhen } from "./open-when.ts";
import type { OpenErasing } from "./open-erasing.ts";
import { openErasing } from "./open-erasing.ts";
import { hearChanges } from "./hear-changes.ts";
import { openRequests } from "./owner-requests.ts";
import { openStores } from "./open-stores.ts";
import type { SyncControlSettings } from "./open-sync.ts";
import { openSyncControl } from "./open-sync.ts";
import type { Lease } from "../storage/files/folder/lease.ts";
import { openLease } from "../storage/files/folder/lease.ts";

/** The settings that the core goes by; the whole configuration fits. */
export interface CoreSettings
  extends Omit<ChannelSettings, "telegram">, CollectingSettings, SyncControlSettings {
  /** IANA name. */
  readonly timeZone: string;
  /** The send window of a campaign that is given none; absent: none. */
  readonly sendWindow?: SendWindow;
  /** Messages an account may send a day unless the operator says otherwise. */
  readonly maxPerAccount: number;
  /** Sends in flight at most, for each campaign. */
  readonly concurrency?: number;
  /** True: campaigns can be looked at and decided on, and nothing is sent. */
  readonly isAtRest?: boolean;
  /** Whoever answers one of these is written to no more; absent: those Peyk knows. */
  readonly stopWords?: readonly string[];
  /** The first is the owner, who hears of campaigns that no operator started; absent: nobody controls anything in a chat. */
  readonly operatorIds?: readonly number[];
  /** In whose name deeds are recorded where nobody is named; absent: Peyk's own. */
  readonly actor?: Actor;
  /** What is known of the disk's room; shared with whoever writes the log. */
  readonly disk?: FullDisk;
  /** Opens the bot that may be sent through, once `data/` is ours; absent: nothing goes through Telegram. */
  readonly openTelegram?: () => Promise<TelegramAccess>;
}

/** Where the core reports what no operator asked about. */
export type CoreLog = CollectorLog;

export interface Core {
  readonly app: App;
  /** For documents of a front end: throws when this process may write no more. */
  readonly beforeWrite: () => void;
  /** Resolves when somebody is to be erased, which is done while nothing is open: whoever can is to close and open again. */
  readonly mustReopen: Promise<void>;
  /** Does what other processes ask, until it is closed, but sends nothing for them; `recover` begins that too. */
  serve(): void;
  /** Takes up what was unfinished when the last process ended: all of it, or only the campaigns that `goesOn` says. */
  recover(goesOn?: (id: CampaignId) => boolean): Promise<void>;
  /**
   * Stops in order and lets go of `data/`; answers whether a campaign is unfinished.
   * @param silence Ends what may still be told to the stores, which stay open until then: nobody's /stop is lost
   */
  close(silence?: () => Promise<void>): Promise<{ readonly isUnfinished: boolean }>;
}

/** Enough sends in flight to hide the latency of a real service. */
const CONCURRENCY = 32;

/** How long a send may take before it counts as unanswered, in ms. */
const SEND_TIMEOUT_MS = 60_000;

/** How long a stop waits for what is in flight, in ms. */
const STOP_GRACE_MS = 10_000;

/** Opens the core. Throws when `data/` is in use by another process or can't be read. */
export async function openCore(settings: CoreSettings, log: CoreLog): Promise<Core> {
  await openDataFolder(settings.dataDir);
  const lease = await openLease(settings.dataDir, systemClock, (error) => log.error(error));
  try {
    return await openWith(settings, log, lease);
  } catch (error) {
    await lease[Symbol.asyncDispose]();
    throw error;
  }
}

async function openWith(settings: CoreSettings, log: CoreLog, lease: Lease): Promise<Core> {
  const beforeWrite = (): void => lease.assertHeld();
  const erasing = await openErasing(settings, lease, { log, clock: systemClock });
  await erasing.carryOut();
  const stores = await openStores(settings, log, lease, erasing.store);
  const given = { clock: systemClock, log, beforeWrite };
  const channelParts = { ...given, ...stores, settings: await channelSettings(settings) };
  const opened = await openChannels(channelParts);
  const events = createEventHub(stores.events, (error) =>
    log.error(`an event was not heard: ${String(error)}`),
  );
  const isStop = createStopTest(settings.stopWords ?? defaultStopWords);
  const emit: EventHub["emit"] = (event) => events.emit(event);
  const { channels } = opened;
  const heard = {
    ...stores,
    answers: openHeardAnswers({ ...stores, ...given, channels, emit }),
    channels,
    log,
  };
  const replies = new ReplyWatch({ ...heard, isStop, clock: systemClock, emit });
  const parts = { ...heard, events, beforeWrite };
  const engine = createEngine(settings, { ...parts, hearing: replies });
  const replier = openReplier({ ...heard, clock: systemClock, engine });
  const tools = { renderer: createRenderer, clock: systemClock, random: Math.random };
  const amender = new Amender({ ...heard, ...tools, emit });
  const collecting = await openCollecting({ settings, ...given });
  const sync = await openSyncControl(settings, { suppression: stores.suppression, beforeWrite, log });
  const reader = openListReader();
  const welcoming = openWelcoming(stores, engine, log);
  const app = createApp({
    engine,
    welcoming,
    amender,
    reader,
    sync,
    ...collecting,
    ...heard,
    replier,
    events,
    isStop,
    clock: systemClock,
    team: await teamOf(settings, stores, systemClock),
    actor: settings.actor ?? { kind: "peyk" },
    ...openWhen(settings),
    defaultCaps: { perDay: settings.maxPerAccount },
    draw: drawReport,
    drawGrowth,
    backup: () => makeBackup(settings.dataDir, systemClock.now()),
    erasing: erasing.store,
  });
  const followUps = openFollowUps({ ...heard, engine, clock: systemClock });
  const room = watchRoom(settings, engine, log);
  const requests = openRequests({ ...parts, dataDir: settings.dataDir, app });
  const unhear = hearChanges(events, engine);
  const at = { settings, erasing, stores, opened, lease, reader, sync, room, requests, replies, welcoming };
  return inOrder({ ...at, unhear, replier, followUps, amender, app, engine, collecting, beforeWrite });
}

function openWelcoming(stores: Awaited<ReturnType<typeof openStores>>, engine: Engine, log: CoreLog) {
  return createWelcoming({
    ...stores,
    engine,
    clock: systemClock,
    onProblem: (error) => log.error(troubleAbout("welcome", error)),
  });
}

interface Running {
  readonly app: App;
  readonly beforeWrite: () => void;
  /** Ends the hearing of changes. */
  readonly unhear: () => Promise<void>;
  readonly settings: CoreSettings;
  readonly stores: Awaited<ReturnType<typeof openStores>>;
  readonly opened: AsyncDisposable;
  readonly lease: Lease;
  readonly erasing: OpenErasing;
  readonly engine: Engine;
  readonly amender: Amender;
  readonly replier: Replier;
  readonly followUps: FollowUpWatch;
  readonly collecting: Awaited<ReturnType<typeof openCollecting>>;
  readonly reader: AsyncDisposable;
  readonly sync: Awaited<ReturnType<typeof openSyncControl>>;
  readonly room: RoomWatch;
  readonly requests: ReturnType<typeof openRequests>;
  readonly replies: ReplyWatch;
  readonly welcoming: Welcoming;
}

/** The order in which all of it takes up its work, and in which it stops. */
function inOrder(running: Running): Core {
  const { app, beforeWrite, settings, stores, opened, lease } = running;
  const { engine, amender, replier, followUps, collecting, reader } = running;
  const { sync, room, requests, replies, welcoming } = running;
  return {
    app,
    beforeWrite,
    mustReopen: running.erasing.store.isWanted,
    serve: () => requests.start("what it began"),
    async recover(goesOn) {
      await engine.recover(goesOn);
      requests.start(goesOn ? "what it began" : "everything");
      if (!settings.isAtRest) replies.start();
      if (goesOn) return;
      await collecting.collector.recover();
      if (!settings.isAtRest) await replier.start();
      if (!settings.isAtRest) followUps.start();
      if (!settings.isAtRest) await amender.recover((await stores.campaigns.all()).map(({ id }) => id));
      sync.begin();
      await stores.webhookRunner.start();
      room.start();
      welcoming.start();
    },
    async close(silence) {
      const watching = [followUps, welcoming, replier, requests, room].map((one) => one.stop());
      const closing = [...watching, amender.close()];
      await Promise.all([running.unhear(), ...closing]);
      await reader[Symbol.asyncDispose]();
      const stopping = [engine.stop(STOP_GRACE_MS), collecting.close(STOP_GRACE_MS)];
      await Promise.all([replies.stop(STOP_GRACE_MS), ...stopping]);
      await silence?.();
      for (const one of [sync, opened, ...stores.held]) await one[Symbol.asyncDispose]();
      const isUnfinished = (await app.campaigns()).some(({ status }) => status === "running");
      await running.erasing.carryOut();
      await lease[Symbol.asyncDispose]();
      return { isUnfinished };
    },
  };
}

function watchRoom(
  { dataDir, disk = new FullDisk() }: CoreSettings,
  engine: Engine,
  log: CoreLog,
): RoomWatch {
  return new RoomWatch({ disk, clock: systemClock, hasRoom: () => hasRoom(dataDir), engine, log });
}

type OpenedParts = Required<Pick<EngineParts, "campaigns" | "ledgers" | "accounts" | "channels" | "log">> & {
  readonly events: EventHub;
  readonly hearing: Hearing;
};

function createEngine(
  settings: CoreSettings,
  { campaigns, ledgers, accounts, channels, log, events, hearing }: OpenedParts,
): Engine {
  return new Engine({
    campaigns,
    ledgers,
    accounts,
    channels,
    clock: systemClock,
    random: Math.random,
    renderer: createRenderer,
    policy: defaultRetryPolicy,
    breakerPolicy: defaultBreakerPolicy,
    concurrency: settings.concurrency ?? CONCURRENCY,
    sendTimeoutMs: SEND_TIMEOUT_MS,
    hearing,
    isAtRest: settings.isAtRest ?? false,
    emit: (event) => events.emit(event),
    log,
  });
}

async function channelSettings({ openTelegram, ...settings }: CoreSettings): Promise<ChannelSettings> {
  return openTelegram ? { ...settings, telegram: await openTelegram() } : settings;
}
