import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../../tests/support/engine-bench.ts";
import { createMemoryDisk } from "../../../tests/support/memory-stores.ts";
import { createScriptedChannel, lostYes, yes } from "../../../tests/support/scripted/scripted-channel.ts";
import type { Turn } from "../../../tests/support/scripted/scripted-channel.ts";
import type { Fault } from "../../domain/fault.ts";
import type { Limit } from "../../domain/accounts/limits.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";

const HOUR_MS = 3_600_000;
const down: Turn = { arrives: false, answer: { kind: "unavailable", why: "serviceUnreachable" } };

test("an outage of hours spends nobody's attempts: all are written to when it is over", async () => {
  let isDown = true;
  const channel = createScriptedChannel({ turn: () => (isDown ? down : yes) });
  const { engine, disk, clock } = startProcess({ channel });
  await engine.start(putCampaign(disk, { names: 8 }));
  await clock.advance(6 * HOUR_MS);
  expect(disk.campaigns.get("spring")?.pause?.kind).toBe("unavailable");
  isDown = false;
  await clock.advance(HOUR_MS);
  expect(disk.campaigns.get("spring")?.status).toBe("finished");
  expect([...channel.inbox.values()]).toEqual(Array.from({ length: 8 }, () => 1));
});

test("a single name the service keeps failing at still ends as failed", async () => {
  const channel = createScriptedChannel({ turn: ({ username }) => (username === "p3" ? down : yes) });
  const { engine, disk, clock } = startProcess({ channel });
  await engine.start(putCampaign(disk, { names: 8 }));
  await clock.advance(HOUR_MS);
  expect(await (await engine.find("spring"))?.ledger.counts()).toMatchObject({ sent: 7, failed: 1 });
});

test.each([
  ["arrived", yes],
  ["got lost and is uncertain", lostYes],
])("is finished when the last message its accounts may send %s", async (_, turn) => {
  const channel = createScriptedChannel({ turn: () => turn, manifest: { readsBack: true } });
  const { engine, disk, clock } = startProcess({ channel });
  await engine.start(putCampaign(disk, { names: 4, accounts: [{ name: "one", caps: { perDay: 4 } }] }));
  await clock.advance(90_000);
  expect(disk.campaigns.get("spring")?.status).toBe("finished");
  expect(channel.inbox.size).toBe(4);
});

test("is finished after a restart that found its last one uncertain while it waited for an account", async () => {
  const disk = createMemoryDisk();
  const campaign = putCampaign(disk, { names: 1 });
  disk.campaigns.set("spring", { ...campaign, status: "paused", pause: { kind: "noAccount" } });
  disk.journals.set("spring", [{ t: "claim", r: 0, a: "one", n: 1, at: 0 }]);
  const channel = createScriptedChannel({ manifest: { readsBack: true }, inbox: new Map([["p0", 1]]) });
  const { engine, clock } = startProcess({ channel, disk });
  await engine.recover();
  await clock.advance(90_000);
  expect(disk.campaigns.get("spring")?.status).toBe("finished");
});

test("pauses when the service wants nothing for days, though everybody who is left waits for it too", async () => {
  const clock = createVirtualClock();
  const retryAt = clock.now() + 72 * HOUR_MS;
  const wait: Turn = {
    arrives: false,
    answer: { kind: "throttled", scope: "channel", retryAt, why: "xSpendCap" },
  };
  const channel = createScriptedChannel({ turn: () => (clock.now() < retryAt ? wait : yes) });
  const { engine, disk } = startProcess({ channel, clock });
  await engine.start(putCampaign(disk, { names: 3 }));
  await clock.advance(1000);
  const pause = { kind: "unavailable", until: retryAt, why: "xSpendCap" };
  expect(disk.campaigns.get("spring")).toMatchObject({ status: "paused", pause });
  await clock.runUntilIdle();
  expect(disk.campaigns.get("spring")?.status).toBe("finished");
});

