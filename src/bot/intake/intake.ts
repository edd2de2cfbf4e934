/**
 * What happens to an update between Telegram and whoever handles it: written down, given its turn, handled once. Owns the
 * promises that nothing taken in is lost by a kill, that what binds at receipt waits for nothing else, and that an update
 * which was in hand when the process died twice is set aside instead of taking it down for ever.
 */
import { setMaxListeners } from "node:events";
import type { Update } from "grammy/types";
import type { Clock } from "../../lib/clock.ts";
import type { BotLog } from "../bot-log.ts";
import { problemOf } from "../calls/outgoing-lane.ts";
import { ChatQueues } from "./chat-queues.ts";
import { Crowd } from "./crowd.ts";
import type { Errand } from "./errand.ts";
import type { PendingUpdate } from "./spool-lines.ts";
import type { UpdateSpool } from "./update-spool.ts";
import { UpdateWork } from "./update-work.ts";
import { within } from "../../lib/deadline.ts";

export interface IntakeParts {
  readonly spool: UpdateSpool;
  readonly clock: Clock;
  readonly log: BotLog;
  readonly errandOf: (update: Update) => Errand | Promise<Errand>;
  /** Tells whether a dialogue waits for an answer in the update's chat. */
  readonly isDialogueOpen: (update: Update) => boolean;
  /** Ends the subscription that a departure is about; binds at the call and is on disk when it resolves. */
  readonly depart: (update: Update) => Promise<boolean>;
  /** A press waits for its turn so long that whoever pressed must be told. */
  readonly late: (work: UpdateWork) => void;
  /** Handles an update; what it throws was told to nobody yet. */
  readonly handle: (work: UpdateWork) => Promise<void>;
  /** Told what handling threw; true: it must be tried again until it succeeds. */
  readonly failed: (work: UpdateWork, error: unknown) => Promise<boolean>;
  /** More of one chat came than can wait. */
  readonly refused: (work: UpdateWork) => void;
  /** Keeps an update that took the process down, and tells of it. */
  readonly setAside: (update: Update) => Promise<void>;
}

/** Deaths of the process with an update in hand after which it is not handled again. */
const MOST_DEATHS = 2;

/** More than this taken in and not handled: Telegram keeps the rest meanwhile. Some hundred megabytes of memory. */
const MOST_PENDING = 50_000;
/** A press whose outcome takes longer, ms, is answered so that its button doesn't seem dead. */
const PRESS_WAIT_MS = 2000;
const ROOM_CHECK_MS = 50;

const FIRST_AGAIN_MS = 1000;
const LONGEST_AGAIN_MS = 60_000;

/** What is in hand at a stop has this long to end by itself. */
const STOP_GRACE_MS = 5000;
/** And this long after it was told to. */
const LAST_GRACE_MS = 2000;

