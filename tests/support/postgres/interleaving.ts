/** Programs whose statements come in an order that a test chooses: one statement at a time, but for those that wait for a lock. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Around } from "../../../src/storage/postgres/database.ts";

/** Stands before every statement of one program. */
export interface Gate {
  readonly around: Around;
  /** From now on each statement waits to be let through. */
  close(): void;
  /** A statement waits. */
  readonly isWaiting: boolean;
  letThrough(): void;
}

export function createGate(): Gate {
  let isClosed = false;
  const waiting: (() => void)[] = [];
  return {
    around: async (_sql, ask) => {
      if (isClosed) await new Promise<void>((resolve) => waiting.push(resolve));
      return ask();
    },
    close: () => (isClosed = true),
    get isWaiting() {
      return waiting.length > 0;
    },
    letThrough: () => waiting.shift()?.(),
  };
}

export interface Program {
  readonly gate: Gate;
  run(): Promise<void>;
}

/**
 * Runs them to their ends.
 * @param isFirst Whether the first of those that wait goes on, or the last
 * @param blocked How many statements wait for a lock in the database
 */
export async function interleave(
  programs: readonly Program[],
  isFirst: () => boolean,
  blocked: () => Promise<number>,
): Promise<void> {
  const running = new Set(programs);
  const ends = programs.map(async (program) => {
    program.gate.close();
    await program.run().finally(() => running.delete(program));
  });
  while (running.size > 0) {
    await nextTurn();
    const waiting = [...running].filter(({ gate }) => gate.isWaiting);
    const busy = running.size - waiting.length;
    if (waiting.length === 0 || (busy > 0 && (await blocked()) < busy)) continue;
    (isFirst() ? waiting[0] : waiting.at(-1))?.gate.letThrough();
  }
  await Promise.all(ends);
}
