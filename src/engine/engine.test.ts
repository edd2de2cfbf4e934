import { describe, expect, test } from "vitest";
import { putCampaign, startProcess, type TestProcess } from "../../tests/support/engine-bench.ts";
import {
  createScriptedChannel,
  lostNo,
  lostYes,
  yes,
} from "../../tests/support/scripted/scripted-channel.ts";
import { importedTotal } from "../domain/recipient.ts";

async function countsOf({ engine }: TestProcess) {
  const open = await engine.find("spring");
  return await open!.ledger.counts();
}

async function statusOf({ disk }: TestProcess) {
  const { status, pause } = disk.campaigns.get("spring")!;
  return { status, ...(pause ? { pause } : {}) };
}

describe("the engine", () => {
  for (const concurrency of [1, 2, 64])
    test(`sends to everyone once and finishes, ${concurrency} in flight`, async () => {
      const channel = createScriptedChannel();
      const process = startProcess({ channel, concurrency });
      await process.engine.start(putCampaign(process.disk, { names: 100 }));
      await process.clock.runUntilIdle();
      expect(await countsOf(process)).toMatchObject({ sent: 100, planned: 0, claimed: 0 });
      expect([...channel.inbox.values()]).toEqual(Array.from({ length: 100 }, () => 1));
      expect(await statusOf(process)).toEqual({ status: "finished" });
    });

  test("finishes an empty campaign", async () => {
    const process = startProcess({ channel: createScriptedChannel() });
    await process.engine.start(putCampaign(process.disk, { names: 0 }));
    await process.clock.runUntilIdle();
    expect(await statusOf(process)).toEqual({ status: "finished" });
  });

  test("retries what surely did not leave, after about 2, 4 and 8 s, and then fails it", async () => {
    const channel = createScriptedChannel({
      turn: ({ username }) =>
        username === "p1" ? { arrives: false, answer: { kind: "unavailable", why: "serviceDown" } } : yes,
    });
    const process = startProcess({ channel });
    await process.engine.start(putCampaign(process.disk, { names: 3 }));
    const began = process.clock.now();
    await process.clock.runUntilIdle();
    expect(await countsOf(process)).toMatchObject({ sent: 2, failed: 1 });
    expect(channel.calls.filter(({ username }) => username === "p1")).toHaveLength(4);
    expect(process.clock.now() - began).toBeGreaterThanOrEqual(14_000);
  });

  test("counts a lost answer as uncertain, never as failed, and does not send again", async () => {
    const channel = createScriptedChannel({ turn: () => lostYes });
    const process = startProcess({ channel });
    await process.engine.start(putCampaign(process.disk, { names: 3 }));
    await process.clock.runUntilIdle();
    expect(await countsOf(process)).toMatchObject({ uncertain: 3, failed: 0, sent: 0 });
    expect(channel.calls).toHaveLength(3);
  });

  test("settles lost answers by reading back: arrived ones are sent, the others are sent anew", async () => {
    const channel = createScriptedChannel({
      manifest: { readsBack: true },
      turn: ({ username }, nth) =>
        nth > 1 ? yes : username === "p0" ? lostYes : username === "p1" ? lostNo : yes,
    });
    const process = startProcess({ channel });
    await process.engine.start(putCampaign(process.disk, { names: 3 }));
    await process.clock.runUntilIdle();
    expect(await countsOf(process)).toMatchObject({ sent: 3, uncertain: 0 });
    expect([...channel.inbox]).toEqual(
      expect.arrayContaining([
        ["p0", 1],
        ["p1", 1],
        ["p2", 1],
      ]),
    );
    expect(await statusOf(process)).toEqual({ status: "finished" });
  });

  test("asks again with the same key where the channel honours it", async () => {
    const channel = createScriptedChannel({
      manifest: { honoursDedupKey: true },
      turn: (_, nth) => (nth === 1 ? lostYes : yes),
    });
    const process = startProcess({ channel });
    await process.engine.start(putCampaign(process.disk, { names: 2 }));
    await process.clock.runUntilIdle();
    expect(await countsOf(process)).toMatchObject({ sent: 2 });
    expect([...channel.inbox.values()]).toEqual([1, 1]);
    expect(new Set(channel.calls.map(({ dedupKey }) => dedupKey)).size).toBe(2);
  });

  test("gives up waiting for a channel that never answers and calls it uncertain", async () => {
    const channel = createScriptedChannel({ turn: () => new Promise(() => undefined) });
    const process = startProcess({ channel });
    await process.engine.start(putCampaign(process.disk, { names: 1 }));
    await process.clock.advance(62_000);
    expect(await countsOf(process)).toMatchObject({ uncertain: 1 });
  });

  test("calls an exception out of the channel uncertain", async () => {
    const channel = createScriptedChannel({
      turn: () => {
        throw new Error("surprise");
      },
    });
    const process = startProcess({ channel });
    await process.engine.start(putCampaign(process.disk, { names: 1 }));
    await process.clock.runUntilIdle();
    expect(await countsOf(process)).toMatchObject({ uncertain: 1 });
  });

  test("rests one throttled account while the other goes on, and counts no retry for it", async () => {
    let isFirst = true;
    const channel = createScriptedChannel({
      accounts: ["one", "two"],
      turn: ({ account }) => {
        if (account !== "one" || !isFirst) return yes;
        isFirst = false;
        return {
          arrives: false,
          answer: { kind: "throttled", scope: "account", retryAt: began + 5000, why: "tooFast" },
        };
      },
    });
    const process = startProcess({ channel, concurrency: 1 });
    const began = process.clock.now();
    const accounts = [
      { name: "one", caps: {} },
      { name: "two", caps: {} },
    ];
    await process.engine.start(putCampaign(process.disk, { names: 10, accounts }));
    await process.clock.runUntilIdle();
    expect(await countsOf(process)).toMatchObject({ sent: 10, failed: 0 });
    const [, ...after] = channel.calls.filter(({ account }) => account === "one");
    expect(after).toHaveLength(0);
  });

  test("pauses when every account has reached its daily limit, says until when, and goes on by itself", async () => {
    const channel = createScriptedChannel();
    const process = startProcess({ channel });
    const accounts = [{ name: "one", caps: { perDay: 4 } }];
    await process.engine.start(putCampaign(process.disk, { names: 6, accounts }));
    await process.clock.advance(1000);
    const midnight = Date.UTC(2026, 0, 2);
    expect(await statusOf(process)).toEqual({
      status: "paused",
      pause: {
        kind: "noAccount",
        until: midnight,
        accounts: [{ name: "one", trouble: "capped", until: midnight }],
      },
    });
    expect(await countsOf(process)).toMatchObject({ sent: 4, planned: 2 });
    await process.clock.runUntilIdle();
    expect(await statusOf(process)).toEqual({ status: "finished" });
    expect(process.clock.now()).toBeGreaterThanOrEqual(midnight);
  });

  test("pauses when the accounts have left and goes on when the operator resumes", async () => {
    let isLocked = true;
    const channel = createScriptedChannel({
      turn: () =>
        isLocked
          ? { arrives: false, answer: { kind: "account", trouble: "locked", why: "accountLocked" } }
          : yes,
    });
    const process = startProcess({ channel });
    await process.engine.start(putCampaign(process.disk, { names: 3 }));
    await process.clock.runUntilIdle();
    expect(await statusOf(process)).toMatchObject({ status: "paused", pause: { kind: "noAccount" } });
    expect(await countsOf(process)).toMatchObject({ planned: 3, failed: 0 });
    isLocked = false;
    const open = await process.engine.find("spring");
    expect(await open!.resume()).toBeUndefined();
    await process.clock.runUntilIdle();
    expect(await countsOf(process)).toMatchObject({ sent: 3 });
  });

  test("opens the breaker after five failures in a row, and loses none of those that tripped it", async () => {
    const began = Date.UTC(2026, 0, 1);
    const channel = createScriptedChannel({
      turn: () =>
        process.clock.now() < began + 20_000
          ? { arrives: false, answer: { kind: "unavailable", why: "serviceDown" } }
          : yes,
    });
    const process = startProcess({ channel, concurrency: 1 });
    await process.engine.start(putCampaign(process.disk, { names: 10 }));
    await process.clock.advance(25_000);
    expect(channel.calls).toHaveLength(5);
    await process.clock.runUntilIdle();
    expect(await countsOf(process)).toMatchObject({ sent: 10, failed: 0 });
  });

  test("pauses the campaign when the message itself is rejected", async () => {
    const channel = createScriptedChannel({
      turn: () => ({ arrives: false, answer: { kind: "rejected", why: "messageTooLong" } }),
    });
    const process = startProcess({ channel, concurrency: 1 });
    await process.engine.start(putCampaign(process.disk, { names: 3 }));
    await process.clock.runUntilIdle();
    expect(await statusOf(process)).toEqual({
      status: "paused",
      pause: { kind: "rejected", why: "messageTooLong" },
    });
    expect(channel.calls).toHaveLength(1);
    expect(await countsOf(process)).toMatchObject({ planned: 3 });
  });
});

