/** A second pair of eyes while campaigns run: what nobody has approved as it is goes out by no way. */
import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../tests/support/engine-bench.ts";
import { createScriptedChannel, yes } from "../../tests/support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import { approvable, approved } from "../domain/approval.ts";
import type { Campaign } from "../domain/campaign.ts";

const NINE = Date.parse("2026-12-05T09:00Z");
const HOUR = 3_600_000;

/** A campaign to so many that somebody else approved. */
async function begun(names: number, more: Partial<Campaign> = {}) {
  const clock = createVirtualClock(NINE - HOUR);
  let isDown = false;
  const channel = createScriptedChannel({
    turn: () => (isDown ? { arrives: false, answer: { kind: "unavailable", why: "serviceDown" } } : yes),
  });
  const process = startProcess({ channel, clock });
  const made: Campaign = { ...putCampaign(process.disk, { names }), ...more };
  const given = { by: "2", at: 1, of: approvable(made) };
  await process.engine.start({ ...made, approval: { given } });
  const stored = () => process.disk.campaigns.get("spring");
  const approve = async () =>
    (await process.engine.find("spring"))?.approve(approved("3", approvable(stored()!), clock.now()));
  return { ...process, clock, channel, stored, approve, fails: (down: boolean) => (isDown = down) };
}

const schedule = { at: NINE, timeZone: "UTC", by: "7", setAt: 0 };

test("a start that was scheduled holds at its moment where the approval is void by then, and goes on with another", async () => {
  const { engine, clock, channel, stored, approve } = await begun(3, { status: "scheduled", schedule });
  await engine.change("spring", (from) => ({ ...from, message: "Other" }));
  await clock.advance(2 * HOUR);
  expect(channel.calls).toEqual([]);
  expect(stored()).toMatchObject({ status: "paused", pause: { kind: "approval" } });
  expect(await approve()).toBe(true);
  await clock.runUntilIdle();
  expect(channel.inbox.size).toBe(3);
});

test("as it was approved it starts by itself, and is tried again where it failed", async () => {
  const { engine, clock, channel, stored, fails } = await begun(1, { status: "scheduled", schedule });
  fails(true);
  await clock.advance(24 * HOUR);
  fails(false);
  const open = (await engine.find("spring"))!;
  expect((await open.ledger.counts()).failed).toBe(1);
  await open.retryFailed("7");
  await clock.runUntilIdle();
  expect([channel.inbox.size, stored()?.status]).toEqual([1, "finished"]);
});

test("whoever failed is not written to again by what nobody has approved", async () => {
  const { engine, disk, clock, channel, stored, fails, approve } = await begun(1);
  fails(true);
  await clock.runUntilIdle();
  fails(false);
  const finished = stored()!;
  disk.campaigns.set("spring", { ...finished, consent: { ...finished.consent, statement: "other" } });
  await (await engine.find("spring"))!.retryFailed("7");
  await clock.runUntilIdle();
  expect([channel.inbox.size, stored()?.pause?.kind]).toEqual([0, "approval"]);
  expect(await approve()).toBe(true);
  await clock.runUntilIdle();
  expect(channel.inbox.size).toBe(1);
});
