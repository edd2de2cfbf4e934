/** A week of sending in virtual time: the limits are used to the full and never broken. */
import { expect, test } from "vitest";
import type { Caps, Limit } from "../../src/domain/accounts/limits.ts";
import { limitsOf } from "../../src/domain/accounts/limits.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import { createScriptedChannel, yes } from "../support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { breaches } from "./windows.ts";

const HOUR = 3_600_000;
const timeZone = "Europe/Berlin";

/** Midnight in Berlin, some days before the clocks go forward there: the week has 167 hours. */
const START = Date.UTC(2026, 2, 24, 23);
const WEEK = 167 * HOUR;

const published: readonly Limit[] = [
  { kind: "sliding", count: 5, windowMs: 15 * 60_000 },
  { kind: "sliding", count: 480, windowMs: 24 * HOUR },
];

/** The most that the limits allow each account in that week. */
const accounts: readonly { name: string; caps: Caps; most: number }[] = [
  { name: "published", caps: {}, most: 5 * 4 * 167 },
  { name: "daily", caps: { perDay: 100 }, most: 100 * 7 },
  { name: "hourly", caps: { perMinute: 2, perHour: 20 }, most: 20 * 167 },
];

test("uses at least 99 % of what every limit allows in a week and breaks none of them once", async () => {
  const clock = createVirtualClock(START);
  const calledAt = new Map<string, number[]>(accounts.map(({ name }) => [name, []]));
  const channel = createScriptedChannel({ manifest: { publishedLimits: published }, accounts: [] });
  const send: typeof channel.send = async ({ account }) => {
    calledAt.get(account)?.push(clock.now());
    await clock.sleep(300);
    return yes.answer;
  };
  const process = startProcess({ channel: { ...channel, send }, clock, timeZone, concurrency: 8 });
  await process.engine.start(
    putCampaign(process.disk, {
      names: 8000,
      accounts: accounts.map(({ name, caps }) => ({ name, caps })),
    }),
  );
  await clock.advance(WEEK - 1);
  for (const { name, caps, most } of accounts) {
    const moments = calledAt.get(name) ?? [];
    const broken = [...published, ...limitsOf(caps)].map((limit) => breaches(moments, limit, timeZone));
    expect([name, ...broken]).toEqual([name, ...broken.map(() => 0)]);
    expect({ name, isTooMany: moments.length > most, isTooFew: moments.length < 0.99 * most }).toEqual({
      name,
      isTooMany: false,
      isTooFew: false,
    });
  }
  await process.engine.stop(0);
});
