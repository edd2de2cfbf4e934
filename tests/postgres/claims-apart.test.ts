/** One claim beside another: what the store itself refuses, what waits for whom, and by whose clock it is decided. */
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { createDayOf } from "../../src/domain/accounts/calendar-day.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { Around } from "../../src/storage/postgres/database.ts";
import { DatabaseError } from "../../src/storage/postgres/database-error.ts";
import { WRITE_DECIDED } from "../../src/storage/postgres/ledger/claim-sql.ts";
import { createPostgresLedgerStore } from "../../src/storage/postgres/ledger/ledger-store.ts";
import type { ClaimAnswer, ClaimRequest } from "../../src/storage/ports/ledger.ts";
import { makeCampaign, startProcess } from "../support/postgres/ledger-world.ts";
import type { TestDatabase } from "../support/postgres/test-database.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";

const DAY_MS = 24 * 3_600_000;
const emptyDatabase = databaseOfFile();
const onceADay: ClaimRequest = { account: "one", caps: [{ kind: "day", count: 1 }], rates: [] };
const asOftenAsAsked: ClaimRequest = { ...onceADay, caps: [] };
const throughTwo = [asOftenAsAsked, { ...asOftenAsAsked, account: "two" }] as const;

/** Two processes with one campaign open; the first one's claim may be held up before it is written. */
async function twoProcesses(rule: Partial<Campaign> = {}) {
  const here = await emptyDatabase();
  here.time.at = DAY_MS / 2;
  const held: { up?: () => Promise<void>; now?: Promise<void> | undefined } = {};
  const one = await startProcess(here, async (sql, ask) => {
    if (sql === WRITE_DECIDED.text) held.now = held.up?.();
    if (sql === WRITE_DECIDED.text || sql === "commit") await held.now;
    return ask();
  });
  const other = await startProcess(here, here.open());
  const campaign = await makeCampaign(other.database, { names: ["ali", "sara"], ...rule });
  const [first, second] = [await one.ledgers.open(campaign), await other.ledgers.open(campaign)];
  return { here, held, other, campaign, ledgers: [first.ledger, second.ledger] as const };
}

const BLOCKED = `
select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and state = 'active'`;

interface Beside {
  readonly rule?: Partial<Campaign>;
  readonly asks?: readonly [before: ClaimRequest, after: ClaimRequest];
  /** Both names are of one person. */
  readonly areOnePerson?: boolean;
  /** Happens while the second one waits. */
  readonly meanwhile?: (here: TestDatabase) => void;
}

/** A claim, and one that another process asks for before it is written. */
async function besideAnother({ rule, asks = [onceADay, onceADay], areOnePerson, meanwhile }: Beside = {}) {
  const { here, held, ledgers } = await twoProcesses(rule);
  if (areOnePerson)
    await here.query(
      "insert into peyk.identities values ('scripted', 'ali', '7', 0), ('scripted', 'sara', '7', 0)",
    );
  let after = Promise.resolve<ClaimAnswer | undefined>(undefined);
  const it = { isAnswered: false, hasWaited: false };
  held.up = async () => {
    delete held.up;
    after = ledgers[1].claim(asks[1]).finally(() => (it.isAnswered = true));
    while (!it.isAnswered && !it.hasWaited) {
      it.hasWaited = (await here.query(BLOCKED)).length > 0;
      await pause(1);
    }
    meanwhile?.(here);
    await here.query("select 1"); // by which the store's time is that moment
  };
  const before = await ledgers[0].claim(asks[0]);
  return { before, after: await after, hasWaited: it.hasWaited };
}

test("a claim through an account waits for the one before it, which counts in its cap", async () => {
  const { before, after } = await besideAnother();
  expect(before.kind).toBe("claimed");
  expect(after).toEqual({ kind: "capped", freeInMs: DAY_MS / 2 });
});

test("at a campaign's own speed a claim waits for those through other accounts too", async () => {
  const { before, after } = await besideAnother({ rule: { pace: { perDay: 1 } }, asks: throughTwo });
  expect(before.kind).toBe("claimed");
  expect(after).toEqual({ kind: "capped", freeInMs: DAY_MS / 2, isPaced: true });
});

test("two claims through different accounts wait for nobody, and take different people", async () => {
  const { before, after, hasWaited } = await besideAnother({ asks: throughTwo });
  expect(hasWaited).toBe(false);
  expect(before).toMatchObject({ kind: "claimed", claim: { recipient: { username: "ali" } } });
  expect(after).toMatchObject({ kind: "claimed", claim: { recipient: { username: "sara" } } });
});

test("two who are one person are not both claimed, however little each claim knows of the other", async () => {
  const { before, after } = await besideAnother({ asks: throughTwo, areOnePerson: true });
  expect(after).toMatchObject({ kind: "claimed", claim: { recipient: { username: "sara" } } });
  const skipped = [{ ordinal: 0, username: "ali", reason: "duplicate" }];
  expect(before).toEqual({ kind: "noneDue", skipped });
});

test("a claim that waited for another is of the moment at which it went on", async () => {
  const { before, after } = await besideAnother({ meanwhile: ({ time }) => (time.at = DAY_MS + 5) });
  expect(before).toMatchObject({ kind: "claimed", claim: { at: DAY_MS / 2 } });
  expect(after).toMatchObject({ kind: "claimed", claim: { at: DAY_MS + 5 } });
});

test("a process whose clock is days ahead is capped like all others", async () => {
  const { here, other, campaign } = await twoProcesses();
  const ledgers = createPostgresLedgerStore({
    database: other.database,
    owner: { id: other.owner },
    clock: { now: () => here.time.at + 3 * DAY_MS },
    dayOf: createDayOf("UTC"),
  });
  const { ledger } = await ledgers.open(campaign);
  expect(await ledger.claim(onceADay)).toMatchObject({ kind: "claimed", claim: { at: DAY_MS / 2 } });
  expect(await ledger.claim(onceADay)).toEqual({ kind: "capped", freeInMs: DAY_MS / 2 });
});

test("the store claims nobody twice, whatever it is told of who is due", async () => {
  const { here, other, ledgers } = await twoProcesses();
  expect((await ledgers[0].claim(asOftenAsAsked)).kind).toBe("claimed");
  const entries = JSON.stringify([{ t: "claim", r: 0, a: "two", n: 1, at: 0 }]);
  const asked = ["spring", other.owner, "scripted", 0, "[]", "[]", [99], entries, "[]"];
  await expect(here.query(WRITE_DECIDED.text, asked)).rejects.toThrow("is planned");
  expect(await ledgers[0].counts()).toMatchObject({ claimed: 1, planned: 1 });
});

test("a claim whose commit was not answered is ended before the next one, as one by which nobody was called", async () => {
  const here = await emptyDatabase();
  let isLost = false;
  const around: Around = async (sql, ask) => {
    const answer = await ask();
    if (sql !== "commit" || !isLost) return answer;
    isLost = false;
    throw new Error("Connection terminated unexpectedly");
  };
  const process = await startProcess(here, around);
  const { ledger } = await process.ledgers.open(
    await makeCampaign(process.database, { names: ["ali", "sara"] }),
  );
  isLost = true;
  await expect(ledger.claim(onceADay)).rejects.toThrow(DatabaseError);
  expect(await ledger.claim(onceADay)).toMatchObject({
    kind: "claimed",
    claim: { attempt: 1, recipient: { username: "ali" } },
  });
  expect(await ledger.counts()).toMatchObject({ claimed: 1, planned: 1 });
});
