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
  const process = await startProcess(here);
  const campaign = await makeCampaign(process.database, { names });
  const { ledger } = await process.ledgers.open(campaign);
  const caps = [{ kind: "sliding", count: perMinute, windowMs: 60_000 }] as const;
  const claim = async (): Promise<Claim | undefined> => {
    const answer = await ledger.claim({ account: "one", caps, rates: [], ...more });
    return answer.kind === "claimed" ? answer.claim : undefined;
  };
  const pass = (ms: number): void => void (here.time.at += ms);
  return { ledger, claim, pass };
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

test("whoever waits in a lane of their own is counted there, however late", async () => {
  const { ledger, claim, pass } = await sending(2, { waits: true });
  const [first, late] = [await claim(), await claim()];
  expect(await ledger.leave(first!)).toBe(true);
  pass(61_000);
  for (const one of [await claim(), await claim()]) expect(await ledger.leave(one!)).toBe(true);
  expect(await ledger.leave(late!)).toBe(true);
});
