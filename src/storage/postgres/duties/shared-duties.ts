/**
 * Duties of processes that share a database. Each of them, every second and whenever something changes: renews what it
 * holds, says that it lives and what it is willing to do, looks at all the others, does its part of how everything is shared
 * out, and sets free what the dead held.
 *
 * A duty: free -> fetched by one that is willing -> held, its work called -> told to stop (lost, handed on, taken back)
 * -> its work came to its end -> handed back, and free. One that is lost is not handed back: it may be another's already.
 */
import { randomUUID } from "node:crypto";
import { shareOut } from "../../../domain/duties/share-out.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Duties, DutyName, DutyWork, Holding, Offer, Offering } from "../../ports/duties.ts";
import type { Around } from "../database.ts";
import type { Wakes } from "../wakes.ts";
import type { Joining, SeenBoard, WorkerName } from "./board.ts";
import { DUTIES_TOPIC, beat, join, leave, tell } from "./board.ts";
import { holdersIn } from "./holders.ts";
import { Hold } from "./hold.ts";
import type { JobsPool } from "./jobs-pool.ts";
import { openJobsPool } from "./jobs-pool.ts";
import { prepareJobs } from "./jobs-schema.ts";
import type { DutyJobs } from "./jobs.ts";
import { openDutyJobs } from "./jobs.ts";
import { Offers } from "./offers.ts";

export interface SharedDutiesParts {
  /** The database, with Peyk's own tables in it. */
  readonly url: string;
  readonly clock: Clock;
  readonly name: WorkerName;
  /** It does only what nobody else is willing to. */
  readonly standsBy?: boolean;
  /** Tells at once that others handed something on; without it that is seen a second later. */
  readonly wakes?: Pick<Wakes, "on">;
  /** Told of work that threw while it was held. */
  readonly onProblem: (duty: DutyName, error: unknown) => void;
  /** Told once whenever the database stops answering; what is held is lost before long, and taken again when it is back. */
  readonly onAway: (error: unknown) => void;
  /** Stands around every statement, for tests. */
  readonly around?: Around;
}

export interface SharedDuties extends Duties, AsyncDisposable {
  /** What this process is called. */
  readonly worker: string;
}

/** How often a process that heard nothing looks around, in ms. */
const LOOK_MS = 1000;

/** What changes within so many ms is seen by one look. */
const GATHER_MS = 20;

/** How often a process makes sure that its locks still stand, in ms; it asks nobody for that. */
const WATCH_MS = 250;

/** Makes BullMQ's tables where they are missing, and joins the others. Disposed of, it hands on everything at once. */
export async function openSharedDuties(parts: SharedDutiesParts): Promise<SharedDuties> {
  await prepareJobs(parts.url);
  const pool = openJobsPool(parts.url, parts.around);
  const me = { ...parts.name, id: randomUUID(), standsBy: parts.standsBy ?? false };
  try {
    return new BoardDuties(parts, pool, { me, worker: await join(pool, me) });
  } catch (error) {
    await pool[Symbol.asyncDispose]();
    throw error;
  }
}

class BoardDuties implements SharedDuties {
  readonly #parts: SharedDutiesParts;
  readonly #pool: JobsPool;
  readonly #jobs: DutyJobs;
  readonly #me: Joining;
  readonly #offers: Offers;
  readonly #closing = new AbortController();
  readonly #running: readonly Promise<void>[];
  readonly #listening: Disposable | undefined;
  #worker: string;
  #nap = new AbortController();
  #isAway = false;
  #closed?: Promise<void>;

