import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../tests/support/engine-bench.ts";
import { createMemoryDisk, createMemoryStores } from "../../tests/support/memory-stores.ts";
import { createScriptedChannel, lostYes, yes } from "../../tests/support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import type { Campaign } from "../domain/campaign.ts";

/** A campaign to five; what another process stores is there before the third is claimed. */
async function changedElsewhere(change: Pick<Campaign, "status" | "pause">) {
  let turns = 0;
  const channel = createScriptedChannel({
    turn: () => {
      if (++turns === 2) process.disk.campaigns.set("spring", { ...campaign, ...change });
      return yes;
    },
  });
  const process = startProcess({ channel, concurrency: 1 });
  const campaign = putCampaign(process.disk, { names: 5 });
  await process.engine.start(campaign);
  await process.clock.runUntilIdle();
  return { ...process, channel, campaign };
}

test("a pause that another process stored binds the next claim, and is told here", async () => {
  const { channel, engine, events, clock } = await changedElsewhere({
    status: "paused",
    pause: { kind: "operator", by: "7" },
  });
  expect(channel.calls).toHaveLength(2);
  const open = await engine.find("spring");
  expect(open?.campaign).toMatchObject({ status: "paused", pause: { by: "7" } });
  expect(events.findLast(({ kind }) => kind === "status")).toMatchObject({ status: "paused" });
  await open?.resume();
  await clock.runUntilIdle();
  expect(channel.inbox.size).toBe(5);
});

test("a cancel that another process stored binds the next claim, and nobody is written to after it", async () => {
  const { channel, engine } = await changedElsewhere({ status: "cancelled" });
  expect(channel.calls).toHaveLength(2);
  expect((await engine.find("spring"))?.campaign.status).toBe("cancelled");
});

/** A campaign to five that another process changed after two were sent, as far as a claim has met that. */
async function stoppedElsewhere() {
  const process = await changedElsewhere({ status: "paused", pause: { kind: "operator", by: "7" } });
  const store = async (change: (from: Campaign) => Campaign): Promise<void> => {
    await process.engine.hear("spring");
    const from = process.disk.campaigns.get("spring");
    if (from) process.disk.campaigns.set("spring", change(from));
  };
  const hear = async (): Promise<void> => {
    await process.clock.runUntil(process.engine.hear("spring"));
    await process.clock.runUntilIdle();
  };
  return { ...process, store, hear };
}

test("what another process lets go on goes on here once that is heard, with the text that it stored", async () => {
  const { channel, engine, store, hear, disk } = await stoppedElsewhere();
  await store(({ pause: _pause, ...from }) => ({
    ...from,
    status: "running",
    message: "again",
    revision: 1,
  }));
  expect(channel.calls).toHaveLength(2);
  await hear();
  expect(channel.calls.map(({ text }) => text)).toEqual(["hello", "hello", "again", "again", "again"]);
  expect(disk.campaigns.get("spring")).toMatchObject({ status: "finished", message: "again" });
  expect((await engine.find("spring"))?.campaign).toMatchObject({ status: "finished" });
});

test("an end or another reason to wait that another process stored is shown here once it is heard", async () => {
  const { engine, events, store, hear } = await stoppedElsewhere();
  await store((from) => ({ ...from, pause: { kind: "operator", by: "9" } }));
  await hear();
  expect((await engine.opened("spring"))?.campaign).toMatchObject({ pause: { by: "9" } });
  await store(({ pause: _pause, ...from }) => ({ ...from, status: "finished", finishedAt: 5 }));
  await hear();
  await hear();
  expect((await engine.opened("spring"))?.campaign).toMatchObject({ status: "finished", finishedAt: 5 });
  const told = events.filter(({ kind }) => kind === "status").map((one) => "status" in one && one.status);
  expect(told).toEqual(["running", "paused", "paused", "finished"]);
});

test("what this process only counts is not begun because somebody let it go on", async () => {
  const { disk, channel } = await stoppedElsewhere();
  const other = startProcess({ disk, channel });
  await other.engine.recover(() => false);
  const { pause: _pause, ...from } = disk.campaigns.get("spring") ?? putCampaign(disk, { names: 5 });
  disk.campaigns.set("spring", { ...from, status: "running" });
  await other.clock.runUntil(other.engine.hear("spring"));
  await other.clock.runUntilIdle();
  expect(channel.calls).toHaveLength(2);
});

test("does not end while another process asks about somebody uncertain, and ends once that is heard to be over", async () => {
  const disk = createMemoryDisk();
  const clock = createVirtualClock();
  const { ledgers, ...stores } = createMemoryStores(disk, undefined, { clock });
  const elsewhere = { pursued: 1 };
  const open: typeof ledgers.open = async (campaign) => {
    const opening = await ledgers.open(campaign);
    const ledger = Object.assign(opening.ledger, {
      pursue: async () => false,
      pursued: async () => elsewhere.pursued,
    });
    return { ...opening, ledger };
  };
  const channel = createScriptedChannel({
    manifest: { readsBack: true },
    turn: ({ username }) => (username === "p0" ? lostYes : yes),
  });
  const { engine } = startProcess({ channel, clock, stores: { ...stores, ledgers: { ...ledgers, open } } });
  await engine.start(putCampaign(disk, { names: 3 }));
  await clock.advance(60_000);
  const opened = await engine.find("spring");
  const [claim] = (await opened?.ledger.uncertain()) ?? [];
  expect(opened?.campaign.status).toBe("running");
  await opened?.ledger.settle(claim!, { t: "sent", id: "m" });
  elsewhere.pursued = 0;
  await clock.runUntil(engine.hear("spring"));
  await clock.runUntilIdle();
  expect(disk.campaigns.get("spring")).toMatchObject({ status: "finished" });
});
