/** The promises of whoever gives out duties. Each adapter's test runs this suite, over several processes. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Duties, DutyWork } from "../../src/storage/ports/duties.ts";

export interface DutiesHarness extends AsyncDisposable {
  /** As another process has them. */
  open(): Promise<Duties>;
  /** Lets time pass until it is so. */
  until(isSo: () => boolean | Promise<boolean>): Promise<void>;
  /** Told of by {@link Duties} that were opened: the duty, and what was thrown. */
  readonly problems: readonly (readonly [duty: string, error: unknown])[];
}

/** Work that a test can look at. */
interface Watched {
  readonly work: DutyWork;
  /** How often it was called. */
  readonly begun: number;
  readonly isUnderWay: boolean;
  readonly isToldToStop: boolean;
  /** Lets slow work come to its end. */
  end(): void;
}

/** Goes on until it is told to stop; slow work also until it may end. */
function watched({ isSlow = false } = {}): Watched {
  const seen = { begun: 0, isUnderWay: false, isToldToStop: false };
  const ended = new AbortController();
  const mayEnd = isSlow && new Promise((resolve) => ended.signal.addEventListener("abort", resolve));
  return Object.assign(seen, {
    end: () => ended.abort(),
    work: async (held: AbortSignal): Promise<void> => {
      Object.assign(seen, { begun: seen.begun + 1, isUnderWay: true, isToldToStop: false });
      await new Promise((resolve) => held.addEventListener("abort", resolve, { once: true }));
      seen.isToldToStop = true;
      await mayEnd;
      seen.isUnderWay = false;
    },
  });
}

export function dutiesContract(adapter: string, create: () => Promise<DutiesHarness>): void {
  describe(`duties given out by ${adapter}`, () => {
    let harness: DutiesHarness;
    let here: Duties;
    let beside: Duties;
    beforeEach(async () => {
      harness = await create();
      [here, beside] = [await harness.open(), await harness.open()];
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    const heldBy = async (duty: string): Promise<string | undefined> =>
      (await here.holders()).find((one) => one.duty === duty)?.worker;

    test("gives every duty to one of those who offer it, and names who holds what", async () => {
      const names = ["account/x/shop", "account/x/shop 2", "chat"];
      const seen = names.map(() => [watched(), watched()] as const);
      const offers = names.flatMap((duty, at) => [
        here.offer(duty, seen[at]![0].work),
        beside.offer(duty, seen[at]![1].work),
      ]);
      await harness.until(() => seen.every((both) => both.some(({ isUnderWay }) => isUnderWay)));
      for (const both of seen) expect(both.filter(({ isUnderWay }) => isUnderWay)).toHaveLength(1);
      await harness.until(async () => (await beside.holders()).length === names.length);
      const held = await beside.holders();
      expect(held.map(({ duty }) => duty)).toEqual(names);
      for (const { worker, since } of held) expect([worker, since > 0]).toEqual([expect.any(String), true]);
      await Promise.all(offers.map((offer) => offer[Symbol.asyncDispose]()));
      expect(seen.flat().filter(({ isUnderWay }) => isUnderWay)).toEqual([]);
      await harness.until(async () => (await here.holders()).length === 0);
    });

    test("gives it to another only once the work of the last holder has come to its end", async () => {
      const [first, second] = [watched({ isSlow: true }), watched()];
      const offer = here.offer("chat", first.work);
      await harness.until(() => first.isUnderWay);
      await using _ = beside.offer("chat", second.work);
      let isTakenBack = false;
      const takenBack = Promise.resolve(offer[Symbol.asyncDispose]()).then(() => (isTakenBack = true));
      await harness.until(() => first.isToldToStop);
      await harness.until(async () => (await heldBy("chat")) !== undefined);
      expect([first.isUnderWay, second.begun, isTakenBack]).toEqual([true, 0, false]);
      first.end();
      await takenBack;
      expect(first.isUnderWay).toBe(false);
      await harness.until(() => second.isUnderWay);
      expect(first.begun).toBe(1);
    });

    test("gives it again to who took it back and offers it anew", async () => {
      const seen = watched();
      for (const times of [1, 2]) {
        await using _ = here.offer("chat", seen.work);
        await harness.until(() => seen.begun === times && seen.isUnderWay);
      }
      expect(seen.isUnderWay).toBe(false);
    });

    test("never calls who took it back before it was given", async () => {
      const [holds, waits] = [watched(), watched()];
      const offer = here.offer("chat", holds.work);
      await harness.until(() => holds.isUnderWay);
      const vain = beside.offer("chat", waits.work);
      const takenBack = vain[Symbol.asyncDispose]();
      await offer[Symbol.asyncDispose]();
      await takenBack;
      const later = watched();
      await using _ = here.offer("chat", later.work);
      await harness.until(() => later.isUnderWay);
      expect(waits.begun).toBe(0);
    });

    test("tells of work that throws, and gives it again, also when it ended by itself", async () => {
      let times = 0;
      const seen = watched();
      await using _ = here.offer("mends", async (held) => {
        times += 1;
        if (times === 1) throw new Error("the disk is full");
        if (times > 2) await seen.work(held);
      });
      await harness.until(() => seen.isUnderWay);
      expect(harness.problems).toEqual([["mends", new Error("the disk is full")]]);
      expect(times).toBe(3);
    });

    test("takes an error for the end of work that was told to stop", async () => {
      let isUnderWay = false;
      const offer = here.offer("chat", async (held) => {
        isUnderWay = true;
        await new Promise((resolve) => held.addEventListener("abort", resolve));
        held.throwIfAborted();
      });
      await harness.until(() => isUnderWay);
      await offer[Symbol.asyncDispose]();
      expect(harness.problems).toEqual([]);
    });
  });
}
