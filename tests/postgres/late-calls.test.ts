/** A call that leaves late, because its process was frozen or its machine busy, breaks no limit by that. */
import { expect, test } from "vitest";
import type { Claim } from "../../src/domain/journal.ts";
import type { ClaimRequest } from "../../src/storage/ports/ledger.ts";
import { makeCampaign, startProcess } from "../support/postgres/ledger-world.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";

const emptyDatabase = databaseOfFile();
const names = ["ali", "sara", "nima", "mina", "reza", "leila"];

/** A process that may send so many a minute through an account. */
async function sending(perMinute: number, more: Partial<ClaimRequest> = {}) {
  const here = await emptyDatabase();
  const held = { after: Infinity, ms: 0 };
  const process = await startProcess(here, async (_sql, ask) => {
    const answer = await ask();
    if (held.after-- === 0) here.time.at += held.ms;
    return answer;
  });
  const campaign = await makeCampaign(process.database, { names });
  const { ledger } = await process.ledgers.open(campaign);
  const caps = [{ kind: "sliding", count: perMinute, windowMs: 60_000 }] as const;
  const claim = async (): Promise<Claim | undefined> => {
    const answer = await ledger.claim({ account: "one", caps, rates: [], ...more });
    return answer.kind === "claimed" ? answer.claim : undefined;
  };
  const pass = (ms: number): void => void (here.time.at += ms);
  const now = (): number => here.time.at;
  /** The answer to the nth statement from now on is so long on its way. */
  const holdUp = (after: number, ms: number): void => void Object.assign(held, { after, ms });
  return { ledger, claim, pass, now, holdUp };
}

test("one that leaves late where its minute has room counts from then on", async () => {
  const { ledger, claim, pass } = await sending(2);
  const late = await claim();
  pass(50_000);
  expect(await ledger.leave(late!)).toBe(true);
  pass(20_000);
  expect(await ledger.leave((await claim())!)).toBe(true);
  expect(await claim()).toBeUndefined();
  pass(40_000);
  expect(await claim()).toBeDefined();
});

test("one that leaves late does not where others have taken its place since, and costs nothing", async () => {
  const { ledger, claim, pass } = await sending(2);
  const [first, late] = [await claim(), await claim()];
  expect(await ledger.leave(first!)).toBe(true);
  pass(61_000);
  for (const one of [await claim(), await claim()]) expect(await ledger.leave(one!)).toBe(true);
  expect(await ledger.leave(late!)).toBe(false);
  const held = { t: "planned", dueInMs: 0, free: true, why: "stoppedBeforeCall", uncalled: true } as const;
  expect(await ledger.settle(late!, held)).toBe(true);
  pass(61_000);
  const again = [await claim(), await claim()];
  expect(again.map((one) => one?.recipient.username)).toEqual(["sara", "reza"]);
});

test("what was late and surely never sent is given back", async () => {
  const { ledger, claim, pass } = await sending(1);
  const late = await claim();
  pass(30_000);
  expect(await ledger.leave(late!)).toBe(true);
  expect(await ledger.leave(late!)).toBe(true);
  expect(await ledger.settle(late!, { t: "refused", why: "noSuchName" })).toBe(true);
  expect(await claim()).toBeDefined();
});

test("who waited before the call counts anew too", async () => {
  const { ledger, claim, pass } = await sending(2, { waits: true });
  const [first, late] = [await claim(), await claim()];
  expect(await ledger.leave(first!)).toBe(true);
  pass(61_000);
  for (const one of [await claim(), await claim()]) expect(await ledger.leave(one!)).toBe(true);
  expect(await ledger.leave(late!)).toBe(false);
});

test("how late a call is counts to where the answer is in hand", async () => {
  const { ledger, claim, pass, holdUp } = await sending(2);
  const [first, late] = [await claim(), await claim()];
  expect(await ledger.leave(first!)).toBe(true);
  pass(1500);
  holdUp(0, 1500);
  expect(await ledger.leave(late!)).toBe(true);
  pass(58_000);
  expect(await ledger.leave((await claim())!)).toBe(true);
  expect(await claim()).toBeUndefined();
});

test("a limit a second, which a lane holds, keeps back nobody who waited in it for longer", async () => {
  const second = [{ kind: "sliding", count: 2, windowMs: 1000 }] as const;
  const { ledger, claim, pass } = await sending(100, { waits: true, rates: second });
  const waiting = [await claim(), await claim()];
  pass(3000);
  await claim();
  await claim(); // the second is full
  for (const one of waiting) expect(await ledger.leave(one!)).toBe(true);
});

test("where no limit counts it leaves however late", async () => {
  const { ledger, claim, pass } = await sending(2, { caps: [] });
  const late = await claim();
  pass(61_000);
  expect(await ledger.leave(late!)).toBe(true);
});

test.each([
  [0, false],
  [0, true],
  [5000, false],
  [5000, true],
])(
  "whichever answer is long on its way, no minute has more than it has room for (late by %s ms, waits: %s)",
  async (lateMs, waits) => {
    for (let nth = 0; nth < 9; nth++) {
      const { ledger, claim, pass, now, holdUp } = await sending(2, { waits });
      const left: number[] = [];
      const go = async (one: Claim | undefined): Promise<void> => {
        if (one && (await ledger.leave(one))) left.push(now());
      };
      const [first, late] = [await claim(), await claim()];
      await go(first);
      pass(lateMs);
      holdUp(nth, 10_000);
      await go(late);
      for (let gone = 0; gone < 75_000; gone += 5000) {
        pass(5000);
        await go(await claim());
      }
      expect(left.length).toBeGreaterThan(3);
      for (const at of left)
        expect(left.filter((one) => one >= at && one < at + 58_000).length).toBeLessThanOrEqual(2);
    }
  },
);
