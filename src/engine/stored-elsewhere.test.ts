import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../tests/support/engine-bench.ts";
import { createScriptedChannel, yes } from "../../tests/support/scripted/scripted-channel.ts";
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
