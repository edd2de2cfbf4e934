/**
 * A year in virtual time with windows of three zones, two of which change their clocks twice: nothing goes out outside its
 * window, judged by what the clocks there show, and what windows and limits allow is used.
 */
import { expect, test } from "vitest";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { Hours } from "../../src/domain/when/send-window.ts";
import { weekdays } from "../../src/domain/when/wall-clock.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import { createScriptedChannel, yes } from "../support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { oneOfToday } from "../support/every-moment.ts";

const MINUTE = 60_000;
const START = Date.parse("2026-03-01T00:00Z");
const END = Date.parse("2027-03-01T00:00Z");

const office: Hours = { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60 };
/** Over the nights in which clocks are changed, and over midnight. */
const night: Hours = { days: weekdays, from: 23 * 60, to: 4 * 60 };
const iran: Hours = { days: [1, 2, 3, 6, 7], from: 10 * 60, to: 13 * 60 };
const windows = [
  { timeZone: "Europe/Berlin", hours: [night] },
  { timeZone: "America/New_York", hours: [office] },
  { timeZone: "Asia/Tehran", hours: [iran] },
];

function isOn(day: number, days: readonly number[]): boolean {
  return days.includes(day);
}

/** Whether clocks on the wall show an open hour, without anything of the program's own. */
function judge(timeZone: string, { days, from, to }: Hours): (at: number) => boolean {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  return (at) => {
    const [, name = "", hour, minute] = /(\w{3}),? (\d\d):(\d\d)/.exec(format.format(at)) ?? [];
    const [day, now] = [names.indexOf(name) + 1, Number(hour) * 60 + Number(minute)];
    if (to > from) return isOn(day, days) && now >= from && now < to;
    return (isOn(day, days) && now >= from) || (isOn(day === 1 ? 7 : day - 1, days) && now < to);
  };
}

/** One message an hour: as many as there are open hours, each open stretch counted by itself. */
function allowed(isOpen: (at: number) => boolean): number {
  let count = 0;
  let open = 0;
  for (let at = START; at <= END; at += 15 * MINUTE) {
    if (at < END && isOpen(at)) open += 15;
    else {
      count += Math.floor(open / 60);
      open = 0;
    }
  }
  return count;
}

test("a year of windows is kept to the minute and used to the full", async () => {
  for (const sendWindow of oneOfToday(windows)) {
    const clock = createVirtualClock(START);
    const sentAt: number[] = [];
    const channel = createScriptedChannel({
      turn: () => {
        sentAt.push(clock.now());
        return yes;
      },
    });
    const { engine, disk } = startProcess({ channel, clock, concurrency: 1 });
    const accounts = [{ name: "one", caps: { perHour: 1 } }];
    const campaign: Campaign = { ...putCampaign(disk, { names: 5000, accounts }), sendWindow };
    await engine.start(campaign);
    await clock.advance(END - START);
    const isOpen = judge(sendWindow.timeZone, sendWindow.hours[0] ?? office);
    expect(sentAt.filter((at) => !isOpen(at))).toEqual([]);
    expect(sentAt.length).toBeGreaterThanOrEqual(0.99 * allowed(isOpen));
    await engine.stop(0);
  }
});
