/** Processes that share their duties over a test file's database, in a time that a test moves: the database goes by it too. */
import { setImmediate as turn, setTimeout as pause } from "node:timers/promises";
import type { Around } from "../../../src/storage/postgres/database.ts";
import type { SharedDuties, SharedDutiesParts } from "../../../src/storage/postgres/duties/shared-duties.ts";
import { openSharedDuties } from "../../../src/storage/postgres/duties/shared-duties.ts";
import type { VirtualClock } from "../virtual-clock.ts";
import { createVirtualClock } from "../virtual-clock.ts";
import type { TestDatabase } from "./test-database.ts";

/** What a test does to one process. */
export interface Fate {
  /** It hears nothing of the database. */
  isCut: boolean;
  /** The database says nothing to it, until it waits for it no longer. */
  isSilent?: boolean;
  /** Nothing of it moves until this resolves. */
  frozen?: Promise<void>;
}

export interface DutyWorld extends AsyncDisposable {
  readonly clock: VirtualClock;
  /** What was told of work, and of the database being away. */
  readonly problems: (readonly [duty: string, error: unknown])[];
  readonly away: unknown[];
  /** Statements that were asked for, by whoever. */
  readonly asked: string[];
  /** Another process. */
  open(parts?: Partial<SharedDutiesParts>, fate?: Fate): Promise<SharedDuties>;
  /** Lets time pass, in steps that leave the database all the time it needs, until it is so. */
  until(isSo: () => boolean | Promise<boolean>): Promise<void>;
  /** Lets so many ms pass in such steps. */
  pass(ms: number): Promise<void>;
}

const STEP_MS = 100;

/** How long a statement for duties is waited for, in ms. */
export const SILENCE_MS = 3000;

/** How long anything may take before a test fails, in ms of its own time. */
const LONGEST_MS = 120_000;

/** @param start What the last one of the same database ended at: BullMQ remembers when it last looked */
export function createDutyWorld(database: TestDatabase, start?: number): DutyWorld {
  const clock = createVirtualClock(start);
  const opened: SharedDuties[] = [];
  const world = {
    problems: Array<readonly [string, unknown]>(),
    away: Array<unknown>(),
    asked: Array<string>(),
  };
  let underWay = 0;
  const aroundOf =
    (fate: Fate): Around =>
    async (sql, ask) => {
      if (fate.isCut) throw new Error("Connection terminated unexpectedly");
      if (fate.isSilent) {
        await clock.sleep(SILENCE_MS);
        throw new Error("Query read timeout");
      }
      world.asked.push(sql);
      underWay += 1;
      try {
        database.time.at = clock.now();
        await database.query("select 1");
        return await ask();
      } finally {
        underWay -= 1;
      }
    };
  /** Everybody sleeps, or waits for more time to pass. */
  const settled = async (): Promise<void> => {
    for (let quiet = 0; quiet < 4; quiet = underWay === 0 ? quiet + 1 : 0)
      await (underWay === 0 ? turn() : pause(1));
  };
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      await settled();
      await clock.advance(STEP_MS);
    }
    await settled();
  };
  return {
    ...world,
    clock,
    pass,
    async open(parts = {}, fate = { isCut: false }) {
      const duties = await openSharedDuties({
        url: database.url,
        clock: {
          now: () => clock.now(),
          async sleep(ms, signal) {
            await clock.sleep(ms, signal);
            await fate.frozen;
          },
        },
        name: { wanted: "machine", isNumbered: true },
        onProblem: (duty, error) => world.problems.push([duty, error]),
        onAway: (error) => world.away.push(error),
        around: aroundOf(fate),
        ...parts,
      });
      opened.push(duties);
      return duties;
    },
    async until(isSo) {
      const longest = clock.now() + LONGEST_MS;
      for (await settled(); !(await isSo()); await pass(STEP_MS))
        if (clock.now() > longest) throw new Error("two minutes passed in vain");
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((duties) => duties[Symbol.asyncDispose]()));
    },
  };
}
