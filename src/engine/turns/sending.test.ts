import { expect, test } from "vitest";
import { putCampaign } from "../../../tests/support/engine-bench.ts";
import { createMemoryDisk, createMemoryStores } from "../../../tests/support/memory-stores.ts";
import { createScriptedChannel } from "../../../tests/support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { defaultBreakerPolicy } from "../../domain/accounts/breaker.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { Rest } from "../../domain/next-send.ts";
import { defaultRetryPolicy } from "../../domain/verdict.ts";
import { AccountPool } from "../accounts/account-pool.ts";
import type { ClaimAnswer, Ledger } from "../../storage/ports/ledger.ts";
import type { WorkEvent } from "../work-event.ts";
import { Scheduler } from "./scheduler.ts";
import { Sending } from "./sending.ts";

/** The sending of a campaign to three, which is off and whose accounts may have nothing under way; what it tells is kept. */
async function createSending(own: Partial<Pick<Ledger, "claim" | "settle">> = {}) {
  const disk = createMemoryDisk();
  const campaign: Campaign = { ...putCampaign(disk, { names: 3 }), status: "running" };
  disk.campaigns.set(campaign.id, campaign);
  const { ledger: kept } = await createMemoryStores(disk).ledgers.open(campaign);
  const ledger = new Proxy(kept, {
    get(from, name) {
      const value: unknown = Reflect.get(own, name) ?? Reflect.get(from, name);
      return typeof value === "function" ? value.bind(from) : value;
    },
  });
  const [pool, clock] = [new AccountPool({ breakerPolicy: defaultBreakerPolicy }), createVirtualClock()];
  const told: WorkEvent[] = [];
  const sending = new Sending({
    ledger,
    channel: createScriptedChannel(),
    pool,
    scheduler: new Scheduler({ pool, clock, atOnce: 0, most: 1 }),
    accounts: campaign.accounts,
    texts: () => ({ render: () => "hello", extras: undefined }),
    clock,
    random: () => 0,
    policy: defaultRetryPolicy,
    sendTimeoutMs: 60_000,
    log: { error: () => undefined },
    tell: (event) => told.push(event),
  });
  return { sending, clock, told, pool, kept };
}

test("does not believe a claim that was asked before somebody became due, a limit was freed or all is looked at again", async () => {
  const { sending, clock } = await createSending();
  const now = clock.now();
  const before = sending.told;
  sending.isDue(now + 5);
  sending.answered("one", { kind: "noneDue" }, before);
  expect(sending.signs("one").dueAt).toBe(0);
  sending.answered("one", { kind: "noneDue", dueInMs: 9 }, sending.told);
  expect(sending.signs("one").dueAt).toBe(now + 9);
  for (const freeInMs of [70, 80]) {
    const asked = sending.told;
    sending.isFreed("one");
    sending.answered("one", { kind: "capped", freeInMs }, asked);
    expect(sending.signs("one").allowedAt).toBe(0);
    sending.answered("one", { kind: "capped", freeInMs }, sending.told);
    expect(sending.signs("one").allowedAt).toBe(now + freeInMs);
  }
  const asked = sending.told;
  sending.lookAgain();
  sending.answered("one", { kind: "noneDue" }, asked);
  expect(sending.signs("one").dueAt).toBe(0);
});

test("tells a long wait once, and that it goes on with the next account that may ask for somebody", async () => {
  const { sending, clock, told } = await createSending();
  sending.run();
  const rests = async (ms: number, cause: Rest["cause"]): Promise<void> => {
    sending.rests({ until: clock.now() + ms, cause });
    await clock.advance(0);
  };
  await rests(59_000, "account");
  await rests(60_000, "recipients");
  expect(told).toEqual([]);
  for (const more of [0, 1]) await rests(60_000 + more, "account");
  expect(told.map(({ kind }) => kind)).toEqual(["waits"]);
  sending.answered("one", { kind: "capped", freeInMs: 99 }, sending.told);
  expect(told).toHaveLength(1);
  sending.answered("one", { kind: "noneDue", dueInMs: 99 }, sending.told);
  expect(told.map(({ kind }) => kind)).toEqual(["waits", "goesOn"]);
  sending.halt();
});

test("what is told while it is counted is counted after that, whatever changed between", async () => {
  const { sending, clock, told } = await createSending();
  sending.run();
  sending.rests({ until: clock.now() + 59_000, cause: "account" });
  sending.lookAgain();
  sending.rests({ until: Infinity, cause: "account" });
  await clock.advance(0);
  expect(told.map(({ kind }) => kind)).toEqual(["waits"]);
  sending.halt();
});

test("endings are told in the order in which they were recorded, whichever turn they are of", async () => {
  const record: ((answer: ClaimAnswer) => void)[] = [];
  const write: ((isOurs: boolean) => void)[] = [];
  let claims = 0;
  const { sending, clock, told, pool, kept } = await createSending({
    claim: (request) =>
      claims++ === 0 ? kept.claim(request) : new Promise((resolve) => record.push(resolve)),
    settle: () => new Promise((resolve) => write.push(resolve)),
  });
  sending.run();
  const turns = [1, 2].map((turn) => sending.takeTurn(pool.begins("one", clock.now()), turn));
  await clock.advance(0);
  // The first turn's ending is on record, then whom the second one passed over.
  write[0]?.(true);
  record[0]?.({
    kind: "noneDue",
    skipped: [{ ordinal: 1, username: "p1", reason: "optedOut" }],
  });
  await Promise.all(turns);
  expect(told.map(({ kind }) => kind)).toEqual(["settled", "skipped"]);
  sending.halt();
});
