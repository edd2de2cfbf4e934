/**
 * An account left out and another taken in while a campaign runs, and the process killed at every single effect of it: from
 * the moment it is written down nothing begins through the one that was left out, and nobody gets two messages.
 */
import { expect, test } from "vitest";
import type { Campaign } from "../../src/domain/campaign.ts";
import { changedBy } from "../../src/domain/campaign-change.ts";
import { everyAccount } from "../../src/domain/campaign-accounts.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import type { Effect, MemoryDisk } from "../support/memory-stores.ts";
import { createMemoryDisk, noCrash } from "../support/memory-stores.ts";
import { createScriptedChannel, yes } from "../support/scripted/scripted-channel.ts";

const NAMES = 4;
const two = [{ name: "two", caps: {} }];

interface World {
  readonly disk: MemoryDisk;
  readonly inbox: Map<string, number>;
  /** By whom each message went out. */
  readonly through: Map<string, string>;
  /** Names that an account wrote to which was left out by then. */
  readonly wrong: string[];
}

/** One life, in which the other account takes over once two have the message. */
async function live(
  { disk, inbox, through, wrong }: World,
  campaign: Campaign,
  effect: Effect,
): Promise<void> {
  const channel = createScriptedChannel({
    effect,
    inbox,
    accounts: ["one", "two"],
    turn({ username, account }) {
      const now = disk.campaigns.get("spring")?.accounts.map(({ name }) => name);
      if (!now?.includes(account)) wrong.push(username);
      through.set(username, account);
      if (through.size >= 2)
        void engine
          .change(
            "spring",
            (of) => changedBy(of, { settings: { accounts: two } }, { by: "test", at: 1 }),
            "goesOn",
          )
          .catch(() => undefined);
      return yes;
    },
  });
  const { engine, clock } = startProcess({ channel, disk, effect, concurrency: 1 });
  const begun = disk.campaigns.has(campaign.id) ? engine.recover() : engine.start(campaign);
  void begun.catch(() => undefined);
  await clock.runUntilIdle();
}

test("nothing begins through an account that was left out, wherever the process dies, and nobody gets two", async () => {
  const used = new Set<string>();
  for (let dies = 1, hasDied = true; hasDied; dies++) {
    const world: World = { disk: createMemoryDisk(), inbox: new Map(), through: new Map(), wrong: [] };
    const campaign = putCampaign(world.disk, { names: NAMES });
    let seen = 0;
    const effect: Effect = () => (++seen >= dies ? new Promise(() => undefined) : Promise.resolve());
    await live(world, campaign, effect);
    hasDied = seen >= dies;
    if (hasDied) await live(world, campaign, noCrash);
    expect([...world.inbox.values()].every((count) => count === 1)).toBe(true);
    expect(world.wrong).toEqual([]);
    const ended = world.disk.campaigns.get("spring");
    expect(ended).toMatchObject({ status: "finished", accounts: two });
    expect(ended && everyAccount(ended)).toEqual(["two", "one"]);
    for (const account of world.through.values()) used.add(account);
  }
  expect([...used].toSorted()).toEqual(["one", "two"]);
});
