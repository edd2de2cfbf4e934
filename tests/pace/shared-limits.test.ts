/** An account's limits hold over campaigns side by side and over restarts, and only proof gives a message back. */
import { expect, test } from "vitest";
import type { Answer } from "../../src/domain/fault.ts";
import type { Limit } from "../../src/domain/accounts/limits.ts";
import { limitsOf } from "../../src/domain/accounts/limits.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import { createMemoryDisk, type MemoryDisk } from "../support/memory-stores.ts";
import { createScriptedChannel } from "../support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { breaches } from "./windows.ts";

const DAY = 24 * 3_600_000;
const caps = { perMinute: 3, perHour: 20, perDay: 100 };
const accounts = [{ name: "one", caps }];
const calls: Limit = { kind: "sliding", count: 4, windowMs: 60_000 };

/** Every answer there is that needs no rest, in turn. */
const answers: readonly Answer[] = [
  { kind: "delivered", messageId: "m" },
  { kind: "recipient", state: "notFound", why: "noSuchName" },
  { kind: "uncertain", why: "connectionBroke" },
  { kind: "delivered", messageId: "m" },
  { kind: "unavailable", why: "serviceUnreachable" },
  { kind: "delivered", messageId: "m" },
];

function putTwoCampaigns(disk: MemoryDisk): void {
  const spring = putCampaign(disk, { names: 400, accounts });
  disk.campaigns.set("spring", spring);
  disk.campaigns.set("autumn", { ...spring, id: "autumn" });
  disk.names.set(
    "autumn",
    Array.from({ length: 400 }, (_, index) => `q${index}`),
  );
}

test("two campaigns and five restarts share one account's limits to the full and break none", async () => {
  const disk = createMemoryDisk();
  putTwoCampaigns(disk);
  const clock = createVirtualClock();
  const calledAt: number[] = [];
  const mayHaveLeftAt: number[] = [];
  const turn = () => {
    const answer = answers[calledAt.length % answers.length]!;
    calledAt.push(clock.now());
    if (answer.kind === "delivered" || answer.kind === "uncertain") mayHaveLeftAt.push(clock.now());
    return { arrives: answer.kind === "delivered", answer };
  };
  const channel = createScriptedChannel({ manifest: { publishedLimits: [calls] }, turn });
  for (let life = 0; life < 6; life++) {
    const { engine } = startProcess({ channel, disk, clock });
    await engine.recover();
    await clock.advance(DAY / 3 - (life === 5 ? 1 : 0)); // ends before the third midnight
    await engine.stop(0);
  }
  for (const limit of limitsOf(caps)) expect(breaches(mayHaveLeftAt, limit, "UTC")).toBe(0);
  expect(breaches(calledAt, calls, "UTC")).toBe(0);
  expect(mayHaveLeftAt).toHaveLength(2 * caps.perDay);
  const campaigns = new Set(channel.calls.map(({ username }) => username[0]));
  expect(campaigns).toEqual(new Set(["p", "q"]));
});

test("a message given back is used at once, also by the other campaign, and one that is uncertain is not given back", async () => {
  const disk = createMemoryDisk();
  const spring = putCampaign(disk, { names: 6, accounts: [{ name: "one", caps: { perDay: 3 } }] });
  disk.campaigns.set("spring", spring);
  disk.campaigns.set("autumn", { ...spring, id: "autumn" });
  disk.names.set("autumn", ["q0", "q1"]);
  const fates: Record<string, Answer> = {
    p0: { kind: "uncertain", why: "connectionBroke" },
    p1: { kind: "recipient", state: "notFound", why: "noSuchName" },
  };
  const clock = createVirtualClock();
  const channel = createScriptedChannel({
    turn: async ({ username }) => {
      await clock.sleep(username === "p1" ? 5000 : 1000);
      const answer = fates[username] ?? { kind: "delivered", messageId: "m" };
      return { arrives: answer.kind === "delivered", answer };
    },
  });
  const { engine } = startProcess({ channel, disk, clock });
  await engine.recover();
  await clock.advance(4000);
  expect(channel.calls.map(({ username }) => username)).toHaveLength(3);
  await clock.advance(2500);
  expect(channel.calls).toHaveLength(4);
  await clock.advance(60_000);
  expect(channel.calls).toHaveLength(4);
  expect(disk.campaigns.get("spring")).toMatchObject({
    status: "paused",
    pause: { kind: "noAccount", accounts: [{ name: "one", trouble: "capped" }] },
  });
  await engine.stop(0);
});
