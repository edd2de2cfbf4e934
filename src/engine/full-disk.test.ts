import { describe, expect, test } from "vitest";
import { putCampaign, startProcess } from "../../tests/support/engine-bench.ts";
import { createScriptedChannel, yes } from "../../tests/support/scripted/scripted-channel.ts";

/** A campaign to ten names whose disk is full from the third call on, until the test frees it. */
async function runFull() {
  const space = { isFull: false };
  const channel = createScriptedChannel({
    manifest: { readsBack: true },
    turn: () => {
      space.isFull = channel.calls.length === 3;
      return yes;
    },
  });
  const effect = (): Promise<void> =>
    space.isFull ? Promise.reject(new Error("ENOSPC: no space left on device")) : Promise.resolve();
  const process = startProcess({ channel, effect, concurrency: 1 });
  await process.engine.start(putCampaign(process.disk, { names: 10 }));
  await process.clock.runUntilIdle();
  return { ...process, channel, space };
}

describe("a disk that is full", () => {
  test("pauses the campaign and says so, even where that can't be recorded", async () => {
    const { engine, channel, disk, events, space } = await runFull();
    expect(channel.calls).toHaveLength(3);
    expect(events.at(-1)).toMatchObject({ kind: "status", status: "paused", pause: { kind: "storage" } });
    expect(disk.campaigns.get("spring")).toMatchObject({ status: "running" });
    expect((await engine.find("spring"))?.campaign).toMatchObject({ status: "paused" });
    space.isFull = false;
    expect((await engine.find("spring"))?.campaign).toMatchObject({ status: "paused" });
  });

  test("lets go on where it stopped once there is space, and settles what was uncertain", async () => {
    const process = await runFull();
    process.space.isFull = false;
    const open = await process.engine.find("spring");
    expect(await open?.resume()).toBeUndefined();
    await process.clock.runUntilIdle();
    expect(await (await process.engine.find("spring"))?.ledger.counts()).toMatchObject({
      sent: 10,
      uncertain: 0,
    });
    expect([...process.channel.inbox.values()]).toEqual(Array.from({ length: 10 }, () => 1));
    expect(process.disk.campaigns.get("spring")?.status).toBe("finished");
  });

  test("leaves one open campaign, however many ask for it at the same time", async () => {
    const { engine, space } = await runFull();
    space.isFull = false;
    const found = await Promise.all(Array.from({ length: 5 }, () => engine.find("spring")));
    expect(new Set(found).size).toBe(1);
  });

  test("keeps no campaign from going on that was started while it was full", async () => {
    const space = { isFull: false };
    const channel = createScriptedChannel({ turn: () => yes });
    const effect = (): Promise<void> =>
      space.isFull ? Promise.reject(new Error("ENOSPC: no space left on device")) : Promise.resolve();
    const process = startProcess({ channel, effect });
    const campaign = putCampaign(process.disk, { names: 3 });
    const save = process.disk.campaigns.set.bind(process.disk.campaigns);
    process.disk.campaigns.set = (...entry) => {
      space.isFull = true;
      return save(...entry);
    };
    await expect(process.engine.start(campaign)).rejects.toThrow("ENOSPC");
    space.isFull = false;
    await process.engine.find("spring");
    await process.clock.runUntilIdle();
    expect(await (await process.engine.find("spring"))?.ledger.counts()).toMatchObject({ sent: 3 });
  });
});
