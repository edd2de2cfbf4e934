/** A store on a test file's database as suites of promises want it: opened again and again, by one process or by another. */
import type { Database } from "../../../src/storage/postgres/database.ts";
import type { TestDatabase } from "./test-database.ts";
import { databaseOfFile } from "./test-database.ts";

export interface Openers<T> extends AsyncDisposable {
  open(): Promise<T>;
  openBeside(): Promise<T>;
}

export interface TwoProcesses {
  /** The file's database, with nothing in it. */
  readonly fresh: () => Promise<TestDatabase>;
  /** Two pools, one after the other: whoever opens the next store is another process than who opened the last one. */
  readonly next: () => Database;
  /** What a suite asks for. */
  readonly openersOf: <T>(make: (database: Database) => T | Promise<T>) => () => Promise<Openers<T>>;
}

/** The two processes of a test file. */
export function twoProcesses(): TwoProcesses {
  const empty = databaseOfFile();
  let pools: readonly Database[] = [];
  let turn = 0;
  const fresh = async () => {
    const here = await empty();
    pools = [here.open(), here.open()];
    return here;
  };
  const next = (): Database => {
    const pool = pools[turn++ % 2];
    if (!pool) throw new Error("ask for a fresh database first");
    return pool;
  };
  return {
    fresh,
    next,
    openersOf: (make) => {
      const open = async () => make(next());
      return async () => {
        await fresh();
        return { open, openBeside: open, [Symbol.asyncDispose]: () => Promise.resolve() };
      };
    },
  };
}
