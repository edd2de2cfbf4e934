/**
 * Puts together what every front end stands on: lease, stores, channels, engine and use cases. Owns the order in which
 * they start and stop: nobody sends before the lease is held, and nothing closes before what is in flight has settled.
 */
import type { EventHub } from "../app/event-hub.ts";
import { WebhookRunner } from "../app/hooks/webhook-runner.ts";
import { createDayOf } from "../domain/accounts/calendar-day.ts";
import { createEventHub } from "../app/event-hub.ts";
import { teamOf } from "./open-team.ts";
import { createApp } from "../app/create-app.ts";
import { createRenderer } from "../app/drafts/renderer.ts";
import type { CollectorLog } from "../collector/save-retries.ts";
import type { Actor } from "../domain/history/actor.ts";
import { createStopTest, defaultStopWords } from "../domain/people/stop-words.ts";
import { Amender } from "../engine/amending/amender.ts";
import type { Engine } from "../engine/engine.ts";
import { openEngine } from "./open-engine.ts";
import { openFollowUps } from "./open-follow-ups.ts";
import { listedAs } from "../app/people/listed.ts";
import { openHeardAnswers, openReplier } from "./open-answers.ts";
import { LookAround } from "../engine/look-around.ts";
import { RoomWatch } from "../engine/room-watch.ts";
import { ReplyWatch } from "../engine/answers/reply-watch.ts";
import { systemClock } from "../lib/clock.ts";
import type { Opened } from "../lib/opened.ts";
import { openTogether } from "../lib/opened.ts";
import { troubleAbout } from "../lib/trouble.ts";
import { FullDisk, hasRoom } from "../lib/files/full-disk.ts";
import { openSentBy, readerOf } from "./sent-lists.ts";
import { openListReader } from "../lists/reader/open-list-reader.ts";
import { createWelcoming } from "../app/welcome/welcoming.ts";
import { drawGrowth } from "../pictures/draw-growth.ts";
import { drawReport } from "../pictures/draw-report.ts";
import { openDataFolder } from "../storage/files/folder/data-folder.ts";
import type { CollectingSettings } from "./open-collecting.ts";
import { openCollecting } from "./open-collecting.ts";
import type { ChannelSettings, OpenChannels, TelegramAccess } from "./open-channels.ts";
import { openChannels } from "./open-channels.ts";
import type { SendWindow } from "../domain/when/send-window.ts";
import { openWhen } from "./open-when.ts";
import { hearChanges, hearRequests } from "./hear-changes.ts";
import { openRequests } from "./owner-requests.ts";
import { openStorage } from "./stores/open-storage.ts";
import type { FrontStore, OpenStores, Sharing, Storage, StorageSettings } from "./stores/stores.ts";
import type { Core, Running } from "./core-order.ts";
import { inOrder } from "./core-order.ts";

/** The settings that the core goes by; the whole configuration fits. */
export interface CoreSettings extends Omit<ChannelSettings, "telegram">, CollectingSettings, StorageSettings {
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
  /** Opens the bot that may be sent through, once what is kept is open; absent: nothing goes through Telegram. */
  readonly openTelegram?: (
    front: Pick<FrontStore, "pageKey">,
    sharing?: Pick<Sharing, "places">,
  ) => Promise<TelegramAccess>;
}

/** Where the core reports what no operator asked about. */
export type CoreLog = CollectorLog;

/** Opens the core. Throws when what is kept is in use by another process or can't be read. */
export async function openCore(settings: CoreSettings, log: CoreLog): Promise<Core> {
  await openDataFolder(settings.dataDir, settings.store);
  return openTogether(async (opened) => {
    const storage = opened.hold(await openStorage(settings, { clock: systemClock, log }));
    opened.hold(storage.held);
    return await openOn(storage, settings, { log, opened });
  });
}

interface Beginning {
  readonly log: CoreLog;
  /** Closes what is open when the rest can't be opened. */
  readonly opened: Opened;
}

/** All that can fail to open: what is composed of it can't. */
async function openOn(storage: Storage, settings: CoreSettings, { log, opened }: Beginning): Promise<Core> {
  const { stores, beforeWrite, sharing } = storage;
  const given = { clock: systemClock, log, beforeWrite };
  const places = sharing?.places;
  const channelParts = { ...given, ...stores, places, settings: await channelSettings(settings, storage) };
  const channels = opened.hold(await openChannels(channelParts));
  const collecting = opened.hold(
    await openCollecting({ settings, ...given, ...stores, away: sharing?.away }),
  );
  const reader = opened.hold(readerOf(openListReader(), storage.front.sent));
  const team = await teamOf(settings, stores, systemClock);
  return compose(settings, { storage, opened: channels, collecting, reader, team, log });
}

