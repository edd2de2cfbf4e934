/** The order in which what the core is made of takes up its work, and in which it stops. */
import type { App } from "../app/app.ts";
import type { FollowUpWatch } from "../app/follow-ups/follow-up-watch.ts";
import type { CatchUp } from "../app/hooks/catch-up.ts";
import type { Welcoming } from "../app/welcome/welcome.ts";
import type { CampaignId } from "../domain/campaign.ts";
import type { Amender } from "../engine/amending/amender.ts";
import type { Replier } from "../engine/answers/replier.ts";
import type { ReplyWatch } from "../engine/answers/reply-watch.ts";
import type { Engine } from "../engine/engine.ts";
import type { LookAround } from "../engine/look-around.ts";
import type { RoomWatch } from "../engine/room-watch.ts";
import { allWhateverFails, eachWhateverFails } from "../lib/whatever-fails.ts";
import type { ListReader } from "../lists/list-reader.ts";
import { passingAtWork } from "../storage/ports/away.ts";
import type { OpenCollecting } from "./open-collecting.ts";
import type { WebhookRunner } from "../app/hooks/webhook-runner.ts";
import type { FrontStore, Storage } from "./stores/stores.ts";
import type { openRequests } from "./owner-requests.ts";
import type { Work } from "./works.ts";
import { Works } from "./works.ts";

export interface Core {
  readonly app: App;
  /** Throws when this process may write no more. */
  readonly beforeWrite: () => void;
  readonly front: FrontStore;
  /** What this process is called among those that share what is kept; absent where it is alone. */
  readonly worker?: string;
  /** Resolves when something is only done while nothing is open: whoever can is to close and open again. */
  readonly mustReopen: Promise<void>;
  /** Does what other processes ask, until it is closed, but sends nothing for them; `recover` begins that too. */
  serve(): void;
  /** Takes up what was unfinished when the last process ended: all of it, or only the campaigns that `goesOn` says. */
  recover(goesOn?: (id: CampaignId) => boolean): Promise<void>;
  /**
   * What speaks with operators: begun at once where this process is alone, else while it is this one's to do, and with it
   * whatever the operators steer.
   */
  holdChat(front: Work): Promise<void>;
  /**
   * Makes ready for a word to one person from a process that sends no campaign: what the accounts used up is counted, and
   * who said stop meanwhile is heard, where that can be read.
   */
  readyToReply(): Promise<void>;
  /**
   * Makes ready to collect in a process that came for nothing else. Where others share what is kept it does so, for whoever
   * asked, as long as none of them does.
   */
  readyToCollect(): Promise<void>;
  /**
   * Stops in order and lets go of what is kept; answers whether a campaign is unfinished.
   * @param silence Ends what may still be told to the stores, which stay open until then: nobody's /stop is lost
   */
  close(silence?: () => Promise<void>): Promise<{ readonly isUnfinished: boolean }>;
}

/** How long a stop waits for what is in flight, in ms. */
const STOP_GRACE_MS = 10_000;

/** All that is open. */
export interface Running {
  readonly app: App;
  /** Ends the hearing of changes. */
  readonly unhear: () => Promise<void>;
  readonly settings: { readonly isAtRest?: boolean };
  readonly storage: Storage;
  /** The channels. */
  readonly opened: AsyncDisposable;
  readonly engine: Engine;
  readonly catchUp: CatchUp;
  readonly amender: Amender;
  readonly replier: Replier;
  readonly followUps: FollowUpWatch;
  readonly collecting: OpenCollecting;
  readonly reader: ListReader;
  readonly webhookRunner: WebhookRunner;
  readonly room: RoomWatch;
  /** Looks at what other processes do; absent: there are none. */
  readonly around: LookAround | undefined;
  readonly requests: ReturnType<typeof openRequests>;
  readonly replies: ReplyWatch;
  readonly welcoming: Welcoming;
}

