import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../tests/support/engine-bench.ts";
import { createScriptedChannel } from "../../tests/support/scripted/scripted-channel.ts";
import type { VirtualClock } from "../../tests/support/virtual-clock.ts";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import type { Campaign } from "../domain/campaign.ts";
import { LATEST_START_MS } from "../domain/when/schedule.ts";

const MINUTE = 60_000;
const NINE = Date.parse("2026-12-05T09:00Z");
const scheduledAt = (at: number) => ({ at, timeZone: "UTC", by: "7", setAt: 0 });

/** A campaign to three that is to start at nine, an hour before. */
async function scheduled(clock = createVirtualClock(NINE - 60 * MINUTE)) {
  const channel = createScriptedChannel({});
  const process = startProcess({ channel, clock });
  const campaign: Campaign = {
    ...putCampaign(process.disk, { names: 3 }),
    status: "scheduled",
    schedule: scheduledAt(NINE),
  };
  await process.engine.start(campaign);
  const stored = () => process.disk.campaigns.get("spring");
  return { ...process, channel, campaign, stored };
}

test("sends nothing before its moment and starts by itself then", async () => {
  const { clock, channel, stored } = await scheduled();
  await clock.advance(60 * MINUTE - 1);
  expect(channel.calls).toHaveLength(0);
  expect(stored()?.status).toBe("scheduled");
  await clock.advance(MINUTE);
  expect(channel.inbox.size).toBe(3);
  expect(stored()?.status).toBe("finished");
});

test.each([
  ["before it", -10 * MINUTE],
  ["at it", 0],
  ["a quarter of an hour after it", LATEST_START_MS],
])("starts when Peyk comes back %s", async (_when, late) => {
  const { engine, clock, channel, disk } = await scheduled();
  await engine.stop(0);
  await clock.advance(60 * MINUTE + late);
  const next = startProcess({ channel, clock, disk });
  await next.engine.recover();
  await clock.advance(20 * MINUTE);
  expect(channel.inbox.size).toBe(3);
});

test("asks when Peyk comes back later, and sends nothing by itself, however often it is started", async () => {
  const { engine, clock, channel, disk, stored } = await scheduled();
  await engine.stop(0);
  await clock.advance(60 * MINUTE + LATEST_START_MS + 1);
  for (let times = 0; times < 2; times++) {
    const next = startProcess({ channel, clock, disk });
    await next.engine.recover();
    await clock.advance(24 * 60 * MINUTE);
    expect(stored()).toMatchObject({ status: "paused", pause: { kind: "missedStart", due: NINE } });
    await next.engine.stop(0);
  }
  expect(channel.calls).toHaveLength(0);
  const last = startProcess({ channel, clock, disk });
  await last.engine.recover();
  expect(await (await last.engine.find("spring"))?.start.now()).toBeUndefined();
  await clock.runUntilIdle();
  expect(channel.inbox.size).toBe(3);
});

test("asks too when the machine slept over its moment", async () => {
  const base = createVirtualClock(NINE - 60 * MINUTE);
  let sleptMs = 0;
  const clock: VirtualClock = {
    pending: 0,
    now: () => base.now() + sleptMs,
    sleep: (ms, signal) => base.sleep(ms, signal),
    advance: (ms) => base.advance(ms),
    runUntilIdle: () => base.runUntilIdle(),
    runUntil: (promise) => base.runUntil(promise),
  };
  const { channel, stored } = await scheduled(clock);
  sleptMs = 120 * MINUTE;
  await clock.advance(MINUTE);
  expect(stored()?.pause?.kind).toBe("missedStart");
  expect(channel.calls).toHaveLength(0);
});

test("can be moved, started at once or cancelled; what was set before does nothing any more", async () => {
  const moved = await scheduled();
  const open = await moved.engine.find("spring");
  expect(await open?.start.move(scheduledAt(NINE + 60 * MINUTE))).toBeUndefined();
  await moved.clock.advance(90 * MINUTE);
  expect(moved.channel.calls).toHaveLength(0);
  await moved.clock.advance(31 * MINUTE);
  expect(moved.channel.inbox.size).toBe(3);
  expect(await open?.start.move(scheduledAt(NINE + 900 * MINUTE))).toBe("notNow");

  const atOnce = await scheduled();
  expect(await (await atOnce.engine.find("spring"))?.start.now()).toBeUndefined();
  await atOnce.clock.advance(2 * MINUTE);
  expect(atOnce.channel.inbox.size).toBe(3);

  const cancelled = await scheduled();
  expect(await (await cancelled.engine.find("spring"))?.cancel()).toBeUndefined();
  await cancelled.clock.advance(120 * MINUTE);
  expect(cancelled.stored()?.status).toBe("cancelled");
  expect(cancelled.channel.calls).toHaveLength(0);
});

test("is no campaign that could be paused or goes on", async () => {
  const { engine } = await scheduled();
  const open = await engine.find("spring");
  expect(await open?.pause("7")).toBe("notNow");
  expect(await open?.resume()).toBe("notNow");
});