test("writes through a locked account again when the operator sends again", async () => {
  let isLocked = true;
  const locked: Turn = {
    arrives: false,
    answer: { kind: "account", trouble: "locked", why: "accountLocked" },
  };
  const channel = createScriptedChannel({ turn: () => (isLocked ? locked : yes) });
  const { engine, disk, clock, events } = startProcess({ channel });
  const campaign = putCampaign(disk, { names: 3 });
  await engine.start(campaign);
  await clock.advance(1000);
  expect(disk.campaigns.get("spring")?.pause?.kind).toBe("noAccount");
  isLocked = false;
  await engine.change(campaign.id, () => campaign);
  await clock.runUntilIdle();
  expect(disk.campaigns.get("spring")?.status).toBe("finished");
  expect(events).toContainEqual(expect.objectContaining({ kind: "account", trouble: "back" }));
});

test("tries a locked account with one message when the operator sends again, not with all at once", async () => {
  const locked: Turn = {
    arrives: false,
    answer: { kind: "account", trouble: "locked", why: "accountLocked" },
  };
  const clock = createVirtualClock();
  const turn = (): Promise<Turn> => clock.sleep(500).then(() => locked);
  const channel = createScriptedChannel({ turn });
  const { engine, disk } = startProcess({ channel, clock, concurrency: 4 });
  const campaign = putCampaign(disk, { names: 9 });
  await engine.start(campaign);
  await clock.advance(1000);
  const before = channel.calls.length;
  await engine.change(campaign.id, () => campaign);
  await clock.advance(1000);
  expect(channel.calls).toHaveLength(before + 1);
});

const uncalled: readonly Fault[] = [
  { kind: "recipient", state: "notFound", why: "noSuchName", uncalled: true },
  { kind: "unanswered", why: "xSilentOnName", uncalled: true },
  { kind: "unexplained", why: "xRefusedQuestion", uncalled: true },
];

test.each(uncalled)(
  "a message that was never asked for ($kind) uses up nothing of the platform's limit",
  async (answer) => {
    const channel = createScriptedChannel({
      manifest: { publishedLimits: [{ kind: "sliding", count: 3, windowMs: HOUR_MS }] },
      turn: ({ username }) => (Number(username.slice(1)) % 2 === 0 ? { arrives: false, answer } : yes),
    });
    const { engine, disk, clock } = startProcess({ channel, concurrency: 1 });
    await engine.start(putCampaign(disk, { names: 6 }));
    await clock.advance(60_000);
    expect(await (await engine.find("spring"))?.ledger.counts()).toMatchObject({ sent: 3, claimed: 0 });
  },
);

test("a name that is never answered for ends as failed with that reason, and stops nothing else", async () => {
  const why = "xSilentOnName";
  const silence: Turn = { arrives: false, answer: { kind: "unanswered", why, uncalled: true } };
  const channel = createScriptedChannel({ turn: ({ username }) => (username === "p0" ? yes : silence) });
  const { engine, disk, clock, events } = startProcess({ channel });
  await engine.start(putCampaign(disk, { names: 30 }));
  await clock.advance(60_000);
  expect(await (await engine.find("spring"))?.ledger.counts()).toMatchObject({ sent: 1, failed: 29 });
  expect(disk.campaigns.get("spring")?.status).toBe("finished");
  expect(events.filter((event) => event.kind === "settled" && event.state === "failed")[0]).toMatchObject({
    why,
  });
});

test("looks again at once when the platform tells other limits than those that were assumed", async () => {
  const limits = { of: [{ kind: "sliding", count: 2, windowMs: HOUR_MS }] as readonly Limit[] };
  const clock = createVirtualClock();
  const channel = createScriptedChannel({
    abilities: { limitsOf: () => limits.of },
    turn: async () => {
      await clock.sleep(1000);
      limits.of = [{ kind: "sliding", count: 100, windowMs: HOUR_MS }];
      return yes;
    },
  });
  const { engine, disk } = startProcess({ channel, clock });
  await engine.start(putCampaign(disk, { names: 9 }));
  await clock.advance(10_000);
  expect(channel.inbox.size).toBe(9);
});
