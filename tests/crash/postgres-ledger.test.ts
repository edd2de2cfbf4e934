/**
 * A worker that stops before or after every statement and every commit, or goes on after losing the answer to one; and two
 * workers whose statements alternate in every order. The channel's own record is the judge: nobody has two messages, nobody
 * is forgotten, no limit is overshot; and whatever ended on record is told to those outside, once each.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Claim } from "../../src/domain/journal.ts";
import type { Limit } from "../../src/domain/accounts/limits.ts";
import { importedTotal } from "../../src/domain/recipient.ts";
import { DatabaseError } from "../../src/storage/postgres/database-error.ts";
import type { Around } from "../../src/storage/postgres/database.ts";
import { STANDING } from "../../src/storage/postgres/ledger/facts-sql.ts";
import type { Ledger } from "../../src/storage/ports/ledger.ts";
import { everyMoment } from "../support/every-moment.ts";
import { endLease, makeCampaign, standings, startProcess } from "../support/postgres/ledger-world.ts";
import { createGate, interleave } from "../support/postgres/interleaving.ts";
import { toldEndings } from "../support/postgres/told-endings.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";

const names = ["ali", "sara", "nima"];
const emptyDatabase = databaseOfFile();

/** What the channel got, in the order in which it came. */
type Sent = string[];

interface Work {
  readonly caps?: readonly Limit[];
  /** Sends under way at the same moment: claimed, and settled, in one transaction. */
  readonly atOnce?: number;
}

/** Sends to whoever is due until nobody is. */
async function work(
  ledger: Ledger,
  account: string,
  sent: Sent,
  { caps = [], atOnce = 1 }: Work = {},
): Promise<void> {
  for (;;) {
    const asked = Array.from({ length: atOnce }, () => ledger.claim({ account, caps, rates: [] }));
    const answers = await allOf(asked);
    const claims = answers.flatMap((answer) => (answer.kind === "claimed" ? [answer.claim] : []));
    await allOf(claims.map((claim) => send(ledger, claim, sent)));
    const isOver = !answers.some((answer) => answer.kind === "noneDue" && answer.dueInMs !== undefined);
    if (claims.length === 0 && isOver) return;
  }
}

/** Once all are over. @throws what one of them failed with */
async function allOf<T>(all: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(all);
  return Promise.all(all);
}

async function send(ledger: Ledger, claim: Claim, sent: Sent): Promise<void> {
  if (!(await ledger.leave(claim))) return;
  sent.push(claim.recipient.username);
  await ledger.settle(claim, { t: "sent", id: "m" });
}

/** Asks the channel about whoever is uncertain. */
async function reconcile(ledger: Ledger, sent: Sent): Promise<void> {
  for (const claim of await ledger.uncertain())
    await ledger.settle(
      claim,
      sent.includes(claim.recipient.username)
        ? { t: "sent", id: "m" }
        : { t: "planned", dueInMs: 0, free: true, why: "noSuchName" },
    );
}

/** A step that lost an answer is made once more. */
async function goOn(step: () => Promise<void>): Promise<void> {
  await step().catch(() => step());
}

/** Of two transactions at the same moment either may be committed first. */
function keysOf(events: readonly { readonly key?: string }[]): readonly string[] {
  return events.map(({ key = "" }) => key).toSorted();
}

const BLOCKED = `
select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and state = 'active'`;

const lost = (): never => {
  throw new Error("Connection terminated unexpectedly");
};

/** The k-th statement is the last that is asked, or the last that is answered; from then on there is nobody. */
const stops = {
  before:
    (isMoment: () => boolean, isDead: () => boolean): Around =>
    async (_sql, ask) =>
      isMoment() || isDead() ? lost() : ask(),
  after:
    (isMoment: () => boolean, isDead: () => boolean): Around =>
    async (_sql, ask) => {
      if (isDead()) lost();
      const isLast = isMoment();
      const answer = await ask();
      return isLast ? lost() : answer;
    },
};

test.each([
  { when: "before", atOnce: 1 },
  { when: "after", atOnce: 1 },
  { when: "before", atOnce: 2 },
  { when: "after", atOnce: 2 },
] as const)(
  "a worker that dies $when any statement, $atOnce at once, leaves nobody doubled, nobody forgotten and nobody untold",
  async ({ when, atOnce }) => {
    const here = await emptyDatabase();
    const database = here.open();
    await here.query(`insert into peyk.suppressions (username, reason, at) values ('mina', 'optedOut', 0)`);
    await everyMoment(async (k) => {
      const id = `dies-${when}-${atOnce}-${k}`;
      const sent: Sent = [];
      const plain = await startProcess(here, database);
      const campaign = await makeCampaign(database, { id, names: ["ali", "mina", "sara", "nima"] });
      let [asked, isDead] = [0, false];
      const isMoment = (): boolean => (isDead ||= ++asked === k);
      await using dying = await startProcess(
        here,
        stops[when](isMoment, () => isDead),
      );
      await dying.ledgers
        .open(campaign)
        .then(({ ledger }) => work(ledger, id, sent, { atOnce }))
        .catch((error: unknown) => expect(error).toBeInstanceOf(DatabaseError));
      await endLease(here, dying.owner);
      const { ledger } = await plain.ledgers.open(campaign);
      await reconcile(ledger, sent);
      await work(ledger, id, sent);
      expect(sent.toSorted()).toEqual(names.toSorted());
      const all = { sent: 3, skipped: 1, planned: 0, claimed: 0, uncertain: 0 };
      expect(await ledger.counts()).toMatchObject(all);
      const { byRows, byJournal } = await standings(here, id);
      expect(byRows).toEqual(byJournal);
      const { recorded, told } = await toldEndings(here, id);
      expect(told).toEqual(recorded);
      return isDead;
    }, 5);
  },
);