export function inOrder(running: Running): Core {
  const { app, settings, storage, engine, room, around, requests, replies } = running;
  const { beforeWrite, stores, sync } = storage;
  const works = new Works(storage.sharing?.duties);
  const work = workOf(running);
  const core: Core = {
    app,
    beforeWrite,
    front: storage.front,
    ...(storage.sharing ? { worker: storage.sharing.worker } : {}),
    mustReopen: storage.mustReopen,
    serve: () => requests.start("what it began"),
    async recover(goesOn) {
      await engine.recover(goesOn);
      if (await running.catchUp.finish(engine, await stores.campaigns.all())) stores.events.madeWhole();
      requests.start(goesOn ? "what it began" : "everything");
      if (!settings.isAtRest) await works.offer("replies", work.replies);
      if (goesOn) return;
      around?.start();
      await works.offer("collecting", work.collecting);
      if (!settings.isAtRest) await works.offer("follow-ups", work.followUps);
      if (!storage.sharing) await work.chat.begin();
      sync.begin();
      await works.offer("webhooks", work.webhooks);
      room.start();
    },
    async holdChat(front) {
      if (!storage.sharing) return front.begin();
      return works.offer("chat", together(work.chat, front));
    },
    async readyToReply() {
      await core.recover(() => false);
      await replies.lookOnce();
    },
    async readyToCollect() {
      core.serve();
      if (storage.sharing) await works.offer("collecting", work.collecting);
    },
    close: (silence) => closeInOrder(running, works, silence),
  };
  return core;
}

/** Takes every step whatever fails: what is left open would keep the process from ending. */
async function closeInOrder(
  running: Running,
  works: Works,
  silence?: () => Promise<void>,
): Promise<{ readonly isUnfinished: boolean }> {
  const { app, storage, opened, engine, amender, replier, followUps, collecting, reader } = running;
  const { room, around, requests, replies, welcoming } = running;
  const { held, sync, erasing } = storage;
  const given = works[Symbol.asyncDispose]();
  given.catch(() => undefined); // it is awaited below
  const watching = [followUps, welcoming, replier, requests, room].map((one) => () => one.stop());
  const closing = [running.unhear, () => around?.stop(), ...watching, () => amender.close()];
  let isUnfinished = true;
  await eachWhateverFails(
    () => allWhateverFails(...closing),
    () => reader[Symbol.asyncDispose](),
    () =>
      allWhateverFails(
        () => replies.stop(STOP_GRACE_MS),
        () => engine.stop(STOP_GRACE_MS),
        () => collecting.close(STOP_GRACE_MS),
      ),
    () =>
      allWhateverFails(
        () => given,
        () => silence?.(),
      ),
    ...[sync, opened, held].map((one) => () => one[Symbol.asyncDispose]()),
    async () => void (isUnfinished = await isAnyUnfinished(app)),
    () => erasing.carryOut(),
    () => storage[Symbol.asyncDispose](),
  );
  return { isUnfinished };
}

/** While the database is away nobody knows, and what is not known is not said to be over. */
async function isAnyUnfinished(app: App): Promise<boolean> {
  try {
    return (await app.campaigns()).some(({ status }) => status === "running");
  } catch (error) {
    if (passingAtWork(error) === undefined) throw error;
    return true;
  }
}

/** What one process at a time does, of those that share what is kept. */
function workOf(running: Running) {
  const { storage, settings, replies, collecting, followUps, webhookRunner } = running;
  const { amender, replier, welcoming } = running;
  return {
    replies: { begin: () => replies.start(), end: () => replies.rest() },
    collecting: {
      begin: () => collecting.collector.recover(),
      end: () => collecting.collector.rest(STOP_GRACE_MS),
    },
    followUps: { begin: () => followUps.start(), end: () => followUps.stop() },
    webhooks: { begin: () => webhookRunner.start(), end: () => webhookRunner.rest() },
    /** What goes where the operators are: it is steered and told there. */
    chat: {
      async begin() {
        if (!settings.isAtRest) await replier.start();
        const campaigns = await storage.stores.campaigns.all();
        if (!settings.isAtRest) await amender.recover(campaigns.map(({ id }) => id));
        welcoming.start();
      },
      async end() {
        await Promise.all([replier.stop(), amender.close(), welcoming.stop()]);
      },
    },
  } satisfies Readonly<Record<string, Work>>;
}

/** What is told is begun before whoever hears it, and heard to its end. */
function together(told: Work, front: Work): Work {
  return {
    async begin() {
      await told.begin();
      await front.begin();
    },
    async end() {
      await told.end();
      await front.end();
    },
  };
}
