/**
 * What holds a campaign until a person has looked, over a death at every single effect: never more than the first few have
 * the message, never more is spent than the cap, and once the word is given everybody gets it, once.
 */
import { expect, test } from "vitest";
import type { WayOn } from "../../src/domain/settings/after-look.ts";
import type { CampaignSettings } from "../../src/domain/settings/settings.ts";
import { costOf } from "../../src/domain/settings/spending.ts";
import { importedTotal } from "../../src/domain/recipient.ts";
import type { TestProcess } from "../support/engine-bench.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import type { Effect, MemoryDisk } from "../support/memory-stores.ts";
import { createMemoryDisk, noCrash } from "../support/memory-stores.ts";
import type { Turn } from "../support/scripted/scripted-channel.ts";
import { createScriptedChannel, lostYes, yes } from "../support/scripted/scripted-channel.ts";

const refused: Turn = {
  arrives: false,
  answer: { kind: "recipient", state: "refused", why: "takesNoMessages" },
};
const prices = { perMessage: 0.015, perLookUp: 0.01, perReply: 0, asOf: "2026-01-01" };

interface Case {
  readonly settings: CampaignSettings;
  readonly names: number;
  readonly turn: (username: string) => Turn;
  /** Words that are given, one after another, each once nothing moves any more. */
  readonly words: readonly WayOn[];
  /** The first death, and after it every how-manieth. */
  readonly from: number;
  readonly step: number;
}

const mixed = (username: string): Turn => (username === "p1" ? refused : username === "p2" ? lostYes : yes);

const cases: Readonly<Record<string, Case>> = {
  "first a few": {
    settings: { tryFirst: { count: 2, upTo: 2 } },
    names: 7,
    turn: mixed,
    words: ["more", "all"],
    from: 1,
    step: 1,
  },
  "a spend cap": { settings: { spendCap: 0.06 }, names: 6, turn: mixed, words: ["more"], from: 1, step: 1 },
  "a guard rail": {
    settings: { guardRails: { declined: 40 } },
    names: 60,
    turn: (username) => (Number(username.slice(1)) % 2 === 0 ? refused : yes),
    words: ["all"],
    from: 195,
    step: 3,
  },
};

/** A process that dies at its k-th effect: whatever comes then never happens. */
function dyingAt(k: number): { readonly effect: Effect; readonly seen: () => number } {
  let seen = 0;
  const effect: Effect = () => (++seen >= k ? new Promise(() => undefined) : Promise.resolve());
  return { effect, seen: () => seen };
}

function processOn(
  disk: MemoryDisk,
  inbox: Map<string, number>,
  { turn }: Case,
  effect: Effect,
): TestProcess {
  const channel = createScriptedChannel({
    manifest: { prices },
    inbox,
    effect,
    turn: ({ username }) => turn(username),
  });
  return startProcess({ channel, disk, effect, concurrency: 3 });
}

/** Gives the words as long as the campaign waits for them. */
async function steer({ engine, clock }: TestProcess, words: readonly WayOn[]): Promise<void> {
  await clock.runUntilIdle();
  for (const way of words) {
    const open = await engine.find("spring");
    if (open?.campaign.status !== "paused") return;
    void open.resume(undefined, way).catch(() => undefined);
    await clock.runUntilIdle();
  }
}

/** Judged by the people's own inbox and by the journal, against the campaign as it is stored. */
async function judge(disk: MemoryDisk, inbox: ReadonlyMap<string, number>): Promise<void> {
  const { tryFirst, spendCap } = disk.campaigns.get("spring") ?? {};
  expect(Math.max(0, ...inbox.values())).toBeLessThanOrEqual(1);
  expect(inbox.size).toBeLessThanOrEqual(tryFirst?.upTo ?? Infinity);
  const claims = (disk.journals.get("spring") ?? []).filter(({ t }) => t === "claim").length;
  const spent = costOf({ messages: claims, lookUps: claims }, prices);
  expect(spent).toBeLessThanOrEqual(spendCap ?? Infinity);
}

for (const [name, one] of Object.entries(cases))
  test(`wherever the process dies, ${name} holds until the word is given, and then nobody is forgotten`, async () => {
    let deaths = 0;
    for (let k = one.from, hasDied = true; hasDied; k += one.step) {
      const [disk, inbox] = [createMemoryDisk(), new Map<string, number>()];
      const campaign = { ...putCampaign(disk, { names: one.names }), ...one.settings };
      const { effect, seen } = dyingAt(k);
      const dying = processOn(disk, inbox, one, effect);
      void dying.engine.start(campaign).catch(() => undefined);
      void steer(dying, one.words).catch(() => undefined);
      for (let turns = 0; turns <= one.words.length + 1; turns++) await dying.clock.runUntilIdle();
      hasDied = seen() >= k;
      await judge(disk, inbox);
      // Dead before the campaign was on disk: nothing was begun.
      if (!disk.campaigns.has("spring")) continue;
      const next = processOn(disk, inbox, one, noCrash);
      await next.engine.recover();
      await next.clock.runUntilIdle();
      await judge(disk, inbox);
      const open = await next.engine.find("spring");
      const status = open?.campaign.status;
      if (status === "paused") expect(open?.campaign.pause).toMatchObject({ kind: kindOf(one) });
      await steer(next, ["more", "more", "all", "all"]);
      await judge(disk, inbox);
      const counts = await (await next.engine.find("spring"))!.ledger.counts();
      expect([importedTotal(counts), counts.planned + counts.claimed]).toEqual([one.names, 0]);
      if (hasDied) deaths++;
    }
    expect(deaths).toBeGreaterThan(15);
  });

function kindOf({ settings }: Case): string {
  if (settings.tryFirst) return "triedFirst";
  return settings.spendCap === undefined ? "guardRail" : "spendCap";
}