test.each([1, 2])(
  "a worker that lives on after losing any answer, %s at once, settles by itself what it does not know",
  async (atOnce) => {
    const here = await emptyDatabase();
    const database = here.open();
    await everyMoment(async (k) => {
      const id = `lives-${atOnce}-${k}`;
      const sent: Sent = [];
      const plain = await startProcess(here, database);
      const campaign = await makeCampaign(database, { id, names });
      let asked = 0;
      let lostOne: string | undefined;
      const around: Around = async (sql, ask) => {
        const isLost = ++asked === k;
        const answer = await ask();
        if (!isLost) return answer;
        lostOne = sql;
        return lost();
      };
      await using living = await startProcess(here, around);
      await goOn(async () => {
        const { ledger } = await living.ledgers.open(campaign);
        await goOn(() => work(ledger, id, sent, { atOnce }));
      });
      expect(new Set(sent).size).toBe(sent.length);
      await endLease(here, living.owner);
      const { ledger, cutOff } = await plain.ledgers.open(campaign);
      // Only whose leave was lost may have been called for all that others know: by a claim whose answer was lost nobody was.
      expect(cutOff).toBeLessThanOrEqual(lostOne === STANDING.text ? atOnce : 0);
      await reconcile(ledger, sent);
      await work(ledger, id, sent);
      expect(sent.toSorted()).toEqual(names.toSorted());
      expect(await ledger.counts()).toMatchObject({ sent: 3, planned: 0, claimed: 0, uncertain: 0 });
      return lostOne !== undefined;
    }, 5);
  },
);

/** Who works, and how many of them may get a message by what limit. */
const works = [
  { who: "through one account", accounts: ["one", "one"], cap: 1 },
  { who: "several at once through one account", accounts: ["one", "one"], atOnce: 2, cap: 2 },
  { who: "through two, at the campaign's own speed", accounts: ["one", "two"], pace: 1 },
  { who: "through two as fast as they can", accounts: ["one", "two"], atOnce: 2 },
];

test.each(works)(
  "two workers $who give everybody one message at most, in whatever order their statements come",
  async ({ who, accounts, cap, pace, atOnce = 1 }) => {
    const here = await emptyDatabase();
    const database = here.open();
    // Two of the names are one person.
    await here.query(
      `insert into peyk.identities values ('scripted', 'ali', '7', 0), ('scripted', 'nima', '7', 0)`,
    );
    const blocked = async (): Promise<number> => (await here.query(BLOCKED)).length;
    const caps: Limit[] = cap === undefined ? [] : [{ kind: "day", count: cap }];
    let runs = 0;
    const property = fc.asyncProperty(fc.infiniteStream(fc.boolean()), async (choices) => {
      const id = `both-${runs++}`;
      const all = {
        id,
        names: ["ali", "nima", "sara", "mina"],
        ...(pace === undefined ? {} : { pace: { perDay: pace } }),
      };
      const campaign = await makeCampaign(database, all);
      const sent: Sent = [];
      const gates = [createGate(), createGate()];
      await using one = await startProcess(here, gates[0]?.around);
      await using other = await startProcess(here, gates[1]?.around);
      const ledgers = [await one.ledgers.open(campaign), await other.ledgers.open(campaign)];
      const programs = ledgers.map(({ ledger }, n) => ({
        gate: gates[n] ?? createGate(),
        run: () => work(ledger, `${accounts[n]} of ${id}`, sent, { caps, atOnce }),
      }));
      await interleave(programs, () => choices.next().value === true, blocked);
      const most = cap ?? pace;
      // Who has two names gets the message under one of them.
      const people = sent.map((name) => (name === "nima" ? "ali" : name)).toSorted();
      if (most === undefined) expect(people).toEqual(["ali", "mina", "sara"]);
      else expect([who, sent.length]).toEqual([who, most]);
      const { byRows, byJournal } = await standings(here, id);
      expect(byRows).toEqual(byJournal);
      expect(importedTotal(byRows.tally.counts)).toBe(4);
      const { recorded, told } = await toldEndings(here, id);
      expect(keysOf(told)).toEqual(keysOf(recorded));
    });
    await fc.assert(property, { numRuns: 4 });
  },
);