describe("the operator's actions", () => {
  test("pause claims nobody more, and resume goes on where it stopped", async () => {
    const channel = createScriptedChannel({ turn: () => slow() });
    const process = startProcess({ channel, concurrency: 2 });
    const slow = async () => {
      await process.clock.sleep(1000);
      return yes;
    };
    await process.engine.start(putCampaign(process.disk, { names: 10 }));
    await process.clock.advance(1500);
    const open = await process.engine.find("spring");
    expect(await open!.pause()).toBeUndefined();
    await process.clock.advance(60_000);
    const { sent } = await countsOf(process);
    expect(sent).toBe(4);
    expect(await open!.pause()).toBe("notNow");
    expect(await open!.resume()).toBeUndefined();
    expect(await open!.resume()).toBe("notNow");
    await process.clock.runUntilIdle();
    expect(await countsOf(process)).toMatchObject({ sent: 10 });
    expect([...channel.inbox.values()].every((count) => count === 1)).toBe(true);
  });

  test("cancel skips everyone who was not tried, for good", async () => {
    const channel = createScriptedChannel({ turn: () => slow() });
    const process = startProcess({ channel, concurrency: 2 });
    const slow = async () => {
      await process.clock.sleep(1000);
      return yes;
    };
    await process.engine.start(putCampaign(process.disk, { names: 10 }));
    await process.clock.advance(1500);
    const open = await process.engine.find("spring");
    await open!.cancel();
    await process.clock.runUntilIdle();
    expect(await countsOf(process)).toMatchObject({ sent: 4, skipped: 6, planned: 0 });
    expect(await open!.resume()).toBe("notNow");
    expect(await open!.retryFailed()).toBe("notNow");
  });

  test("retry plans the failed again, also after the end", async () => {
    let isDown = true;
    const channel = createScriptedChannel({
      turn: () => (isDown ? { arrives: false, answer: { kind: "unavailable", why: "serviceDown" } } : yes),
    });
    const process = startProcess({ channel });
    await process.engine.start(putCampaign(process.disk, { names: 1 }));
    await process.clock.runUntilIdle();
    expect(await countsOf(process)).toMatchObject({ failed: 1 });
    isDown = false;
    const open = await process.engine.find("spring");
    await open!.retryFailed();
    await process.clock.runUntilIdle();
    expect(await countsOf(process)).toMatchObject({ sent: 1, failed: 0 });
    expect(await statusOf(process)).toEqual({ status: "finished" });
  });

  test("an uncertain recipient is settled as the operator decides", async () => {
    const channel = createScriptedChannel({ turn: (_, nth) => (nth === 1 ? lostNo : yes) });
    const process = startProcess({ channel });
    await process.engine.start(putCampaign(process.disk, { names: 3 }));
    await process.clock.runUntilIdle();
    const open = (await process.engine.find("spring"))!;
    const [first, second, third] = await open.ledger.uncertain();
    expect(await open.decide(first!, "sent")).toBe(true);
    expect(await open.decide(first!, "again")).toBe(false);
    expect(await open.decide(second!, "skip")).toBe(true);
    expect(await open.decide(third!, "again")).toBe(true);
    await process.clock.runUntilIdle();
    expect(await countsOf(process)).toMatchObject({ sent: 2, skipped: 1, uncertain: 0 });
    expect([...channel.inbox.values()]).toEqual([1]);
    expect(importedTotal(await countsOf(process))).toBe(3);
  });
});

test("a campaign is opened once, however many ask for it while it is", async () => {
  const { engine, disk } = startProcess({ channel: createScriptedChannel() });
  putCampaign(disk, { names: 3 });
  const asked = Array.from({ length: 3 }, () => engine.find("spring"));
  await engine.recover();
  expect(new Set([...(await Promise.all(asked)), await engine.find("spring")]).size).toBe(1);
});