export class Intake {
  readonly #parts: IntakeParts;
  readonly #queues: ChatQueues;
  readonly #crowd: Crowd;
  /** Already marked as in hand in the spool. */
  readonly #begun = new WeakSet<UpdateWork>();
  /** Departures of an earlier run by update, and whether they ended a subscription. */
  readonly #boundEarly = new Map<number, boolean>();
  readonly #closing = new AbortController();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    // As many presses and tries as are waited for at once, each for seconds.
    setMaxListeners(0, this.#closing.signal);
    this.#crowd = new Crowd(parts.clock);
    this.#queues = new ChatQueues({
      handle: (work) => this.#run(work),
      drop: (work) => void this.#done(work),
      isDialogueOpen: (work) => parts.isDialogueOpen(work.update),
    });
  }

  /**
   * Binds the departures among what an earlier run took in and did not get to the end of, before anything is sent; the
   * word comes when they are handled. Whoever came back after leaving stays.
   */
  async bindLeftOver(): Promise<void> {
    const { spool, errandOf, depart } = this.#parts;
    await Promise.all(
      spool.pending.map(async ({ update }) => {
        if ((await errandOf(update)).departs) this.#boundEarly.set(update.update_id, await depart(update));
      }),
    );
  }

  /** Takes up what an earlier run left; what took it down twice is set aside first. */
  async resume(): Promise<void> {
    const { spool, setAside } = this.#parts;
    const all = spool.pending;
    const suspects = all.filter(({ deaths }) => deaths >= MOST_DEATHS);
    const areFatal = await Promise.all(suspects.map((suspect) => this.#isFatal(suspect)));
    for (const one of suspects.filter((_, index) => areFatal[index])) {
      await setAside(one.update);
      await spool.done(one.update.update_id);
    }
    // Many are in hand at once when people come in a storm. Which of them it was shows when each is handled by itself.
    for (const one of suspects.filter((_, index) => !areFatal[index])) await this.#runAlone(one.update);
    const others = all.filter(({ deaths }) => deaths < MOST_DEATHS).map(({ update }) => update);
    const works = await Promise.all(others.map((update) => this.#workOf(update)));
    await this.#begin(works.filter(beginsAtOnce));
    for (const work of works) this.#queue(work);
  }

  /**
   * Takes updates in: resolves when they are on disk, and Telegram may be told that they were read.
   * @param isMoreComing Telegram has more, which is heard before the crowd among these is handled
   */
  async take(updates: readonly Update[], isMoreComing = false): Promise<void> {
    const { spool, refused } = this.#parts;
    if (isMoreComing) this.#crowd.hearFirst();
    else this.#crowd.goOn();
    const all = await Promise.all(updates.map((one) => this.#workOf(one)));
    const works = new Map(all.map((work) => [work.updateId, work]));
    const isAtOnce = ({ update_id: id }: Update): boolean => {
      const work = works.get(id);
      return work !== undefined && beginsAtOnce(work);
    };
    for (const update of await spool.take(updates, isAtOnce)) {
      const work = works.get(update.update_id);
      if (!work) continue;
      if (beginsAtOnce(work)) this.#begun.add(work);
      if (this.#queue(work)) continue;
      refused(work);
      void this.#done(work);
    }
  }

  /** In the order of receipt, and at once: whoever comes back after leaving does so after it. */
  #queue(work: UpdateWork): boolean {
    if (work.errand.departs) this.#depart(work);
    if (!this.#queues.add(work)) return false;
    if (work.update.callback_query && work.errand.from === "operator") void this.#watch(work);
    return true;
  }

  #depart(work: UpdateWork): void {
    const early = this.#boundEarly.get(work.updateId);
    this.#boundEarly.delete(work.updateId);
    work.departed = early === undefined ? this.#parts.depart(work.update) : Promise.resolve(early);
    // Whoever handles the update meets it.
    work.departed.catch(() => undefined);
  }

  async #watch(work: UpdateWork): Promise<void> {
    const { clock, spool, late } = this.#parts;
    await clock.sleep(PRESS_WAIT_MS, this.#closing.signal).catch(() => undefined);
    if (!this.#closing.signal.aborted && !work.isAnswered && !spool.isDone(work.updateId)) late(work);
  }

  /** Resolves when more can be taken in. */
  async room(signal: AbortSignal): Promise<void> {
    const { spool, clock } = this.#parts;
    while (spool.pendingCount >= MOST_PENDING) {
      this.#crowd.goOn();
      await clock.sleep(ROOM_CHECK_MS, signal);
    }
  }

  /** Ends the work: what is in hand may finish for a while, the rest is laid back for the next start. */
  async close(): Promise<void> {
    const { clock, spool } = this.#parts;
    this.#queues.close();
    this.#crowd.close();
    this.#closing.abort();
    const idle = this.#queues.idle();
    await within(idle, clock, STOP_GRACE_MS);
    for (const work of this.#queues.inHand) work.stop("stopping");
    await within(idle, clock, LAST_GRACE_MS);
    const left = this.#queues.inHand.filter((work) => this.#begun.has(work) && !spool.isDone(work.updateId));
    if (left.length > 0) await this.#noted(() => spool.layBack(left.map(({ updateId }) => updateId)));
  }

  async #workOf(update: Update): Promise<UpdateWork> {
    return new UpdateWork(update, await this.#parts.errandOf(update));
  }

  /** Where few are in hand at a time, having been in hand twice is proof enough. */
  async #isFatal({ update, wasAlone }: PendingUpdate): Promise<boolean> {
    const { from, turn } = await this.#parts.errandOf(update);
    return wasAlone || (from === "operator" && turn === "inTurn");
  }

  async #runAlone(update: Update): Promise<void> {
    const work = await this.#workOf(update);
    if (work.errand.departs) this.#depart(work);
    await this.#begin([work], true);
    await Promise.race([this.#run(work), work.passed]);
  }

  async #begin(works: readonly UpdateWork[], isAlone = false): Promise<void> {
    const fresh = works.filter((work) => !this.#begun.has(work));
    if (fresh.length === 0) return;
    for (const work of fresh) this.#begun.add(work);
    const ids = fresh.map(({ updateId }) => updateId);
    await this.#noted(() => this.#parts.spool.begin(ids, isAlone));
  }

  /** Never rejects. */
  async #run(work: UpdateWork): Promise<void> {
    const { from, turn } = work.errand;
    if (from === "operator" || turn === "now") return this.#handle(work);
    // Turned back at a stop, it waits for the next start as it is.
    await this.#crowd.handle(() => this.#handle(work));
  }

  async #handle(work: UpdateWork): Promise<void> {
    const { spool, clock } = this.#parts;
    await this.#begin([work]);
    for (
      let waitMs = FIRST_AGAIN_MS;
      await this.#fails(work);
      waitMs = Math.min(2 * waitMs, LONGEST_AGAIN_MS)
    ) {
      await clock.sleep(waitMs, this.#closing.signal).catch(() => undefined);
      if (this.#closing.signal.aborted) work.stop("stopping");
      if (work.end === "stopping") break;
      if (work.errand.departs) this.#depart(work);
    }
    // What binds at receipt does not wait for the mark behind what came before it: handled again, it does no harm.
    if (work.errand.turn === "now") work.letOthersPass();
    if (work.end === "stopping") await this.#noted(() => spool.layBack([work.updateId]));
    else await this.#done(work);
  }

  /** Handles the update once; true when that failed and must be tried again. */
  async #fails(work: UpdateWork): Promise<boolean> {
    const { handle, failed } = this.#parts;
    // Its dialogue was left before the work began.
    if (work.end !== undefined) return false;
    try {
      await handle(work);
      return false;
    } catch (error) {
      return work.end === undefined && failed(work, error);
    }
  }

  async #done(work: UpdateWork): Promise<void> {
    await this.#noted(() => this.#parts.spool.done(work.updateId));
  }

  /** A disk that takes nothing must not keep anybody from being heard: at worst an update is handled again. */
  async #noted(write: () => Promise<void>): Promise<void> {
    await write().catch((error: unknown) =>
      this.#parts.log.error({ problem: problemOf(error) }, "the spool of updates can't be written"),
    );
  }
}

/** In hand as soon as it is taken in, and so marked in the same write. */
function beginsAtOnce({ errand }: UpdateWork): boolean {
  return errand.turn === "now" && errand.dialogue !== "leaves";
}
