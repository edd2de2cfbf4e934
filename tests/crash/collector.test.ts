/**
 * A collection stopped after every single effect: each write and each sync of its files, each page asked and answered.
 * Whatever is killed, the next process delivers exactly what was asked for, nobody twice, and asks at most one page again.
 */
import { expect, test } from "vitest";
import type { FinishedRequest } from "../../src/domain/collection.ts";
import type { PageRequest } from "../../src/sources/source.ts";
import type { LeadLedger } from "../../src/storage/lead-stores.ts";
import type { CollectingOptions } from "../support/collecting.ts";
import { createLeadWorld, deliveredIds } from "../support/collecting.ts";
import type { DiskFault } from "../support/failing-disk.ts";
import { createScriptedSource, people } from "../support/scripted-source.ts";

const COUNT = 43;
const targets = [
  { source: "x-followers", query: "spring" },
  { source: "x-followers", query: "summer" },
];
const rows = {
  spring: [...people(1, 12), ...people(5, 20), ...people(21, 40)],
  summer: [...people(15, 30), ...people(101, 140)],
};

/** The effect after which the process is no more: one of the disk's, or one of the source's. */
type Death = { readonly fault: DiskFault; readonly at: number } | { readonly sourceEffect: number };

interface Verdict {
  /** The chosen effect came. */
  readonly died: boolean;
  readonly ids: readonly string[];
  readonly asked: readonly PageRequest[];
  readonly ledger: Pick<LeadLedger, "state">;
  /** What the KPIs count. */
  readonly finished: readonly FinishedRequest[];
}

async function killedOnce(death: Death): Promise<Verdict> {
  await using world = await createLeadWorld();
  const asked: PageRequest[] = [];
  let effects = 0;
  let died = false;
  const dead = new Promise<never>(() => undefined);
  const options = (isFirst: boolean): CollectingOptions => ({
    sources: [
      createScriptedSource({
        rows,
        asked,
        async effect() {
          if (!isFirst || !("sourceEffect" in death)) return;
          if (++effects >= death.sourceEffect) {
            died = true;
            life.disk.bury();
            await dead;
          }
        },
      }),
    ],
    ...(isFirst && "fault" in death ? { failure: death } : {}),
  });
  const life = await world.live(options(true));
  const begun = life.begin({ targets, count: COUNT }).catch(() => undefined);
  await life.clock.runUntil(Promise.race([begun, untilDead(() => life.disk.isDead)]));
  await life.finish().catch(() => undefined);
  died ||= life.disk.isDead;
  await life.abandon();

  const next = await world.live(options(false));
  const ledger = await next.store.open("one");
  await next.collector.recover();
  await next.finish();
  // Killed before the request was on disk, nobody was promised anything: it is asked for again.
  if (ledger.state().request === undefined) {
    await next.begin({ targets, count: COUNT });
    await next.finish();
  }
  const ids = await deliveredIds(ledger);
  const finished = [...next.store.finished()];
  await next.close();
  return { died, ids, asked, ledger, finished };
}

async function untilDead(isDead: () => boolean): Promise<void> {
  while (!isDead()) await new Promise((resolve) => setImmediate(resolve));
}

function expectPromisesKept({ ids, asked, ledger, finished }: Verdict, what: string): void {
  const pages = asked.map(({ query, cursor }) => `${query} ${cursor}`);
  const found = {
    what,
    delivered: ids.length,
    different: new Set(ids).size,
    status: ledger.state().request?.status,
    figures: finished.map(({ delivered }) => delivered),
    askedAgainAtMostOnce: pages.length - new Set(pages).size <= 1,
  };
  expect(found).toMatchObject({
    what,
    delivered: COUNT,
    different: COUNT,
    status: { kind: "ended", end: "targetReached" },
    figures: [COUNT],
    askedAgainAtMostOnce: true,
  });
}

test.each<DiskFault>(["torn", "unheard", "powerCut", "powerCutHalf"])(
  "keeps the count when the process ends at any write or sync: %s",
  async (fault) => {
    let at = 2; // the first one opens the store
    for (; at < 100; at++) {
      const verdict = await killedOnce({ fault, at });
      expectPromisesKept(verdict, `${fault} at ${at}`);
      if (!verdict.died) break;
    }
    expect(at).toBeGreaterThan(15);
    expect(at).toBeLessThan(100);
  },
);

test("keeps the count when the process ends before or after any page", async () => {
  let sourceEffect = 1;
  for (; sourceEffect < 100; sourceEffect++) {
    const verdict = await killedOnce({ sourceEffect });
    expectPromisesKept(verdict, `effect ${sourceEffect}`);
    if (!verdict.died) break;
  }
  expect(sourceEffect).toBeGreaterThan(8);
  expect(sourceEffect).toBeLessThan(100);
});
