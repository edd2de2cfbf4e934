/**
 * A text changed while a campaign runs, and the process killed at every single effect of it: nobody gets two texts, and
 * what the results call somebody's text is the one that they really got.
 */
import { expect, test } from "vitest";
import type { ChannelManifest } from "../../src/channels/channel.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import { changedBy } from "../../src/domain/campaign-change.ts";
import { messageOf } from "../../src/domain/message-at.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import type { Effect, MemoryDisk } from "../support/memory-stores.ts";
import { createMemoryDisk, noCrash } from "../support/memory-stores.ts";
import { createScriptedChannel, lostYes, yes } from "../support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const NAMES = 6;

const classes: Record<string, Partial<ChannelManifest>> = {
  "a dedup key": { honoursDedupKey: true },
  "reading back": { readsBack: true },
  neither: {},
  "a wait before its call": { waitsBeforeCall: true },
};

/** What each person really got, one text a message. */
type Received = Map<string, string[]>;

interface World {
  readonly received: Received;
  readonly manifest: Partial<ChannelManifest>;
  /** Dedup keys that the people know. */
  readonly keys: Set<string>;
}

/** The first answer to p1 is lost. */
function channelTo(
  { received, manifest, keys }: World,
  { effect, arrived }: { readonly effect: Effect; readonly arrived: (count: number) => void },
) {
  const inbox = new Map([...received].map(([name, texts]) => [name, texts.length]));
  return createScriptedChannel({
    manifest,
    effect,
    keys,
    inbox,
    turn({ username, text, dedupKey }) {
      const before = received.get(username) ?? [];
      const isRepeat = manifest.honoursDedupKey && keys.has(dedupKey);
      if (!isRepeat) received.set(username, [...before, text]);
      arrived(received.size);
      return username === "p1" && before.length === 0 ? lostYes : yes;
    },
  });
}

function dyingAt(k: number): { readonly effect: Effect; readonly seen: () => number } {
  let seen = 0;
  const effect: Effect = () => (++seen >= k ? new Promise(() => undefined) : Promise.resolve());
  return { effect, seen: () => seen };
}

const change = (engine: Engine, text: string, at: number) =>
  engine.change("spring", (now) => changedBy(now, { message: { text } }, { by: "test", at }), "goesOn");

/** One life, in which the text is changed once two have it and again once four have one. */
async function live(disk: MemoryDisk, campaign: Campaign, world: World, effect: Effect): Promise<void> {
  const act = (count: number): void => {
    if (count === 2) void change(engine, "second", 1).catch(() => undefined);
    if (count === 4) void change(engine, "third", 2).catch(() => undefined);
  };
  const { engine, clock } = startProcess({
    channel: channelTo(world, { effect, arrived: act }),
    disk,
    effect,
    concurrency: 1,
    clock: createVirtualClock(),
  });
  const begun = disk.campaigns.has(campaign.id) ? engine.recover() : engine.start(campaign);
  void begun.catch(() => undefined);
  await clock.runUntilIdle();
}

for (const [name, manifest] of Object.entries(classes))
  test(`nobody gets two texts wherever the process dies, and the results know whose is whose, with ${name}`, async () => {
    const seenTexts = new Set<string>();
    for (let dies = 1, hasDied = true; hasDied; dies++) {
      const disk = createMemoryDisk();
      const campaign = putCampaign(disk, { names: NAMES });
      const received: Received = new Map();
      const world = { received, manifest, keys: new Set<string>() };
      const { effect, seen } = dyingAt(dies);
      await live(disk, campaign, world, effect);
      hasDied = seen() >= dies;
      if (hasDied) await live(disk, campaign, world, noCrash);
      const reader = startProcess({ channel: createScriptedChannel({ manifest }), disk });
      const open = await reader.engine.find("spring");
      for await (const { username, state, revision, at = 0 } of open!.ledger.results()) {
        const texts = received.get(username) ?? [];
        expect(texts.length).toBeLessThanOrEqual(1);
        expect(["sent", "uncertain"]).toContain(state);
        if (state !== "sent") continue;
        expect(revision).toBeDefined();
        expect(messageOf(open!.campaign, { at, revision: revision ?? 0 }).message).toBe(texts[0]);
        seenTexts.add(texts[0] ?? "");
      }
      expect(disk.campaigns.get("spring")).toMatchObject({ status: "finished" });
    }
    expect([...seenTexts].toSorted()).toEqual(["hello", "second", "third"]);
  });
