/** The promises every log of events keeps, whatever it is kept in. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEventHub } from "../../src/app/event-hub.ts";
import type { EventLog } from "../../src/storage/ports/events.ts";

export interface Happening {
  readonly kind: "it";
  readonly at: number;
}

export interface EventsHarness extends AsyncDisposable {
  open(): Promise<EventLog<Happening>>;
  /** Closes it and opens it again; absent where nothing outlives the process. */
  reopen?(): Promise<EventLog<Happening>>;
  /** Opens it anew as after the death of whoever had it; absent where nothing outlives the process. */
  crash?(): Promise<EventLog<Happening>>;
  /** Opens it as another process beside the first; absent where there is but one process. */
  openBeside?(): Promise<EventLog<Happening>>;
  /** More events than it keeps. */
  readonly more: number;
}

const it = (at: number): Happening => ({ kind: "it", at });
const never = new AbortController().signal;

async function moments(log: EventLog<Happening>, after: number): Promise<readonly number[]> {
  return (await log.read(after, 1_000_000)).events.map(({ event }) => event.at);
}

export function eventsContract(adapter: string, create: () => Promise<EventsHarness>): void {
  describe(`events in ${adapter}`, () => {
    let harness: EventsHarness;
    let one: EventLog<Happening>;
    let other: EventLog<Happening>;
    beforeEach(async () => {
      harness = await create();
      one = await harness.open();
      other = (await harness.openBeside?.()) ?? one;
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("are read in their order from a number on, a few at a time, and each once", async () => {
      const start = await one.last();
      for (let at = 1; at <= 5; at += 1) await (at % 2 === 0 ? one : other).append(it(at));
      const { events, hasGap } = await other.read(start, 3);
      expect([events.map(({ event }) => event.at), hasGap]).toEqual([[1, 2, 3], false]);
      expect(await moments(one, events[2]!.number)).toEqual([4, 5]);
      expect(await moments(one, await other.last())).toEqual([]);
    });

    test("wake whoever waits, and nobody waits for what is there already", async () => {
      const start = await one.last();
      const woken = other.wait(start, never);
      await one.append(it(1));
      await woken;
      await other.wait(start, never);
      const stop = new AbortController();
      const waiting = other.wait(await other.last(), stop.signal);
      stop.abort();
      await waiting;
    });

    test("reach every listener once, with nothing lost up to its last moment, whatever another one throws", async () => {
      const heard: number[] = [];
      const problems: unknown[] = [];
      const hub = createEventHub(one, (error) => problems.push(error));
      hub.watch(() => {
        throw new Error("no");
      });
      const before = hub.watch(({ at }) => heard.push(at));
      hub.emit(it(1));
      hub.emit(it(2));
      await before();
      hub.emit(it(3));
      expect(heard).toEqual([1, 2]);
      await expect.poll(() => problems.length).toBeGreaterThan(0);
    });

    test("outlive a crash once they were made to, and no number is given twice after it", async () => {
      if (!harness.crash) return;
      const start = await one.last();
      await one.append(it(1));
      await one.sync();
      await one.append(it(2));
      await one.sync();
      await Promise.all([one.sync(), one.append(it(3)), one.sync()]);
      const last = await one.last();
      one = await harness.crash();
      expect(await moments(one, start)).toEqual([1, 2, 3]);
      expect(await one.append(it(4))).toBeGreaterThan(last);
    });

    test("are read on by whoever was away, and who was away too long is told so", async () => {
      const start = await one.last();
      await one.append(it(1));
      if (harness.reopen) one = await harness.reopen();
      const number = await one.append(it(2));
      expect(await moments(one, start)).toEqual([1, 2]);
      for (let at = 3; at < harness.more; at += 1) {
        await one.append(it(at));
        if (harness.reopen) one = await harness.reopen();
      }
      expect((await one.read(start, 10)).hasGap).toBe(true);
      expect(await one.last()).toBeGreaterThan(number);
      expect((await one.read(await one.last(), 10)).hasGap).toBe(false);
    });
  });
}
