/** What an account's or the channel's trouble means for a campaign, over restarts too. */
import { expect, test } from "vitest";
import type { Answer } from "../../src/domain/fault.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import { createMemoryDisk } from "../support/memory-stores.ts";
import { createScriptedChannel, yes } from "../support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const START = Date.UTC(2026, 0, 1);
const accounts = ["one", "two"].map((name) => ({ name, caps: {} }));

/** Answers each account's first call with its trouble and every other with yes. */
function troubledOnce(troubles: Readonly<Record<string, Answer>>) {
  const troubled = new Set<string>();
  return ({ account }: { readonly account: string }) => {
    const answer = troubles[account];
    if (!answer || troubled.has(account)) return yes;
    troubled.add(account);
    return { arrives: false, answer };
  };
}

test("says of every account what keeps it and until when, obeys to the ms, and remembers it over a restart", async () => {
  const disk = createMemoryDisk();
  const clock = createVirtualClock(START);
  const retryAt = START + 123_457;
  const turn = troubledOnce({
    one: { kind: "throttled", scope: "account", retryAt, why: "tooFast" },
    two: { kind: "account", trouble: "locked", why: "accountLocked" },
  });
  const calledAt: number[] = [];
  const channel = createScriptedChannel({
    turn: (request) => {
      calledAt.push(clock.now());
      return turn(request);
    },
  });
  const first = startProcess({ channel, disk, clock, concurrency: 1 });
  await first.engine.start(putCampaign(disk, { names: 3, accounts }));
  await clock.advance(1000);
  expect(disk.campaigns.get("spring")?.pause).toEqual({
    kind: "noAccount",
    until: retryAt,
    accounts: [
      { name: "one", trouble: "resting", until: retryAt, why: "tooFast" },
      { name: "two", trouble: "locked", why: "accountLocked" },
    ],
  });
  await first.engine.stop(0);
  const second = startProcess({ channel, disk, clock, concurrency: 1 });
  await second.engine.recover();
  await clock.runUntilIdle();
  expect(calledAt).toEqual([START, START, retryAt, retryAt, retryAt]);
  expect(channel.calls.map(({ account }) => account)).toEqual(["one", "two", "one", "one", "one"]);
  expect(disk.campaigns.get("spring")).toMatchObject({ status: "finished" });
});

test("sends at half the published pace after a rate-limit answer, and comes back to all of it", async () => {
  const clock = createVirtualClock(START);
  const turn = troubledOnce({
    one: { kind: "throttled", scope: "account", retryAt: START + 10_000, why: "tooFast" },
  });
  const calledAt: number[] = [];
  const channel = createScriptedChannel({
    manifest: { publishedLimits: [{ kind: "sliding", count: 10, windowMs: 10_000 }] },
    turn: (request) => {
      calledAt.push(clock.now() - START);
      return turn(request);
    },
  });
  const { engine, disk } = startProcess({ channel, clock, concurrency: 1 });
  await engine.start(putCampaign(disk, { names: 60 }));
  await clock.runUntilIdle();
  const gaps = calledAt.slice(1).map((at, index) => at - (calledAt[index] ?? 0));
  expect(gaps[0]).toBe(10_000);
  expect(gaps[1]).toBe(1819);
  for (let index = 2; index < 9; index++) expect(gaps[index]).toBeLessThan(gaps[index - 1] ?? 0);
  expect(calledAt.filter((at) => at >= 60_000 && at < 70_000)).toHaveLength(10);
});

test("an outage is remembered over a restart, and one send alone tries whether it is over", async () => {
  const disk = createMemoryDisk();
  const clock = createVirtualClock(START);
  const calledAt: number[] = [];
  const channel = createScriptedChannel({
    turn: async () => {
      calledAt.push(clock.now() - START);
      await clock.sleep(100);
      const isDown = clock.now() < START + 60_000;
      return isDown ? { arrives: false, answer: { kind: "unavailable", why: "serviceDown" } } : yes;
    },
  });
  const first = startProcess({ channel, disk, clock });
  await first.engine.start(putCampaign(disk, { names: 20 }));
  await clock.advance(5000);
  const begun = calledAt.length;
  expect(begun).toBeLessThanOrEqual(8);
  await first.engine.stop(0);
  const second = startProcess({ channel, disk, clock });
  await second.engine.recover();
  await clock.advance(26_000);
  expect(calledAt).toHaveLength(begun + 1);
  await clock.runUntilIdle();
  const counts = await (await second.engine.find("spring"))?.ledger.counts();
  expect(counts).toMatchObject({ sent: 20, failed: 0, planned: 0 });
});

test("a trial that never reached the service, its account at the limit, is left to the next campaign", async () => {
  const disk = createMemoryDisk();
  const clock = createVirtualClock(START);
  const together = clock.sleep(100);
  const channel = createScriptedChannel({
    manifest: { publishedLimits: [{ kind: "sliding", count: 5, windowMs: 3_600_000 }] },
    turn: async ({ account }) => {
      await together;
      return account === "two"
        ? yes
        : { arrives: false, answer: { kind: "unavailable", why: "serviceDown" } };
    },
  });
  const spring = putCampaign(disk, { names: 10, accounts: [{ name: "one", caps: {} }] });
  const { engine } = startProcess({ channel, disk, clock, concurrency: 5 });
  await engine.start(spring);
  await clock.advance(1000);
  disk.names.set("autumn", ["q0", "q1"]);
  await engine.start({ ...spring, id: "autumn", accounts: [{ name: "two", caps: {} }] });
  await clock.advance(60_000);
  expect(await (await engine.find("autumn"))?.ledger.counts()).toMatchObject({ sent: 2 });
  await engine.stop(0);
});
