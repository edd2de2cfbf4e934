/**
 * Names join a campaign at work, and the process is killed at every single effect of it: the counts add up at every moment,
 * all of a list join or nobody, given again they join once, and everybody gets the message once.
 */
import { expect, test } from "vitest";
import type { ChannelManifest } from "../../src/channels/channel.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import { importedTotal } from "../../src/domain/recipient.ts";
import type { OpenCampaign } from "../../src/engine/open-campaign.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import type { Effect, MemoryDisk } from "../support/memory-stores.ts";
import { createMemoryDisk, namesOf, noCrash } from "../support/memory-stores.ts";
import { putList } from "../support/put-list.ts";
import { createScriptedChannel, lostYes, yes } from "../support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const NAMES = 4;
/** One of them is there already. */
const MORE = ["p1", "zahra", "omid"];
const EVERYBODY = ["p0", "p1", "p2", "p3", "zahra", "omid"];

const classes: Record<string, Partial<ChannelManifest>> = {
  "a dedup key": { honoursDedupKey: true },
  "reading back": { readsBack: true },
  "a wait before its call and reading back": { waitsBeforeCall: true, readsBack: true },
};

interface World {
  readonly disk: MemoryDisk;
  readonly campaign: Campaign;
  readonly inbox: Map<string, number>;
  readonly keys: Set<string>;
  readonly manifest: Partial<ChannelManifest>;
  readonly listId: string;
  /** Counts that did not add up. */
  readonly wrong: string[];
}

const give = (engine: Engine, listId: string) =>
  engine.addNames("spring", { listId, origin: "pasted", by: "7" });

/** One life, in which the list is given once two people have the message. */
async function live(world: World, effect: Effect): Promise<void> {
  const { disk, campaign, inbox, keys, manifest, listId, wrong } = world;
  let open: OpenCampaign | undefined;
  const watched: Effect = async (name) => {
    await effect(name);
    const imported = open ? importedTotal(await open.ledger.counts()) : NAMES;
    if (imported !== NAMES && imported !== EVERYBODY.length) wrong.push(`${imported} at ${name}`);
  };
  const { engine, clock } = startProcess({
    channel: createScriptedChannel({
      manifest,
      effect: watched,
      inbox,
      keys,
      turn: ({ username }) => {
        if (inbox.size === 2) void give(engine, listId).catch(() => undefined);
        return username === "p1" && !inbox.has("p1") ? lostYes : yes;
      },
    }),
    disk,
    effect: watched,
    concurrency: 2,
    clock: createVirtualClock(),
  });
  const begun = disk.campaigns.has("spring") ? engine.recover() : engine.start(campaign);
  void begun.then(async () => (open = await engine.find("spring"))).catch(() => undefined);
  await clock.runUntilIdle();
}

for (const [name, manifest] of Object.entries(classes))
  test(`whoever joins gets it once and nobody is lost, wherever the process dies, with ${name}`, async () => {
    for (let dies = 1, hasDied = true; hasDied; dies++) {
      const disk = createMemoryDisk();
      const campaign = putCampaign(disk, { names: NAMES });
      const listId = await putList(disk.lists, MORE);
      const inbox = new Map<string, number>();
      const world = { disk, campaign, inbox, keys: new Set<string>(), manifest, listId, wrong: [] };
      let seen = 0;
      await live(world, () => (++seen >= dies ? new Promise(() => undefined) : Promise.resolve()));
      hasDied = seen >= dies;
      if (hasDied) await live(world, noCrash);
      const { engine, clock } = startProcess({
        channel: createScriptedChannel({ manifest, inbox, keys: world.keys }),
        disk,
      });
      // Whoever gave a list and heard nothing gives it again; a campaign that is over by then is taken up by a start.
      await clock.runUntil(engine.recover());
      await clock.runUntil(give(engine, listId));
      await clock.runUntilIdle();
      const counts = await (await engine.find("spring"))?.ledger.counts();
      const everybody = namesOf(disk, "spring");
      expect([EVERYBODY, EVERYBODY.slice(0, NAMES)]).toContainEqual(everybody);
      expect(counts).toMatchObject({ sent: everybody.length, planned: 0, uncertain: 0 });
      expect(importedTotal(counts!)).toBe(everybody.length);
      expect(inbox).toEqual(new Map(everybody.map((one) => [one, 1])));
      expect(disk.campaigns.get("spring")).toMatchObject({ status: "finished" });
      expect(world.wrong).toEqual([]);
      if (!hasDied) expect(everybody).toEqual(EVERYBODY);
    }
  });
