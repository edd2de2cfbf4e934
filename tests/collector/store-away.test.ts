/** What is collected while the store that several processes share goes away and comes back. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CollectorParts } from "../../src/collector/collector-parts.ts";
import { defaultCollectorPolicy } from "../../src/collector/collector-parts.ts";
import type { LeadListState } from "../../src/domain/collecting/collection.ts";
import { Collector } from "../../src/collector/collector.ts";
import type { Source } from "../../src/sources/source.ts";
import type { LeadLedger } from "../../src/storage/ports/leads.ts";
import type { Collecting } from "../support/collecting.ts";
import { createLeadWorld, deliveredIds } from "../support/collecting.ts";
import { createScriptedSource, people } from "../support/scripted/scripted-source.ts";

const spring = { source: "x-followers", query: "spring" };
const all = people(1, 40);
const awayError = new Error("the store is away");

let world: Awaited<ReturnType<typeof createLeadWorld>>;
let life: Collecting;

beforeEach(async () => {
  world = await createLeadWorld();
});

afterEach(async () => {
  await life.close();
  await world[Symbol.asyncDispose]();
});

function collectorOf(
  source: Source,
  parts: Pick<CollectorParts, "store"> & Partial<CollectorParts>,
): Collector {
  return new Collector({
    sources: new Map([[source.manifest.name, source]]),
    clock: life.clock,
    random: () => 0.5,
    policy: defaultCollectorPolicy,
    emit: () => undefined,
    log: { error: () => undefined },
    ...parts,
  });
}

/** The ledger with something around each of its methods. */
function around(
  ledger: LeadLedger,
  call: (method: keyof LeadLedger, ask: () => unknown) => unknown,
): LeadLedger {
  return new Proxy(ledger, {
    get(target, key: keyof LeadLedger) {
      const method: unknown = target[key];
      if (typeof method !== "function") return method;
      return (...args: readonly unknown[]) => call(key, () => method.apply(target, args));
    },
  });
}

/** A collector over a store that refuses everything while it is away; `back` ends that. */
async function share(turn: (ask: number) => void = () => undefined) {
  const source = createScriptedSource({
    rows: { spring: all },
    turn: (ask) => {
      turn(ask);
      return undefined;
    },
  });
  life = await world.live({ sources: [source] });
  const ledger = await life.store.open("one");
  const [number = 0] = await ledger.join([spring], 0);
  await ledger.note({ t: "request", targets: [number], count: 40, at: life.clock.now() });
  let [isAway, resolve] = [false, (): void => undefined];
  let coming = Promise.resolve();
  const asked = <T>(answer: () => T): T => {
    if (isAway) throw awayError;
    return answer();
  };
  const refusing = around(ledger, async (_method, ask) => asked(ask));
  const { store } = life;
  const collector = collectorOf(source, {
    store: {
      ...store,
      open: store.open.bind(store),
      find: async () => asked(() => refusing),
      summaries: () => store.summaries(),
    },
    isShared: true,
    away: { takes: (error) => (error === awayError ? "away" : undefined), back: () => coming },
  });
  return {
    ledger,
    collector,
    goAway(): void {
      isAway = true;
      coming = new Promise((back) => (resolve = back));
    },
    back(): void {
      isAway = false;
      resolve();
    },
  };
}

test("what is collected goes on by itself once a store that was away is back", async () => {
  const shared = await share((ask) => ask === 2 && shared.goAway());
  await shared.collector.recover();
  await life.clock.advance(3_600_000);
  expect((await shared.ledger.state()).size).toBe(10);
  shared.back();
  await life.clock.runUntil(shared.collector.idle("one"));
  expect(await deliveredIds(shared.ledger)).toEqual(all.map(({ id }) => id));
});

test("a request that was heard of while the store was away is taken up once it is back", async () => {
  const shared = await share();
  await shared.ledger.note({ t: "pause", pause: { kind: "operator" }, at: life.clock.now() });
  await shared.collector.recover();
  await shared.ledger.note({ t: "resume", at: life.clock.now() });
  shared.goAway();
  const heard = shared.collector.hear("one");
  await life.clock.advance(1000);
  shared.back();
  await life.clock.runUntil(heard);
  await life.clock.runUntil(shared.collector.idle("one"));
  expect(await deliveredIds(shared.ledger)).toHaveLength(40);
});

test("whoever waits for a store that is away is stopped at once", async () => {
  const shared = await share((ask) => ask === 2 && shared.goAway());
  await shared.collector.recover();
  await life.clock.advance(60_000);
  await life.clock.runUntil(shared.collector.stop(0));
  expect(shared.collector.haltOf("one")).toBeUndefined();
});

test("a pause that comes while it is looked how things stand is not missed, however long the next wait were", async () => {
  const shared = await share();
  const { ledger } = shared;
  const limited = createScriptedSource({
    rows: { spring: all },
    turn: () => ({ kind: "throttled", retryAt: life.clock.now() + 3_600_000, why: "tooFast" }),
  });
  let looks = 0;
  let isHeld = false;
  const look = async (): Promise<LeadListState> => {
    const { request, targets, size, delivered } = await ledger.state();
    const seen = { request: request && { ...request }, targets, size, delivered, requests: [] };
    // The first look after the answer is for what it means, the second for what is next.
    if (limited.asked.length > 0 && ++looks === 2) {
      isHeld = true;
      await life.clock.sleep(1000);
    }
    return seen;
  };
  const slow = around(ledger, (method, ask) => (method === "state" ? look() : ask()));
  const collector = collectorOf(limited, { store: life.store });
  await collector.resume(slow);
  await life.clock.advance(500);
  await collector.pause(slow);
  let isIdle = false;
  void collector.idle("one").then(() => (isIdle = true));
  await life.clock.advance(1000);
  expect([isHeld, isIdle]).toEqual([true, true]);
});
