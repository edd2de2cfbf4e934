/**
 * Texts in two languages, everybody changing theirs while the campaign runs, and the process killed at every single effect:
 * nobody gets two texts, and the results name the language of the one that they really got.
 */
import { expect, test } from "vitest";
import type { ChannelManifest } from "../../src/channels/channel.ts";
import { messageOf } from "../../src/domain/message-at.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import type { Effect, MemoryDisk } from "../support/memory-stores.ts";
import { createMemoryDisk, noCrash } from "../support/memory-stores.ts";
import { createScriptedChannel, lostYes, yes } from "../support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const classes: Record<string, Partial<ChannelManifest>> = {
  "a dedup key": { honoursDedupKey: true },
  "a wait before its call": { waitsBeforeCall: true },
};
const extras = { translations: [{ language: "fa", message: "salam" }] };

/** One life; whoever is written to speaks the other language from then on, and the first answer to p1 is lost. */
async function live(disk: MemoryDisk, received: Map<string, string[]>, life: Life): Promise<void> {
  const { engine, clock } = startProcess({
    channel: createScriptedChannel({
      ...life,
      turn({ username, text, dedupKey }) {
        const before = received.get(username) ?? [];
        if (!life.manifest.honoursDedupKey || !life.keys.has(dedupKey))
          received.set(username, [...before, text]);
        speak(disk, text === "salam" ? "en" : "fa");
        return username === "p1" && before.length === 0 ? lostYes : yes;
      },
    }),
    disk,
    effect: life.effect,
    concurrency: 1,
    clock: createVirtualClock(),
  });
  const there = disk.campaigns.get("spring");
  const begun = there?.revision === undefined && life.isFirst ? engine.start(there!) : engine.recover();
  void begun.catch(() => undefined);
  await clock.runUntilIdle();
}

interface Life {
  readonly manifest: Partial<ChannelManifest>;
  readonly keys: Set<string>;
  readonly effect: Effect;
  readonly isFirst: boolean;
}

function speak(disk: MemoryDisk, chosen: string): void {
  for (let number = 0; number < 4; number++) disk.known.set(`p${number}`, { spoken: { chosen, app: "de" } });
}

for (const [name, manifest] of Object.entries(classes))
  test(`nobody gets two texts wherever the process dies, and the results know whose language is whose, with ${name}`, async () => {
    const seen = new Set<string>();
    for (let dies = 1, hasDied = true; hasDied; dies++) {
      const disk = createMemoryDisk();
      const campaign = { ...putCampaign(disk, { names: 4 }), extras };
      speak(disk, "fa");
      const received = new Map<string, string[]>();
      const keys = new Set<string>();
      let count = 0;
      const effect: Effect = () => (++count >= dies ? new Promise(() => undefined) : Promise.resolve());
      disk.campaigns.set("spring", campaign);
      await live(disk, received, { manifest, keys, effect, isFirst: true });
      hasDied = count >= dies;
      if (hasDied) await live(disk, received, { manifest, keys, effect: noCrash, isFirst: false });
      const reader = startProcess({ channel: createScriptedChannel({ manifest }), disk });
      const open = await reader.engine.find("spring");
      for await (const { username, state, language, revision = 0, at = 0 } of open!.ledger.results()) {
        const texts = received.get(username) ?? [];
        expect(texts.length).toBeLessThanOrEqual(1);
        if (state !== "sent") continue;
        const text = language === undefined ? {} : { language };
        expect(messageOf(campaign, { at, revision, ...text }).message).toBe(texts[0]);
        seen.add(texts[0] ?? "");
      }
    }
    expect([...seen].toSorted()).toEqual(["hello", "salam"]);
  });
