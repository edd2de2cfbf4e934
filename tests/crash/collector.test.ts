/**
 * A collection stopped after any single effect: each write and each sync of its files, each page asked and answered.
 * Whatever is killed, the next process delivers exactly what was asked for, nobody twice, and asks at most one page again.
 */
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { FinishedRequest } from "../../src/domain/collecting/collection.ts";
import type { Target } from "../../src/domain/collecting/lead.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { createXClient } from "../../src/lib/x-api/x-client.ts";
import type { PageRequest, Source } from "../../src/sources/source.ts";
import { openXFollowers } from "../../src/sources/x/followers.ts";
import type { LeadListState } from "../../src/domain/collecting/collection.ts";
import { createLeadWorld, deliveredIds } from "../support/collecting.ts";
import type { DiskFault } from "../support/failing-disk.ts";
import { shareOfToday } from "../support/every-moment.ts";
import { openFakeX } from "../support/fake-x/fake-x.ts";
import { crowd } from "../support/fake-x/population.ts";
import { createScriptedSource, people } from "../support/scripted/scripted-source.ts";

/** What is collected, and from whom. */
interface Scenario {
  readonly count: number;
  /** So many from each target. */
  readonly perTarget?: number;
  readonly targets: readonly Target[];
  /** Opens the source; it makes the effect before and after each answer, and notes what it is asked. */
  open(effect: () => Promise<void>, asked: PageRequest[]): Promise<Source>;
}

const rows = {
  spring: [...people(1, 12), ...people(5, 20), ...people(21, 40)],
  summer: [...people(15, 30), ...people(101, 140)],
};
const scripted: Scenario = {
  count: 43,
  targets: ["spring", "summer"].map((query) => ({ source: "x-followers", query })),
  open: async (effect, asked) => createScriptedSource({ rows, asked, effect }),
};

/** As many of each, some of whom both have: whoever brings one first has brought one. */
const ofEach: Scenario = { ...scripted, count: 40, perTarget: 20 };

/** Two accounts that share ten followers and gain one with every page, in pages of 21. */
const onX: Scenario = {
  count: 70,
  targets: ["star", "moon"].map((query) => ({ source: "x-followers", query })),
  async open(effect, asked) {
    const fans = crowd("fan", 80);
    const x = await openFakeX({
      accounts: [{ name: "peyk_one" }],
      people: [
        { name: "star", followers: fans.slice(0, 45) },
        { name: "moon", followers: fans.slice(35) },
      ],
      followersMove: true,
    });
    const { name: _name, ...keys } = x.accountKeys[0]!;
    const client = createXClient({
      baseUrl: x.address,
      clock: systemClock,
      nonce: () => randomBytes(16).toString("hex"),
    });
    const source = openXFollowers({ client, keys, clock: systemClock });
    return {
      ...source,
      async page(request, signal) {
        await effect();
        asked.push(request);
        const answer = await source.page({ ...request, wanted: 1 }, signal);
        await effect();
        return answer;
      },
      [Symbol.asyncDispose]: () => x[Symbol.asyncDispose](),
    };
  },
};

/** The effect after which the process is no more: one of the disk's, or one of the source's. */
type Death = { readonly fault: DiskFault; readonly at: number } | { readonly sourceEffect: number };

interface Verdict {
  /** The chosen effect came. */
  readonly died: boolean;
  readonly ids: readonly string[];
  readonly asked: readonly PageRequest[];
  readonly request: LeadListState["request"];
  /** What the KPIs count. */
  readonly finished: readonly FinishedRequest[];
}

async function killedOnce(scenario: Scenario, death: Death): Promise<Verdict> {
  const { count, targets, perTarget } = scenario;
  const request = { count, targets, ...(perTarget === undefined ? {} : { perTarget }) };
  await using world = await createLeadWorld();
  const asked: PageRequest[] = [];
  let [effects, isFirst, died] = [0, true, false];
  const dead = new Promise<never>(() => undefined);
  await using source = await scenario.open(async () => {
    if (!isFirst || !("sourceEffect" in death)) return;
    if (++effects >= death.sourceEffect) {
      died = true;
      life.disk.bury();
      await dead;
    }
  }, asked);
  const life = await world.live({ sources: [source], ...("fault" in death ? { failure: death } : {}) });
  const begun = life.begin(request).catch(() => undefined);
  await life.clock.runUntil(Promise.race([begun, untilDead(() => life.disk.isDead)]));
  await life.finish().catch(() => undefined);
  died ||= life.disk.isDead;
  await life.abandon();

  isFirst = false;
  const next = await world.live({ sources: [source] });
  const ledger = await next.store.open("one");
  await next.collector.recover();
  await next.finish();
  // Killed before the request was on disk, nobody was promised anything: it is asked for again.
  if ((await ledger.state()).request === undefined) {
    await next.begin(request);
    await next.finish();
  }
  const ids = await deliveredIds(ledger);
  const finished = await next.store.finished();
  await next.close();
  return { died, ids, asked, request: (await ledger.state()).request, finished };
}

async function untilDead(isDead: () => boolean): Promise<void> {
  while (!isDead()) await new Promise((resolve) => setImmediate(resolve));
}

function expectPromisesKept(
  { ids, asked, request, finished }: Verdict,
  { what, count, perTarget }: { readonly what: string } & Pick<Scenario, "count" | "perTarget">,
): void {
  if (perTarget !== undefined) expect(request?.got).toEqual({ 0: perTarget, 1: perTarget });
  const pages = asked.map(({ query, cursor }) => `${query} ${cursor}`);
  const found = {
    what,
    delivered: ids.length,
    different: new Set(ids).size,
    status: request?.status,
    figures: finished.map(({ delivered }) => delivered),
    askedAgainAtMostOnce: pages.length - new Set(pages).size <= 1,
  };
  expect(found).toMatchObject({
    what,
    delivered: count,
    different: count,
    status: { kind: "ended", end: "targetReached" },
    figures: [count],
    askedAgainAtMostOnce: true,
  });
}

test.each<DiskFault>(["torn", "unheard", "powerCut", "powerCutHalf"])(
  "keeps the count when the process ends at any write or sync: %s",
  async (fault) => {
    let cases = 0;
    for (const moment of shareOfToday(2)) {
      const at = moment + 1; // the first one opens the store
      const verdict = await killedOnce(scripted, { fault, at });
      expectPromisesKept(verdict, { what: `${fault} at ${at}`, ...scripted });
      if (!verdict.died) break;
      cases += 1;
    }
    expect(cases).toBeGreaterThan(6);
  },
);

test.each([
  ["written down", scripted],
  ["of which each target brings its share", ofEach],
  ["of X, while the accounts gain followers", onX],
])("keeps the count when the process ends before or after any page %s", async (_, scenario) => {
  let cases = 0;
  for (const sourceEffect of shareOfToday(2)) {
    const verdict = await killedOnce(scenario, { sourceEffect });
    expectPromisesKept(verdict, { what: `effect ${sourceEffect}`, ...scenario });
    if (!verdict.died) break;
    cases += 1;
  }
  expect(cases).toBeGreaterThan(3);
});
