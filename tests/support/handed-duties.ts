/** Duties that a test hands from one process to another, at any moment it likes. */
import type { Duties, DutyName, DutyWork } from "../../src/storage/ports/duties.ts";

interface Willing {
  readonly worker: string;
  readonly work: DutyWork;
}

interface Held extends Willing {
  readonly stop: AbortController;
}

export interface HandedDuties {
  /** As a process has them. */
  of(worker: string): Duties;
  /** Every duty that somebody offered, in the order in which they were. */
  readonly names: readonly DutyName[];
  /** Takes a duty from whoever holds it; once nothing of it is under way the next one has it. */
  handOn(duty: DutyName): void;
  /** The process is gone: it holds nothing, and is given nothing any more. What it does nobody waits for. */
  lose(worker: string): void;
}

export function createHandedDuties(): HandedDuties {
  const offers = new Map<DutyName, Willing[]>();
  const held = new Map<DutyName, Held>();
  const give = (duty: DutyName): void => {
    const [next] = offers.get(duty) ?? [];
    if (!next || held.has(duty)) return;
    const holding: Held = { ...next, stop: new AbortController() };
    held.set(duty, holding);
    void next
      .work(holding.stop.signal)
      .catch(() => undefined)
      .then(() => {
        if (held.get(duty) !== holding) return;
        held.delete(duty);
        give(duty);
      });
  };
  const without = (duty: DutyName, one: Willing): void => {
    offers.set(
      duty,
      (offers.get(duty) ?? []).filter((other) => other !== one),
    );
  };
  return {
    get names() {
      return [...offers.keys()];
    },
    of: (worker) => ({
      offer(duty, work) {
        const one = { worker, work };
        offers.set(duty, [...(offers.get(duty) ?? []), one]);
        give(duty);
        return {
          async [Symbol.asyncDispose]() {
            without(duty, one);
            const holding = held.get(duty);
            if (holding?.work !== work) return;
            holding.stop.abort();
            while (held.get(duty) === holding) await new Promise((resolve) => setImmediate(resolve));
          },
        };
      },
      holders: async () => [...held].map(([duty, one]) => ({ duty, worker: one.worker, since: 1 })),
    }),
    handOn(duty) {
      const holding = held.get(duty);
      const [first, ...others] = offers.get(duty) ?? [];
      if (first) offers.set(duty, [...others, first]);
      holding?.stop.abort();
    },
    lose(worker) {
      for (const [duty, all] of offers) {
        for (const one of all.filter((other) => other.worker === worker)) without(duty, one);
        if (held.get(duty)?.worker !== worker) continue;
        held.delete(duty);
        give(duty);
      }
    },
  };
}
