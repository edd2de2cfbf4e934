import { expect, test } from "vitest";
import type { ProcessOptions } from "../../../tests/support/engine-bench.ts";
import { putCampaign, startProcess } from "../../../tests/support/engine-bench.ts";
import { createMemoryDisk } from "../../../tests/support/memory-stores.ts";
import type { ScriptedChannelOptions } from "../../../tests/support/scripted/scripted-channel.ts";
import { createScriptedChannel, yes } from "../../../tests/support/scripted/scripted-channel.ts";
import type { Limit } from "../../domain/accounts/limits.ts";

const unexplained = { arrives: false, answer: { kind: "unexplained", why: "xUnexplained" } } as const;
const notFound = {
  arrives: false,
  answer: { kind: "recipient", state: "notFound", why: "noSuchName" },
} as const;

/** One after the other, so that the answers come in the list's order. */
async function run(options: ScriptedChannelOptions, names: number, more: Partial<ProcessOptions> = {}) {
  const channel = createScriptedChannel(options);
  const process = startProcess({ channel, concurrency: 1, ...more });
  await process.engine.start(putCampaign(process.disk, { names }));
  await process.clock.runUntilIdle();
  const open = await process.engine.find("spring");
  return { ...process, channel, open: open!, campaign: () => process.disk.campaigns.get("spring")! };
}

test("pauses after three refusals in a row that may be about us, and says what was said", async () => {
  const { open, channel, campaign } = await run({ turn: () => unexplained }, 10);
  expect(campaign()).toMatchObject({ status: "paused", pause: { kind: "rejected", why: "xUnexplained" } });
  expect(await open.ledger.counts()).toMatchObject({ failed: 3, planned: 7 });
  expect(channel.calls).toHaveLength(3);
});

test("begins to count anew when it is resumed, and tries the refused on the operator's word", async () => {
  let isForbidden = true;
  const { open, clock, campaign } = await run({ turn: () => (isForbidden ? unexplained : yes) }, 5);
  isForbidden = false;
  await open.resume();
  await clock.runUntilIdle();
  expect(await open.ledger.counts()).toMatchObject({ failed: 3, sent: 2 });
  await open.retryFailed();
  await clock.runUntilIdle();
  expect(await open.ledger.counts()).toMatchObject({ failed: 0, sent: 5 });
  expect(campaign().status).toBe("finished");
});

test.each([
  ["a delivery", yes],
  ["a name that is not there", notFound],
])("%s in between shows that it is not about us", async (_, answer) => {
  let nth = 0;
  const { open, campaign } = await run({ turn: () => (++nth % 3 === 0 ? answer : unexplained) }, 9);
  expect(campaign().status).toBe("finished");
  expect(await open.ledger.counts()).toMatchObject({ failed: 6 });
});

test("an account rests when its last message used its limit up, and the others go on", async () => {
  const accounts = ["one", "two"].map((name) => ({ name, caps: {} }));
  const channel = createScriptedChannel({
    turn: ({ account }) =>
      account === "one"
        ? { arrives: true, answer: { kind: "delivered", messageId: "m", restsUntil: Infinity } }
        : yes,
  });
  const { engine, disk, clock } = startProcess({ channel, concurrency: 1 });
  await engine.start(putCampaign(disk, { names: 6, accounts }));
  await clock.runUntilIdle();
  expect(channel.calls.filter(({ account }) => account === "one")).toHaveLength(1);
  expect(channel.inbox.size).toBe(6);
});

test("keeps the limits that the platform told last, from the very next claim on", async () => {
  let limits: readonly Limit[] = [];
  const { channel, clock } = await run(
    {
      manifest: { publishedLimits: [{ kind: "sliding", count: 1000, windowMs: 1 }] },
      abilities: { limitsOf: () => limits },
      turn: (_, nth) => {
        limits = [{ kind: "sliding", count: 2, windowMs: 600_000 }];
        return nth > 0 ? yes : unexplained;
      },
    },
    3,
  );
  expect(channel.calls).toHaveLength(3);
  expect(clock.now() - Date.UTC(2026, 0, 1)).toBeGreaterThanOrEqual(600_000);
});

test("writes to nobody who left meanwhile, and to a person of two names once", async () => {
  const disk = createMemoryDisk();
  for (const name of ["p0", "p1", "p2", "p4"]) disk.known.set(name, { personId: `id of ${name}` });
  disk.known.set("p3", { personId: "id of p0" });
  const { open, events, channel } = await run(
    {
      turn: () => {
        disk.known.set("p2", { personId: "id of p2", hasLeft: true });
        return yes;
      },
    },
    5,
    { disk },
  );
  expect([...channel.inbox.keys()]).toEqual(["p0", "p1", "p4"]);
  expect(await open.ledger.counts()).toMatchObject({ sent: 3, skipped: 2 });
  expect(events.filter(({ kind }) => kind === "skipped")).toMatchObject([
    { username: "p2", reason: "optedOut" },
    { username: "p3", reason: "duplicate" },
  ]);
});