type Open = Pick<Running, "storage" | "collecting" | "reader"> & {
  readonly opened: OpenChannels;
  readonly team: Awaited<ReturnType<typeof teamOf>>;
  readonly log: CoreLog;
};

function compose(settings: CoreSettings, { log, team, ...open }: Open): Core {
  const { storage, opened, collecting, reader } = open;
  const { stores, beforeWrite, sharing } = storage;
  const { channels } = opened;
  const events = openEvents(storage, log);
  const isStop = createStopTest(settings.stopWords ?? defaultStopWords);
  const emit: EventHub["emit"] = (event) => events.emit(event);
  const given = { clock: systemClock, log, beforeWrite };
  const answers = openHeardAnswers({ ...stores, ...given, channels, emit });
  const heard = { ...stores, answers, channels, log };
  const replies = new ReplyWatch({ ...heard, isStop, clock: systemClock, emit });
  const parts = { ...heard, events, beforeWrite };
  const hearing = { feed: stores.events, clock: systemClock, hearing: replies };
  const { engine, catchUp } = openEngine(settings, { ...parts, ...hearing, ...sharing });
  const replier = openReplier({ ...heard, clock: systemClock, engine });
  const webhookRunner = storage.held.hold(openWebhookRunner(stores, log));
  const tools = { renderer: createRenderer, clock: systemClock, random: Math.random };
  // Only what the bot sent can be mended.
  const suppression = { reasonFor: (name: string) => listedAs(stores, "telegram", name) };
  const amender = new Amender({ ...heard, ...tools, suppression, emit });
  const welcoming = openWelcoming(stores, engine, log);
  const app = createApp({
    engine,
    welcoming,
    amender,
    reader,
    openSent: openSentBy(storage.front.sent),
    ...collecting,
    ...heard,
    replier,
    events,
    feed: stores.events,
    webhookRunner,
    isStop,
    clock: systemClock,
    team,
    ...ofStorage(storage),
    ...ofSettings(settings),
  });
  const followUps = openFollowUps({ ...heard, engine, clock: systemClock });
  const room = watchRoom(settings, engine, log);
  const requests = openRequests({ ...parts, box: storage.requests, app });
  const unhear = [hearChanges(events, engine, sharing), ...(sharing ? [hearRequests(collecting)] : [])];
  const around = sharing && lookingAround({ engine, webhookRunner, log });
  const working = {
    app,
    engine,
    amender,
    replier,
    replies,
    welcoming,
    followUps,
    room,
    requests,
    unhear: async () => void (await Promise.all(unhear.map((one) => one()))),
    webhookRunner,
    around,
  };
  return inOrder({ settings, ...open, ...working, catchUp });
}

function openEvents({ stores, sharing }: Storage, log: CoreLog): EventHub {
  const onError = (error: unknown): void => log.error(`an event was not heard: ${String(error)}`);
  return createEventHub(stores.events, onError, sharing?.away);
}

function ofStorage({ sync, erasing, putBack, backup, sharing }: Storage) {
  const shared = sharing && { away: sharing.away, duties: sharing.duties };
  return { sync, erasing: erasing.store, backup, ...(putBack ? { putBack } : {}), ...shared };
}

function ofSettings(settings: CoreSettings) {
  return {
    actor: settings.actor ?? { kind: "peyk" as const },
    ...openWhen(settings),
    dayOf: createDayOf(settings.timeZone),
    defaultCaps: { perDay: settings.maxPerAccount },
    draw: drawReport,
    drawGrowth,
  };
}

function openWebhookRunner({ webhookStore, events: feed }: OpenStores, log: CoreLog): WebhookRunner {
  return new WebhookRunner({ webhookStore, feed, clock: systemClock, random: Math.random, log });
}

function openWelcoming(stores: OpenStores, engine: Engine, log: CoreLog) {
  return createWelcoming({
    ...stores,
    engine,
    clock: systemClock,
    onProblem: (error) => log.error(troubleAbout("welcome", error)),
  });
}

function lookingAround({
  engine,
  webhookRunner,
  log,
}: Pick<Running, "engine" | "webhookRunner"> & { readonly log: CoreLog }): LookAround {
  const lookAround = async (): Promise<void> => {
    await engine.lookAround();
    await webhookRunner.lookAround();
  };
  return new LookAround({ clock: systemClock, engine: { lookAround }, log });
}

function watchRoom(
  { dataDir, disk = new FullDisk() }: CoreSettings,
  engine: Engine,
  log: CoreLog,
): RoomWatch {
  return new RoomWatch({ disk, clock: systemClock, hasRoom: () => hasRoom(dataDir), engine, log });
}

async function channelSettings(
  { openTelegram, ...settings }: CoreSettings,
  { front, sharing }: Pick<Storage, "front" | "sharing">,
): Promise<ChannelSettings> {
  return openTelegram ? { ...settings, telegram: await openTelegram(front, sharing) } : settings;
}
