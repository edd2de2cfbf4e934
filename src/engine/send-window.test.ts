import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../tests/support/engine-bench.ts";
import { createScriptedChannel, yes } from "../../tests/support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import type { SendWindow } from "../domain/when/send-window.ts";
import { weekdays } from "../domain/when/wall-clock.ts";

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);
const nineToTen: SendWindow = { timeZone: "UTC", hours: [{ days: weekdays, from: 540, to: 600 }] };

/** A campaign to so many that has a window, at a quarter of an hour for each. */
async function campaignAt(moment: string, names: number) {
  const clock = createVirtualClock(at(moment));
  const sentAt: number[] = [];
  const channel = createScriptedChannel({
    turn: () => {
      sentAt.push(clock.now());
      return yes;
    },
  });
  const process = startProcess({ channel, clock, concurrency: 1 });
  const accounts = [{ name: "one", caps: { perHour: 4 } }];
  const campaign = { ...putCampaign(process.disk, { names, accounts }), sendWindow: nineToTen };
  return { ...process, channel, campaign, sentAt };
}

const hoursOf = (moments: readonly number[]): string[] =>
  moments.map((moment) => new Date(moment).toISOString().slice(5, 13));

test("sends within its window only, and says why it is silent and until when", async () => {
  const { engine, clock, campaign, sentAt, disk } = await campaignAt("2026-11-30T08:00Z", 6);
  await engine.start(campaign);
  await clock.advance(HOUR / 2);
  expect(disk.campaigns.get("spring")).toMatchObject({
    status: "paused",
    pause: { kind: "window", until: at("2026-11-30T09:00Z") },
  });
  await clock.advance(HOUR);
  expect(disk.campaigns.get("spring")?.status).not.toBe("finished");
  await clock.advance(24 * HOUR);
  expect(hoursOf(sentAt)).toEqual(["11-30T09", "11-30T09", "11-30T09", "11-30T09", "12-01T09", "12-01T09"]);
  expect(disk.campaigns.get("spring")?.status).toBe("finished");
});

test("runs again when its window has opened, also after a restart in the night", async () => {
  const { engine, clock, campaign, disk, channel, sentAt } = await campaignAt("2026-11-30T09:30Z", 20);
  await engine.start(campaign);
  await clock.advance(HOUR);
  expect(disk.campaigns.get("spring")?.pause).toMatchObject({ kind: "window" });
  await engine.stop(0);
  const next = startProcess({ channel, clock, disk, concurrency: 1 });
  await next.engine.recover();
  await clock.advance(HOUR);
  expect(disk.campaigns.get("spring")?.pause).toMatchObject({ kind: "window" });
  await clock.advance(at("2026-12-01T09:00Z") - clock.now() + 1000);
  expect(disk.campaigns.get("spring")?.status).not.toBe("finished");
  expect(disk.campaigns.get("spring")?.pause?.kind).not.toBe("window");
  await clock.advance(7 * 24 * HOUR);
  expect(sentAt).toHaveLength(20);
  expect(new Set(hoursOf(sentAt).map((hour) => hour.slice(-2)))).toEqual(new Set(["09"]));
});

test("is told to run again when Peyk was down while its window opened", async () => {
  const { engine, clock, campaign, disk, channel, sentAt } = await campaignAt("2026-11-30T08:00Z", 20);
  await engine.start(campaign);
  await clock.advance(HOUR / 4);
  await engine.stop(0);
  await clock.advance(HOUR);
  const next = startProcess({ channel, clock, disk, concurrency: 1 });
  await next.engine.recover();
  await clock.advance(1);
  expect(sentAt.length).toBeGreaterThan(0);
  expect(next.events.filter(({ kind }) => kind === "status")[0]).toMatchObject({ status: "running" });
});

test("a pause by a person holds while the window is closed and when it opens", async () => {
  const { engine, clock, campaign, disk, sentAt } = await campaignAt("2026-11-30T08:00Z", 6);
  await engine.start(campaign);
  await clock.advance(HOUR / 2);
  await (await engine.find("spring"))?.pause("7");
  await clock.advance(24 * HOUR);
  expect(sentAt).toEqual([]);
  expect(disk.campaigns.get("spring")?.pause).toMatchObject({ kind: "operator", by: "7" });
});

test("another window counts from the next claim on", async () => {
  const { engine, clock, campaign, sentAt } = await campaignAt("2026-11-30T08:00Z", 3);
  await engine.start(campaign);
  await clock.advance(HOUR / 4);
  await engine.change(
    "spring",
    (campaignNow) => ({
      ...campaignNow,
      sendWindow: { timeZone: "UTC", hours: [{ days: weekdays, from: 480, to: 600 }] },
    }),
    "goesOn",
  );
  await clock.advance(HOUR / 2);
  expect(sentAt).toHaveLength(3);
});
