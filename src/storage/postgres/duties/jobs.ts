/**
 * Every duty as a job of BullMQ: one queue, one job a duty for as long as somebody offers it, held by a lock that whoever
 * works renews. BullMQ keeps the jobs, their locks and what it takes to find those whose holder died; its Worker is not
 * used, for that takes whatever comes next, and a duty is for those that are willing.
 *
 * A free duty is a job that is delayed for ever. Whoever wants it makes it wait and fetches it; one that was found without
 * a holder waits already.
 */
import { randomUUID } from "node:crypto";
import { PostgresConnection, PostgresQueueBackend } from "bullmq";
import type { JobsPool } from "./jobs-pool.ts";
import { JOBS_SCHEMA, QUEUE, dutyOf, idOf } from "./job-names.ts";

/** How long a duty is a process's without a word from it, in ms. */
export const LOCK_MS = 4000;

/** How far apart the looks for holders that died are at least, in ms, of all processes together; the second one finds them. */
const RECOVER_MS = 900;

/** A duty that was fetched; each time it is another. */
export interface FetchedDuty {
  readonly duty: string;
  readonly token: string;
}

export interface DutyJobs {
  /** Makes a free duty; nothing happens where it is there. */
  add(duty: string): Promise<void>;
  /**
   * Fetches a duty that is free. Another may be quicker; then undefined is answered, or another duty that waited.
   * @param worker Under whose id it is held
   */
  fetch(duty: string, worker: string): Promise<FetchedDuty | undefined>;
  /** Renews the locks. @returns Those that are lost */
  renew(fetched: readonly FetchedDuty[]): Promise<readonly FetchedDuty[]>;
  handBack(fetched: FetchedDuty): Promise<void>;
  /** Takes a free duty off the board. */
  remove(duty: string): Promise<void>;
  /**
   * Sets free what dead processes held: twice asked, for BullMQ marks at one time what it takes at the next.
   * @returns Whether anything is free by that
   */
  recover(): Promise<boolean>;
}

/** BullMQ counts stalls, and gives a job up that has too many; here a stall is a process that died, and no fault of the job. */
const EVER = 2 ** 31 - 1;

/** A delay that never ends, in ms: longer than anything runs, and a moment that is still exact. */
const FOR_EVER_MS = 2 ** 52;

/** What BullMQ answers where the job is not there (-1), not as was supposed (-3), or locked by another (-2, -6). */
const OVERTAKEN: ReadonlySet<unknown> = new Set([-1, -2, -3, -6]);

export function openDutyJobs(pool: JobsPool): DutyJobs {
  const options = {
    connection: pool.forBullMq,
    lockDuration: LOCK_MS,
    stalledInterval: RECOVER_MS,
    maxStalledCount: EVER,
  };
  const connection = new JobsConnection(options.connection);
  const jobs = new PostgresQueueBackend(connection, QUEUE, options, false);
  return {
    add: async (duty) => void (await jobs.addJob(newJob(duty), idOf(duty))),
    async fetch(duty, worker) {
      await jobs.promote(idOf(duty)).catch(unlessOvertaken);
      const token = randomUUID();
      const [, id] = await jobs.moveToActive(token, worker);
      return typeof id === "string" && id !== "" ? { duty: dutyOf(id), token } : undefined;
    },
    async renew(fetched) {
      const ids = fetched.map(({ duty }) => idOf(duty));
      const lost = await jobs.extendLocks(
        ids,
        fetched.map(({ token }) => token),
        LOCK_MS,
      );
      return fetched.filter((_, at) => lost.includes(ids[at] ?? ""));
    },
    handBack: async ({ duty, token }) =>
      void (await jobs
        .moveToDelayed(idOf(duty), 0, FOR_EVER_MS, token, { skipAttempt: true })
        .catch(unlessOvertaken)),
    remove: async (duty) => void (await jobs.remove(idOf(duty), false)),
    recover: async () => (await jobs.moveStalledJobsToWait()).length > 0,
  };
}

/** The tables were looked at before; a first look of BullMQ's own that failed would be remembered for good. */
class JobsConnection extends PostgresConnection {
  override readonly schema = JOBS_SCHEMA;

  override waitUntilReady(): Promise<void> {
    return Promise.resolve();
  }
}

function newJob(duty: string): Parameters<PostgresQueueBackend["addJob"]>[0] {
  return {
    id: idOf(duty),
    name: duty,
    data: "{}",
    opts: {},
    progress: 0,
    attemptsMade: 0,
    attemptsStarted: 0,
    timestamp: 0,
    delay: FOR_EVER_MS,
    failedReason: "",
    returnvalue: "",
    stalledCounter: 0,
  };
}

function unlessOvertaken(error: unknown): void {
  if (error instanceof Error && "code" in error && OVERTAKEN.has(error.code)) return;
  throw error;
}