  constructor(
    parts: SharedDutiesParts,
    pool: JobsPool,
    { me, worker }: { readonly me: Joining; readonly worker: string },
  ) {
    this.#parts = parts;
    this.#pool = pool;
    this.#jobs = openDutyJobs(pool);
    this.#me = me;
    this.#worker = worker;
    this.#offers = new Offers({
      clock: parts.clock,
      onProblem: parts.onProblem,
      onChange: () => this.#lookSoon(),
      onEnd: (hold) => this.#handBack(hold),
    });
    this.#listening = parts.wakes?.on(DUTIES_TOPIC, () => this.#lookSoon());
    this.#running = [this.#run(), this.#watch()];
  }

  get worker(): string {
    return this.#worker;
  }

  offer(duty: DutyName, work: DutyWork, how?: Offering): Offer {
    return this.#offers.offer(duty, work, how);
  }

  holders(): Promise<readonly Holding[]> {
    return holdersIn(this.#pool);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  /** While the last work comes to its end its locks are renewed as ever. */
  async #close(): Promise<void> {
    await this.#offers.takeAllBack();
    this.#listening?.[Symbol.dispose]();
    this.#closing.abort();
    this.#nap.abort();
    await Promise.all(this.#running);
    await leave(this.#pool, this.#me.id).catch(() => undefined); // it counts as gone a little later
    await this.#pool[Symbol.asyncDispose]();
  }

  #lookSoon(): void {
    this.#nap.abort();
  }

  async #run(): Promise<void> {
    const { clock, onAway } = this.#parts;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      this.#nap = new AbortController(); // before it looks: what changes meanwhile is looked at again
      try {
        await this.#look();
        this.#isAway = false;
      } catch (error) {
        if (!this.#isAway) onAway(error);
        this.#isAway = true;
      }
      if (!signal.aborted) await clock.sleep(LOOK_MS, this.#nap.signal).catch(() => undefined);
      if (!signal.aborted) await clock.sleep(GATHER_MS, signal).catch(() => undefined);
    }
  }

  /** Also while the database says nothing: whoever can't renew a lock learns it from nobody else. */
  async #watch(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await this.#parts.clock.sleep(WATCH_MS, signal).catch(() => undefined);
      this.#loseUnsure();
    }
  }

  #loseUnsure(): void {
    const now = this.#parts.clock.now();
    for (const hold of this.#offers.holds) if (!hold.isSure(now)) hold.lose();
  }

  async #look(): Promise<void> {
    this.#loseUnsure(); // whoever was frozen stops before it asks
    await this.#renew();
    const board = await beat(this.#pool, this.#me.id, this.#offers);
    if (board) return this.#act(board);
    this.#worker = await join(this.#pool, this.#me);
    this.#lookSoon();
  }

  async #act(board: SeenBoard): Promise<void> {
    await this.#share(board);
    if (board.isAnyoneDead && (await this.#jobs.recover())) this.#lookSoon();
  }

  async #renew(): Promise<void> {
    const { holds } = this.#offers;
    if (holds.length === 0) return;
    const askedAt = this.#parts.clock.now();
    const lost = new Set(await this.#jobs.renew(holds.map(({ fetched }) => fetched)));
    for (const hold of holds)
      if (lost.has(hold.fetched)) hold.lose();
      else hold.renewed(askedAt);
  }

  async #share({ others, duties }: SeenBoard): Promise<void> {
    const { willing: offered, atNeed } = this.#offers;
    const me = { ...this.#me, willing: new Set(offered), atNeed: new Set(atNeed) };
    const workers = [me, ...others];
    const known = new Set(duties.map(({ duty }) => duty));
    const missing = [...me.willing].filter((duty) => !known.has(duty));
    for (const duty of missing) await this.#jobs.add(duty);
    for (const { duty, holder } of duties)
      if (holder === undefined && !workers.some(({ willing }) => willing.has(duty)))
        await this.#jobs.remove(duty);
    const all = [...duties, ...missing.map((duty) => ({ duty }))];
    for (const { duty, from, to } of shareOut({ workers, duties: all }))
      if (from === this.#me.id) this.#offers.holds.find((hold) => hold.duty === duty)?.handOn();
      else if (from === undefined && to === this.#me.id) await this.#fetch(duty);
  }

  async #fetch(wanted: DutyName): Promise<void> {
    if (!this.#offers.isWaiting(wanted)) return;
    const askedAt = this.#parts.clock.now();
    const fetched = await this.#jobs.fetch(wanted, this.#me.id);
    // Whatever waited longest is what one gets; and the offer may have been taken back meanwhile.
    if (fetched && !this.#offers.give(new Hold(fetched, askedAt))) await this.#jobs.handBack(fetched);
  }

  /** Where the database is away, the lock runs out by itself. */
  async #handBack(hold: Hold): Promise<void> {
    if (hold.isLost) return;
    await this.#jobs.handBack(hold.fetched).catch(() => undefined);
    await tell(this.#pool).catch(() => undefined);
    this.#lookSoon();
  }
}
