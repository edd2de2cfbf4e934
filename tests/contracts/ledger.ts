/** The promises every ledger keeps, whatever it is kept in. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { approvable } from "../../src/domain/approval.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { Claim, Ending } from "../../src/domain/journal.ts";
import type { Limit } from "../../src/domain/accounts/limits.ts";
import type { KnownPerson } from "../../src/domain/recipient.ts";
import { importedTotal } from "../../src/domain/recipient.ts";
import type { SuppressionReason } from "../../src/domain/people/suppression.ts";
import type { InboxStore } from "../../src/storage/ports/inboxes.ts";
import type { AddedNames, ClaimAnswer, Ledger, Opening, ResultRow } from "../../src/storage/ports/ledger.ts";

/** A campaign's ledger that can be closed and opened again as after a crash. */
export interface LedgerHarness extends AsyncDisposable {
  /** The store's time, ms since the epoch: the suite moves it. */
  readonly time: { at: number };
  /** Opens the ledger of a campaign to these names, as a process that lives while any other has lost its lease. */
  open(rule?: Pick<Campaign, "notWithinDays" | "extras" | "followsUp">): Promise<Opening>;
  /** Opens it as another process while its owner lives; absent where there is but one process. */
  openBeside?(): Promise<Opening>;
  /** Several processes may have it open at once; else it is one owner's at a time. */
  readonly isShared?: true;
  /** Stores the campaign with another status, as any process may. @param id Of one by {@link putSent}, which is stored then */
  store(
    change: Pick<Campaign, "status" | "pause" | "followsUp" | "approval" | "pace">,
    id?: string,
  ): Promise<void>;
  /** Somebody else approves it as it stands. */
  approve(): Promise<void>;
  /** Stores a list of these names, ready to join; answers its id. */
  list(names: readonly string[]): Promise<string>;
  /** Writes down who is behind a name, as whoever looks names up does. */
  identify(username: string, person: KnownPerson): Promise<void>;
  /** Puts a name on the do-not-send list of this process. */
  suppress(username: string, reason: SuppressionReason): Promise<void>;
  /** Somebody of this name, or with this id, wrote back. */
  answer(username: string, at: number): Promise<void>;
  /**
   * Puts another campaign on the disk that sent this name a message through account one of the same channel then.
   * @param personId Who was behind the name, where that was known
   */
  putSent(username: string, at: number, personId?: string): Promise<string>;
  /** How far what people wrote to the accounts is read. */
  readonly inboxes: InboxStore;
  /** Names that another tool wrote to, given to the store the ledger was opened by last. */
  honour(names: readonly string[]): Promise<number>;
  /** Puts a checkpoint file in place that somebody else wrote; absent where the adapter keeps none. */
  putCheckpoint?(names: readonly string[]): Promise<void>;
}

const NOON = Date.UTC(2026, 5, 1, 12);

function claimOf(answer: ClaimAnswer): Claim {
  if (answer.kind !== "claimed") throw new Error(`expected a claim, got ${answer.kind}`);
  return answer.claim;
}

/** A campaign that somebody else approved as it stands. */
export function asApproved(campaign: Campaign): Campaign {
  return { ...campaign, approval: { given: { by: "2", at: NOON, of: approvable(campaign) } } };
}

async function rowsOf(ledger: Ledger): Promise<ResultRow[]> {
  const rows: ResultRow[] = [];
  for await (const row of ledger.results()) rows.push(row);
  return rows;
}

export function ledgerContract(
  adapter: string,
  create: (names: readonly string[]) => Promise<LedgerHarness>,
): void {
  describe(`the ledger in ${adapter}`, () => {
    let harness: LedgerHarness;
    let ledger: Ledger;
    const names = ["ali", "sara", "nima", "mina"];

    beforeEach(async () => {
      harness = await create(names);
      harness.time.at = NOON;
      ({ ledger } = await harness.open());
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    /** What is asked for at a moment of the store's time. */
    const ask = (at = NOON, caps: readonly Limit[] = []) => {
      harness.time.at = at;
      return { account: "one", caps, rates: [] };
    };
    const claim = async (at = NOON): Promise<Claim> => claimOf(await ledger.claim(ask(at)));
    /** `ali` and `nima` are one person. */
    const identifyAll = async (): Promise<void> => {
      for (const name of names)
        await harness.identify(name, { personId: name === "nima" ? "ali's" : `${name}'s` });
    };
    /** What another process finds that opens the campaign at a moment, and whose lease it is from then on. */
    const openAt = (
      at: number,
      rule?: Pick<Campaign, "notWithinDays" | "extras" | "followsUp">,
    ): Promise<Opening> => {
      harness.time.at = at;
      return harness.open(rule);
    };

    test("plans everyone in the list's order", async () => {
      expect(await ledger.counts()).toMatchObject({ planned: 4 });
      expect((await claim()).recipient.username).toBe("ali");
      expect((await claim()).recipient.username).toBe("sara");
      expect(await ledger.counts()).toMatchObject({ planned: 2, claimed: 2 });
    });

    test("gives everyone to one caller only, however many ask at once", async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => ledger.claim(ask())));
      const claimed = answers.filter(({ kind }) => kind === "claimed").map((answer) => claimOf(answer));
      expect(claimed.map(({ recipient }) => recipient.username).toSorted()).toEqual(names.toSorted());
      expect(answers.filter(({ kind }) => kind === "noneDue")).toHaveLength(6);
    });

    test("claims nobody from the moment a pause, an end or a cancel is stored, whoever stored it", async () => {
      const stopped = [
        { status: "paused", pause: { kind: "operator" } },
        { status: "finished" },
        { status: "cancelled" },
      ] as const;
      for (const change of stopped) {
        await harness.store(change);
        expect(await ledger.claim(ask())).toEqual({ kind: "closed", why: "notRunning" });
      }
      expect(await ledger.counts()).toMatchObject({ planned: 4 });
      await harness.store({ status: "paused", pause: { kind: "noAccount" } });
      expect((await claim()).recipient.username).toBe("ali");
      await harness.store({ status: "running" });
      expect((await claim()).recipient.username).toBe("sara");
    });

    test("claims with the text of a person's language, and keeps to it whatever they speak later", async () => {
      const extras = { translations: [{ language: "fa", message: "Salam" }] };
      ({ ledger } = await harness.open({ extras }));
      await harness.identify("ali", { spoken: { chosen: "fa", app: "en" } });
      await harness.identify("sara", { spoken: { app: "fa-IR" } });
      await harness.identify("nima", { spoken: { chosen: "en", app: "fa" } });
      const claims = [await claim(), await claim(), await claim()];
      expect(claims.map(({ language }) => language)).toEqual(["fa", "fa", undefined]);
      await ledger.settle(claims[1]!, { t: "sent", id: "m2" });
      for (const name of names) await harness.identify(name, { spoken: { chosen: "de" } });
      ({ ledger } = await harness.open({ extras }));
      const uncertain = await ledger.uncertain();
      expect(uncertain.map(({ language }) => language)).toEqual(["fa", undefined]);
      expect((await rowsOf(ledger)).map(({ language }) => language)).toEqual([
        "fa",
        "fa",
        undefined,
        undefined,
      ]);
    });

    test("settles a claim once", async () => {
      const one = await claim();
      expect(await ledger.settle(one, { t: "sent", id: "m1" })).toBe(true);
      expect(await ledger.settle(one, { t: "failed", why: "noAnswerInTime" })).toBe(false);
      expect(await ledger.counts()).toMatchObject({ sent: 1, failed: 0 });
    });

    test("settles a claim once even when two settle it at the same time", async () => {
      const one = await claim();
      const answers = await Promise.all([
        ledger.settle(one, { t: "sent", id: "m1" }),
        ledger.settle(one, { t: "sent", id: "m1" }),
      ]);
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    test("does not let an old attempt settle a new one", async () => {
      const first = await claim();
      await ledger.settle(first, { t: "planned", dueInMs: 0, free: false, why: "serviceDown" });
      const second = await claim(NOON + 1);
      expect(second).toMatchObject({ attempt: 2, recipient: { username: "ali" } });
      expect(await ledger.settle(first, { t: "sent", id: "m" })).toBe(false);
      expect(await ledger.settle(second, { t: "sent", id: "m" })).toBe(true);
    });

    test("offers somebody planned again not before their time, and says when", async () => {
      for (const _ of names)
        await ledger.settle(await claim(), { t: "planned", dueInMs: 500, free: false, why: "serviceDown" });
      expect(await ledger.claim(ask(NOON + 499))).toEqual({ kind: "noneDue", dueInMs: 1 });
      expect((await claim(NOON + 500)).attempt).toBe(2);
    });

    test("says that nobody will be due when everyone is settled", async () => {
      for (const _ of names) await ledger.settle(await claim(), { t: "sent", id: "m" });
      expect(await ledger.claim(ask())).toEqual({ kind: "noneDue" });
    });

    test("debits the account in the claim and gives back only what was surely not sent", async () => {
      const caps: Limit[] = [{ kind: "day", count: 2 }];
      const first = claimOf(await ledger.claim(ask(NOON, caps)));
      const second = claimOf(await ledger.claim(ask(NOON + 1, caps)));
      expect(await ledger.claim(ask(NOON + 2, caps))).toEqual({
        kind: "capped",
        freeInMs: 12 * 3_600_000 - 2,
      });
      await ledger.settle(first, { t: "uncertain", why: "noAnswerInTime" });
      expect((await ledger.claim(ask(NOON + 4, caps))).kind).toBe("capped");
      await ledger.settle(second, { t: "notFound", why: "noSuchName" });
      expect((await ledger.claim(ask(NOON + 6, caps))).kind).toBe("claimed");
    });

    test("tells how long limits keep accounts, as a claim is told, whoever claimed, and debits nothing by it", async () => {
      const limited = { account: "one", caps: [{ kind: "day", count: 1 }], rates: [] } as const;
      const called = {
        account: "one",
        caps: [],
        rates: [{ kind: "sliding", count: 1, windowMs: 5000 }],
      } as const;
      const others = [{ ...limited, account: "two" }, called];
      const free = { freeInMs: 0 };
      expect(await ledger.limitWaits([limited, ...others])).toEqual([free, free, free]);
      claimOf(await ledger.claim(ask(NOON, limited.caps)));
      const beside = harness.isShared ? ((await harness.openBeside?.())?.ledger ?? ledger) : ledger;
      for (const one of [ledger, beside]) {
        const waits = await one.limitWaits([limited, ...others]);
        expect(waits).toEqual([{ freeInMs: 12 * 3_600_000 }, free, { freeInMs: 5000 }]);
      }
      expect(await ledger.limitWaits([])).toEqual([]);
      await harness.store({ status: "running", pace: { perHour: 1 } });
      expect(await ledger.limitWaits(others)).toEqual([
        { freeInMs: 3_600_000, isPaced: true },
        { freeInMs: 3_600_000, isPaced: true },
      ]);
    });

    test("counts calls in an account's windows, whoever claims, until it is sure that there was none", async () => {
      const asked = { ...ask(), rates: [{ kind: "day", count: 2 }] as const };
      const [first, second] = [claimOf(await ledger.claim(asked)), claimOf(await ledger.claim(asked))];
      const beside = harness.isShared ? ((await harness.openBeside?.())?.ledger ?? ledger) : ledger;
      for (const one of [ledger, beside]) expect((await one.claim(asked)).kind).toBe("capped");
      await ledger.settle(first, { t: "notFound", why: "noSuchName" });
      expect((await beside.claim(asked)).kind).toBe("capped");
      const uncalled = { free: true, why: "stoppedBeforeCall", uncalled: true } as const;
      await ledger.settle(second, { t: "planned", dueInMs: 0, ...uncalled });
      expect((await beside.claim(asked)).kind).toBe("claimed");
    });

    test("claims nobody while the approval of the campaign, as it is stored, is missing or of another one", async () => {
      const held = { kind: "held", hold: { kind: "approval" } };
      await harness.store({ status: "running", approval: {} });
      expect(await ledger.claim(ask())).toEqual(held);
      await harness.store({ status: "running", approval: { given: { by: "2", at: NOON, of: "another" } } });
      expect(await ledger.claim(ask())).toEqual(held);
      expect(await ledger.counts()).toMatchObject({ planned: 4 });
      await harness.approve();
      expect((await claim()).recipient.username).toBe("ali");
    });

    test("remembers everything when it is opened again", async () => {
      await ledger.settle(await claim(), { t: "sent", id: "m1" });
      await ledger.settle(await claim(), { t: "notFound", why: "noSuchName" });
      const before = await ledger.counts();
      const opening = await openAt(NOON + 10);
      expect(await opening.ledger.counts()).toEqual(before);
      expect(opening).toMatchObject({ alreadySent: 1, cutOff: 0 });
    });

    test("counts a claim without a settlement as uncertain after a crash, and never offers it again", async () => {
      await claim();
      const opening = await openAt(NOON + 10);
      expect(opening.cutOff).toBe(1);
      expect(await opening.ledger.counts()).toMatchObject({ uncertain: 1, planned: 3, claimed: 0 });
      expect(await opening.ledger.standing()).toMatchObject({ oldestUncertainAt: NOON, sentAgain: 0 });
      const [doubt] = await opening.ledger.uncertain();
      expect(doubt?.recipient.username).toBe("ali");
      expect(claimOf(await opening.ledger.claim(ask(NOON + 11))).recipient.username).toBe("sara");
    });

    test("answers once whom it settled itself when it was opened: nobody was told of them", async () => {
      await ledger.settle(await claim(), { t: "sent", id: "m" });
      await claim();
      const { untold = async () => [] } = await openAt(NOON + 10);
      const [ending, ...others] = await untold();
      expect(others).toEqual([]);
      if (ending)
        expect(ending).toMatchObject({ username: "sara", account: "one", settlement: { t: "uncertain" } });
      expect(await untold()).toEqual([]);
    });

    test("leaves a claim to its owner as long as that one lives, whoever else opens the campaign", async ({
      skip,
    }) => {
      if (!harness.openBeside) return skip();
      const one = await claim();
      if (harness.isShared) {
        const beside = await harness.openBeside();
        expect([beside.cutOff, await beside.ledger.sweep()]).toEqual([0, 0]);
        expect(await beside.ledger.counts()).toMatchObject({ claimed: 1, uncertain: 0 });
      } else await expect(harness.openBeside()).rejects.toThrow("another process");
      expect(await ledger.settle(one, { t: "sent", id: "m" })).toBe(true);
      const opening = await openAt(NOON + 30);
      expect(opening.cutOff).toBe(0);
      expect(await opening.ledger.counts()).toMatchObject({ sent: 1, planned: 3 });
    });

    test("gives each to one process only where several have it open, however many claims of each ask at once", async ({
      skip,
    }) => {
      if (!harness.openBeside || !harness.isShared) return skip();
      const beside = (await harness.openBeside()).ledger;
      const asked = ["one", "two", "one", "two", "three", "three"].map((account, n) =>
        (n % 2 === 0 ? ledger : beside).claim({ ...ask(), account }),
      );
      const answers = await Promise.all(asked);
      const claimed = answers.filter(({ kind }) => kind === "claimed").map((answer) => claimOf(answer));
      expect(claimed.map(({ recipient }) => recipient.username).toSorted()).toEqual(names.toSorted());
      expect(new Set(claimed.map(({ owner }) => owner)).size).toBe(2);
    });

    test("is opened by nobody else while its owner lives, also where nobody is claimed", async ({ skip }) => {
      if (!harness.openBeside || harness.isShared) return skip();
      await expect(harness.openBeside()).rejects.toThrow("another process");
      expect((await claim()).recipient.username).toBe("ali");
    });

    test("takes a claim for uncertain once its owner's lease has run out, and nothing more from that one", async ({
      skip,
    }) => {
      if (!harness.openBeside) return skip();
      const one = await claim();
      const { cutOff, ledger: next } = await openAt(NOON + 10);
      expect(cutOff).toBe(1);
      await expect(ledger.settle(one, { t: "sent", id: "m" })).rejects.toThrow("another process");
      await expect(ledger.claim(ask(NOON + 20))).rejects.toThrow("another process");
      expect(await next.counts()).toMatchObject({ uncertain: 1, planned: 3 });
      expect(await (await openAt(NOON + 30)).ledger.counts()).toMatchObject({ uncertain: 1, planned: 3 });
    });

    test("lets nothing leave for a campaign that was stopped, somebody who opted out, or whose claim is over", async () => {
      const [one, two, three] = [await claim(), await claim(), await claim()];
      expect(await ledger.leave(one)).toBe(true);
      await harness.suppress("ali", "optedOut");
      expect(await ledger.leave(one)).toBe(false);
      await ledger.settle(two, { t: "uncertain", why: "noAnswerInTime" });
      expect([await ledger.leave(two), await ledger.mayRepeat(two)]).toEqual([false, true]);
      await harness.store({ status: "paused", pause: { kind: "operator" } });
      expect([await ledger.leave(three), await ledger.mayRepeat(two)]).toEqual([false, false]);
    });

    test("calls for nobody once its lease is gone", async ({ skip }) => {
      if (!harness.openBeside) return skip();
      const [one, two] = [await claim(), await claim()];
      await ledger.settle(two, { t: "uncertain", why: "noAnswerInTime" });
      await openAt(NOON + 10);
      await expect((async () => ledger.leave(one))()).rejects.toThrow("another process");
      await expect(ledger.mayRepeat(two)).rejects.toThrow("another process");
    });

    test("names the owner of a claim, and another one after another process has it", async () => {
      const one = await claim();
      expect(one.owner).toBeTruthy();
      const next = claimOf(await (await openAt(NOON + 10)).ledger.claim(ask()));
      if (harness.openBeside) expect(next.owner).not.toBe(one.owner);
    });

    test("lets one at a time ask about somebody uncertain, until it gives up, and nobody once they are settled", async () => {
      const [one, other] = [await claim(), await claim()];
      expect(await ledger.pursue(one)).toBe(false);
      await ledger.settle(one, { t: "uncertain", why: "noAnswerInTime" });
      expect(await ledger.pursued()).toBe(0);
      expect([await ledger.pursue(one), await ledger.pursue(one)]).toEqual([true, false]);
      expect(await ledger.pursued()).toBe(1);
      await ledger.giveUp(one);
      expect(await ledger.pursue(one)).toBe(true);
      await ledger.settle(one, { t: "sent", id: "m" });
      expect(await ledger.pursued()).toBe(0);
      await ledger.giveUp(one);
      expect(await ledger.pursue(one)).toBe(false);
      await ledger.settle(other, { t: "uncertain", why: "noAnswerInTime" });
      expect(await ledger.pursue(other)).toBe(true);
      const next = (await openAt(NOON + 10)).ledger;
      expect(await next.pursue(other)).toBe(true);
      if (harness.openBeside) await expect(ledger.pursue(other)).rejects.toThrow("another process");
    });

    test("sweeps nobody who was claimed by whoever owns the campaign", async () => {
      const one = await claim();
      expect(await ledger.sweep()).toBe(0);
      expect(await ledger.settle(one, { t: "sent", id: "m" })).toBe(true);
    });

    test("tells two attempts apart that the clock and the count do not", async () => {
      const free = { t: "planned", dueInMs: 0, free: true, why: "tooFast" } as const;
      const first = await claim();
      await ledger.settle(first, free);
      const second = await claim();
      expect([second.attempt, second.at, second.recipient]).toEqual([1, NOON, first.recipient]);
      expect(await ledger.settle(first, { t: "sent", id: "m" })).toBe(false);
      expect(await ledger.settle(second, { t: "uncertain", why: "noAnswerInTime" })).toBe(true);
      const [left] = await (await openAt(NOON + 10)).ledger.uncertain();
      expect(left?.id).toBe(second.id);
    });

    test("plans a claim again after a crash when its call surely never left, and gives everything back", async () => {
      const caps: Limit[] = [{ kind: "day", count: 2 }];
      const waiting = { ...ask(NOON, caps), rates: caps, waits: true };
      const [first, second] = [claimOf(await ledger.claim(waiting)), claimOf(await ledger.claim(waiting))];
      expect(await ledger.leave(first)).toBe(true);
      const opening = await openAt(NOON + 10);
      expect(opening.cutOff).toBe(1);
      expect(await opening.ledger.counts()).toMatchObject({ uncertain: 1, planned: 3, claimed: 0 });
      const again = claimOf(await opening.ledger.claim(waiting));
      expect(again).toMatchObject({ attempt: 1, recipient: second.recipient });
      expect((await opening.ledger.claim(waiting)).kind).toBe("capped");
      expect(await (await openAt(NOON + 20)).ledger.counts()).toMatchObject({ uncertain: 1, planned: 3 });
    });

    test("lets a claim leave as often as it calls, and not once it is settled", async () => {
      const one = claimOf(await ledger.claim({ ...ask(), waits: true }));
      expect(await ledger.leave(one)).toBe(true);
      expect(await ledger.leave(one)).toBe(true);
      await ledger.settle(one, { t: "uncertain", why: "noAnswerInTime" });
      expect(await ledger.leave(one)).toBe(false);
      const two = claimOf(await ledger.claim({ ...ask(), waits: true }));
      const taken = ledger.settle(two, { t: "planned", dueInMs: 0, free: true, why: "stoppedBeforeCall" });
      expect(await ledger.leave(two)).toBe(false);
      expect(await taken).toBe(true);
      expect(await (await openAt(NOON + 10)).ledger.counts()).toMatchObject({ uncertain: 1, planned: 3 });
    });

    test("keeps the accounts' limits over a restart", async () => {
      const caps: Limit[] = [{ kind: "day", count: 1 }];
      await ledger.settle(claimOf(await ledger.claim(ask(NOON, caps))), { t: "sent", id: "m" });
      const opening = await openAt(NOON + 10);
      expect((await opening.ledger.claim(ask(NOON + 11, caps))).kind).toBe("capped");
    });

    test("keeps the message counted of somebody who may have it and is sent to again", async () => {
      const caps: Limit[] = [{ kind: "day", count: 2 }];
      const again = { t: "planned", dueInMs: 0, free: true, why: "unsaid", again: true } as const;
      const first = claimOf(await ledger.claim(ask(NOON, caps)));
      await ledger.settle(first, { t: "uncertain", why: "noAnswerInTime" });
      expect(await ledger.settle(first, again)).toBe(true);
      expect(claimOf(await ledger.claim(ask(NOON, caps))).recipient.username).toBe("ali");
      expect((await ledger.claim(ask(NOON, caps))).kind).toBe("capped");
      const reopened = await openAt(NOON + 10);
      expect((await reopened.ledger.claim(ask(NOON + 10, caps))).kind).toBe("capped");
    });

    test("settles somebody in doubt as sent, or plans them again", async () => {
      const [first, second] = [await claim(), await claim()];
      for (const one of [first, second]) await ledger.settle(one, { t: "uncertain", why: "noAnswerInTime" });
      expect(await ledger.settle(first, { t: "sent", id: "m" })).toBe(true);
      expect(await ledger.settle(second, { t: "planned", dueInMs: 0, free: true, why: "noSuchName" })).toBe(
        true,
      );
      expect(await ledger.counts()).toMatchObject({ sent: 1, uncertain: 0, planned: 3 });
    });

    test("lets one ending stand when several are given to somebody uncertain at once", async () => {
      const endings: readonly Ending[] = [
        { t: "skipped", reason: "leftInDoubt" },
        { t: "sent", id: "" },
        { t: "planned", dueInMs: 1, free: true, why: "noSuchName" },
        { t: "skipped", reason: "leftInDoubt" },
      ];
      for (const first of endings) {
        const one = await claim();
        await ledger.settle(one, { t: "uncertain", why: "noAnswerInTime" });
        const given = [first, ...endings];
        const answers = await Promise.all(given.map((ending) => ledger.settle(one, ending)));
        expect(answers).toEqual([true, false, false, false, false]);
        expect(await ledger.settle(one, first)).toBe(false);
      }
      const before = await ledger.counts();
      expect(before).toMatchObject({ skipped: 2, sent: 1, planned: 1 });
      expect(await (await openAt(NOON + 10)).ledger.counts()).toEqual(before);
    });

    test("neither skips a claim whose call may be under way nor doubts anybody twice", async () => {
      const one = await claim();
      expect(await ledger.settle(one, { t: "skipped", reason: "leftInDoubt" })).toBe(false);
      await ledger.settle(one, { t: "uncertain", why: "noAnswerInTime" });
      expect(await ledger.settle(one, { t: "uncertain", why: "sentAgain" })).toBe(false);
      expect(await (await openAt(NOON + 10)).ledger.counts()).toMatchObject({ uncertain: 1, planned: 3 });
    });

    test("skips everyone still planned when all is cancelled", async () => {
      const one = await claim();
      await ledger.cancelAll();
      await ledger.settle(one, { t: "sent", id: "m" });
      expect(await ledger.counts()).toMatchObject({ sent: 1, skipped: 3, planned: 0 });
      expect(await ledger.claim(ask())).toEqual({ kind: "noneDue" });
    });

    test("plans everyone failed again, with fresh attempts", async () => {
      await ledger.settle(await claim(), { t: "failed", why: "serviceDown" });
      await ledger.retryAll();
      expect(await ledger.counts()).toMatchObject({ planned: 4, failed: 0 });
      expect(await claim()).toMatchObject({ attempt: 1, recipient: { username: "ali" } });
    });

    test("tells what became of everyone, in the list's order, and the states add up", async () => {
      await ledger.settle(await claim(), { t: "sent", id: "m1" });
      await ledger.settle(await claim(), { t: "refused", why: "serviceUnreachable" });
      await harness.suppress("nima", "optedOut");
      expect((await claim()).recipient.username).toBe("mina");
      const rows = await rowsOf(ledger);
      expect(rows.map(({ username, state }) => [username, state])).toEqual([
        ["ali", "sent"],
        ["sara", "refused"],
        ["nima", "skipped"],
        ["mina", "claimed"],
      ]);
      expect(importedTotal(await ledger.counts())).toBe(4);
    });

    const add = async (more: readonly string[], to = ledger): Promise<AddedNames> =>
      to.addNames({ listId: await harness.list(more), origin: "pasted", by: "7" });

    test("puts names that join behind all others, each once, and asks of them what it asks of everybody", async () => {
      const first = await claim();
      await harness.suppress("omid", "optedOut");
      expect(await add(["sara", "zahra", "omid", "ali", "zahra"])).toEqual({
        kind: "added",
        added: 2,
        known: 3,
      });
      expect(await ledger.counts()).toMatchObject({ claimed: 1, planned: 5 });
      expect(await ledger.settle(first, { t: "sent", id: "m" })).toBe(true);
      const answers = [];
      while (answers.at(-1)?.kind !== "noneDue") answers.push(await ledger.claim(ask()));
      const claimed = answers.filter(({ kind }) => kind === "claimed").map((answer) => claimOf(answer));
      expect(claimed.map(({ recipient }) => recipient.username)).toEqual(["sara", "nima", "mina", "zahra"]);
      expect(answers.flatMap(({ skipped }) => skipped ?? [])).toEqual([
        { ordinal: 5, username: "omid", reason: "optedOut" },
      ]);
      expect((await rowsOf(ledger)).map(({ username }) => username)).toEqual([...names, "zahra", "omid"]);
    });

    test("remembers who joined, also with what became of them, and once for each time they are given", async () => {
      await ledger.settle(await claim(), { t: "sent", id: "m" });
      const listId = await harness.list(["zahra", "omid"]);
      const given = { listId, origin: "pasted", by: "7" };
      expect(await ledger.addNames(given)).toEqual({ kind: "added", added: 2, known: 0 });
      expect(await ledger.addNames(given)).toEqual({ kind: "added", added: 0, known: 0 });
      expect(await add(["omid", "parisa"])).toEqual({ kind: "added", added: 1, known: 1 });
      for (let nth = 0; nth < 4; nth++) await claim();
      const before = await rowsOf(ledger);
      const opening = await openAt(NOON + 10);
      expect(opening.cutOff).toBe(4);
      const { ledger: next } = opening;
      expect(await next.counts()).toMatchObject({ sent: 1, uncertain: 4, planned: 2 });
      expect((await rowsOf(next)).map(({ username }) => username)).toEqual(
        before.map(({ username }) => username),
      );
      expect(await add(["omid", "reza"], next)).toMatchObject({ added: 1, known: 1 });
      expect(claimOf(await next.claim(ask())).recipient.username).toBe("omid");
    });

    test("has those on two lists that join at the same moment join once", async () => {
      const answers = await Promise.all([add(["zahra", "omid"]), add(["omid", "zahra", "reza"])]);
      const added = answers.map((answer) => (answer.kind === "added" ? answer.added : 0));
      expect(added.reduce((sum, one) => sum + one)).toBe(3);
      expect(await ledger.counts()).toMatchObject({ planned: 7 });
    });

    test("writes to nobody who joins under another name of somebody who was written to", async () => {
      await harness.identify("ali", { personId: "ali's", names: ["ali", "ali_new"] });
      await harness.identify("ali_new", { personId: "ali's", names: ["ali", "ali_new"] });
      await ledger.settle(await claim(), { t: "sent", id: "m" });
      expect(await add(["ali_new"])).toMatchObject({ added: 1 });
      const { ledger: next } = await openAt(NOON + 10);
      const answers = [];
      while (answers.at(-1)?.kind !== "noneDue") answers.push(await next.claim(ask(NOON + 10)));
      expect(answers.flatMap(({ skipped }) => skipped ?? [])).toEqual([
        { ordinal: 4, username: "ali_new", reason: "duplicate" },
      ]);
      expect(importedTotal(await next.counts())).toBe(5);
    });

    test("leaves who joined for one account alone to that one, planned again too, and whoever opens it", async () => {
      const bound = async (name: string, through?: string): Promise<AddedNames> =>
        ledger.addNames({
          listId: await harness.list([name]),
          origin: "pasted",
          by: "7",
          ...(through === undefined ? {} : { through }),
        });
      await bound("zahra", "two");
      await bound("omid");
      await bound("reza", "one");
      await bound("parisa", "gone");
      const claimed: Claim[] = [];
      let answer = await ledger.claim(ask());
      for (; answer.kind === "claimed"; answer = await ledger.claim(ask())) claimed.push(answer.claim);
      expect(claimed.map(({ recipient }) => recipient.username).toSorted()).toEqual(
        [...names, "omid", "reza"].toSorted(),
      );
      expect(answer).toEqual({ kind: "noneDue", others: ["two", "gone"] });
      const two = claimOf(await ledger.claim({ ...ask(), account: "two" }));
      expect(two.recipient.username).toBe("zahra");
      await ledger.settle(two, { t: "planned", dueInMs: 1000, free: false, why: "serviceDown" });
      expect(await ledger.claim({ ...ask(), account: "two" })).toMatchObject({ dueInMs: 1000 });
      for (const one of claimed) await ledger.settle(one, { t: "sent", id: "m" });
      ({ ledger } = await openAt(NOON + 1000));
      expect(await ledger.claim(ask(NOON + 1000))).toEqual({ kind: "noneDue", others: ["two", "gone"] });
      const again = claimOf(await ledger.claim({ ...ask(NOON + 1000), account: "two" }));
      expect([again.recipient.username, again.attempt]).toEqual(["zahra", 2]);
      expect(await ledger.claim(ask(NOON + 1000))).toEqual({ kind: "noneDue", others: ["gone"] });
      const gone = await ledger.claim({ ...ask(NOON + 1000), account: "gone" });
      expect(claimOf(gone).recipient.username).toBe("parisa");
    });

    test("lets names join while it is paused, and none once it is over or from a list that is gone", async () => {
      await harness.store({ status: "paused", pause: { kind: "operator" } });
      expect(await add(["zahra"])).toMatchObject({ added: 1 });
      expect(await ledger.addNames({ listId: "no-such-list", origin: "pasted", by: "7" })).toEqual({
        kind: "noList",
      });
      for (const status of ["finished", "cancelled"] as const) {
        await harness.store({ status });
        expect(await add(["omid"])).toEqual({ kind: "over" });
      }
      expect(importedTotal(await ledger.counts())).toBe(5);
    });

    test("skips those who joined before a cancel with all others, whoever reads it later", async () => {
      const listId = await harness.list(["zahra", "omid"]);
      await Promise.all([ledger.addNames({ listId, origin: "pasted", by: "7" }), ledger.cancelAll()]);
      expect(await ledger.counts()).toMatchObject({ skipped: 6, planned: 0 });
      expect(await (await openAt(NOON + 10)).ledger.counts()).toMatchObject({ skipped: 6, planned: 0 });
    });

    test("has nobody join by the word of who lost the lease", async ({ skip }) => {
      if (!harness.openBeside) return skip();
      const next = (await openAt(NOON + 10)).ledger;
      await expect(add(["zahra"])).rejects.toThrow("another process");
      expect(await add(["zahra"], next)).toMatchObject({ added: 1 });
      expect(importedTotal(await next.counts())).toBe(5);
    });

    test("names those still planned in the list's order, from any place on", async () => {
      await claim();
      const first = await ledger.firstWritable(2);
      expect(first.map(({ username }) => username)).toEqual(["sara", "nima"]);
      const later = await ledger.firstWritable(9, 2);
      expect(later.map(({ username }) => username)).toEqual(["nima", "mina"]);
      expect(await ledger.firstWritable(9, 4)).toEqual([]);
      await harness.suppress("nima", "optedOut");
      const writable = await ledger.firstWritable(9);
      expect(writable.map(({ username }) => username)).toEqual(["sara", "mina"]);
    });

    test("passes over whoever is on the do-not-send list, from the very next claim on", async () => {
      await claim();
      await harness.suppress("sara", "optedOut");
      await harness.suppress("nima", "complaint");
      const answer = await ledger.claim(ask());
      expect(claimOf(answer).recipient.username).toBe("mina");
      expect(answer.skipped).toEqual([
        { ordinal: 1, username: "sara", reason: "optedOut" },
        { ordinal: 2, username: "nima", reason: "suppressed" },
      ]);
      expect(await ledger.counts()).toMatchObject({ claimed: 2, skipped: 2, planned: 0 });
    });

    test("tells of those passed over when nobody is left", async () => {
      for (const name of names) await harness.suppress(name, "blocked");
      const answer = await ledger.claim(ask());
      expect(answer).toMatchObject({ kind: "noneDue" });
      expect(answer.skipped?.map(({ username }) => username)).toEqual(names);
      expect(await ledger.claim(ask())).toEqual({ kind: "noneDue" });
    });

    test("passes over somebody once, however many ask at once", async () => {
      await harness.suppress("sara", "optedOut");
      const answers = await Promise.all(Array.from({ length: 6 }, () => ledger.claim(ask())));
      expect(answers.filter(({ kind }) => kind === "claimed")).toHaveLength(3);
      expect(answers.flatMap(({ skipped }) => skipped ?? [])).toEqual([
        { ordinal: 1, username: "sara", reason: "optedOut" },
      ]);
    });

    test("passes over somebody planned again who opted out meanwhile", async () => {
      const first = await claim();
      await ledger.settle(first, { t: "planned", dueInMs: 0, free: false, why: "serviceDown" });
      await harness.suppress("ali", "optedOut");
      expect((await claim(NOON + 1)).recipient.username).toBe("sara");
      expect(await ledger.counts()).toMatchObject({ skipped: 1, claimed: 1, planned: 2 });
    });

    test("remembers who was passed over and why", async () => {
      await harness.suppress("ali", "optedOut");
      await claim();
      const opening = await openAt(NOON + 10);
      expect(await opening.ledger.counts()).toMatchObject({ skipped: 1, uncertain: 1, planned: 2 });
    });

    test("passes over whom another campaign wrote to within the days of the rule, and nobody else", async () => {
      const day = 24 * 3_600_000;
      await harness.putSent("ali", NOON - 2 * day);
      await harness.putSent("sara", NOON - 8 * day);
      const opening = await openAt(NOON, { notWithinDays: 7 });
      const answer = await opening.ledger.claim(ask());
      expect(claimOf(answer).recipient.username).toBe("sara");
      expect(answer.skipped).toEqual([{ ordinal: 0, username: "ali", reason: "contactedLately" }]);
    });

    test("a follow-up passes over who wrote back, by name or id, right up to the call, and obeys no rule against its own first message", async () => {
      const first = await harness.putSent("ali", NOON - 2 * 24 * 3_600_000);
      const followsUp = { campaignId: first, rootId: first, step: 1, since: NOON - 1000 };
      await harness.answer("ali", NOON - 2000);
      await harness.answer("sara", NOON - 500);
      await harness.identify("nima", { personId: "7" });
      const { ledger: opened } = await openAt(NOON, { notWithinDays: 7, followsUp });
      const claimed = await opened.claim({ ...ask(), waits: true });
      expect(claimOf(claimed).recipient.username).toBe("ali");
      await harness.answer("ali", NOON);
      expect(await opened.leave(claimOf(claimed))).toBe(false);
      await harness.answer("7", NOON);
      const second = await opened.claim(ask());
      expect(second.skipped).toEqual([
        { ordinal: 1, username: "sara", reason: "answered" },
        { ordinal: 2, username: "nima", reason: "answered" },
      ]);
    });

    test("a follow-up goes to whoever got the first message: nobody else who has the name by now, up to the call", async () => {
      const first = await harness.putSent("ali", NOON - 1000, "7");
      const followsUp = { campaignId: first, rootId: first, step: 1, since: NOON - 2000 };
      await harness.identify("ali", { personId: "7" });
      await harness.identify("sara", { personId: "9" });
      const { ledger: opened } = await openAt(NOON, { followsUp });
      const claimed = claimOf(await opened.claim({ ...ask(), waits: true }));
      expect(claimed.recipient.username).toBe("ali");
      await harness.identify("ali", { personId: "8", names: ["sara", "ali"] });
      expect(await opened.leave(claimed)).toBe(false);
      const dueAgain = { t: "planned", dueInMs: 0, free: true, why: "stoppedBeforeCall" } as const;
      expect(await opened.settle(claimed, { ...dueAgain, uncalled: true })).toBe(true);
      const second = await opened.claim(ask());
      // Of the others the first campaign knew nobody: they go by their names.
      expect(claimOf(second).recipient.username).toBe("sara");
      expect(second.skipped).toEqual([{ ordinal: 0, username: "ali", reason: "otherPerson" }]);
      const { ledger: later } = await openAt(NOON, { followsUp });
      expect((await rowsOf(later))[0]).toMatchObject({ state: "skipped", skipReason: "otherPerson" });
    });

    test("a follow-up claims nobody and lets nobody's call leave while the first, as it is stored, is held", async () => {
      const first = await harness.putSent("ali", NOON - 1000);
      const followsUp = { campaignId: first, rootId: first, step: 1, since: NOON - 2000 };
      await harness.store({ status: "running", followsUp });
      await harness.store({ status: "paused", pause: { kind: "noAccount" } }, first);
      const one = await claim();
      for (const held of [
        { status: "paused", pause: { kind: "operator" } },
        { status: "cancelled" },
      ] as const) {
        await harness.store(held, first);
        expect(await ledger.claim(ask())).toEqual({
          kind: "closed",
          why: "first",
          by: first,
          opensInMs: expect.any(Number),
        });
        expect(await ledger.leave(one)).toBe(false);
      }
      await harness.store({ status: "finished" }, first);
      expect(await ledger.leave(one)).toBe(true);
      expect((await claim()).recipient.username).toBe("sara");
    });

    test("writes to whom others wrote to when the campaign has no such rule", async () => {
      await harness.putSent("ali", NOON - 1);
      const opening = await openAt(NOON);
      expect(claimOf(await opening.ledger.claim(ask())).recipient.username).toBe("ali");
    });

    test("passes over who left the channel, from the very next claim on", async () => {
      await harness.identify("ali", { hasLeft: true });
      const answer = await ledger.claim(ask());
      expect(claimOf(answer).recipient.username).toBe("sara");
      expect(answer.skipped).toEqual([{ ordinal: 0, username: "ali", reason: "optedOut" }]);
      await harness.identify("nima", { hasLeft: true });
      expect(claimOf(await ledger.claim(ask())).recipient.username).toBe("mina");
    });

    /** `ali` and `nima` were written to before, through an account whose inbox nobody has read yet. */
    const askedOfMany = async (at = NOON) => {
      for (const name of ["ali", "nima"]) await harness.putSent(name, at - 60_000);
      ({ ledger } = await openAt(at));
      return { ...ask(at), heardWithinMs: 10 };
    };
    const nobody = { kind: "noneDue", unheard: true };

    test("leaves out who may have answered what is not read yet, takes the others, and takes them too once it is", async () => {
      const asked = await askedOfMany();
      const first = await ledger.claim(asked);
      expect(first).toMatchObject({ unread: ["one"], claim: { recipient: { username: "sara" } } });
      expect(claimOf(await ledger.claim(asked)).recipient.username).toBe("mina");
      expect(await ledger.claim(asked)).toMatchObject(nobody);
      expect(await ledger.counts()).toMatchObject({ planned: 2, claimed: 2 });
      await harness.inboxes.wasRead("scripted", "another", 0);
      await ledger.recall();
      expect(await ledger.claim(asked)).toMatchObject({ ...nobody, unread: ["one"] });
      await harness.inboxes.wasRead("scripted", "one", 10);
      expect(await ledger.claim(asked)).toMatchObject(nobody);
      await ledger.recall();
      expect(claimOf(await ledger.claim(asked)).recipient.username).toBe("ali");
      await harness.suppress("nima", "optedOut");
      expect((await ledger.claim(asked)).skipped).toEqual([
        { ordinal: 2, username: "nima", reason: "optedOut" },
      ]);
    });

    test("asks for a reading that began within the time that is asked for, and that is not minutes old", async () => {
      const asked = await askedOfMany();
      await harness.inboxes.wasRead("scripted", "one", 11);
      for (const name of ["sara", "mina"])
        expect(claimOf(await ledger.claim(asked)).recipient.username).toBe(name);
      expect(await ledger.claim(asked)).toMatchObject(nobody);
      await ledger.recall();
      expect(claimOf(await ledger.claim({ ...asked, heardWithinMs: 11 })).recipient.username).toBe("ali");
      harness.time.at = NOON + 7 * 60_000;
      const longAgo = { ...asked, heardWithinMs: 8 * 60_000 };
      expect(await ledger.claim(longAgo)).toMatchObject({ ...nobody, unread: ["one"] });
    });

    test("leaves them out for as long as an inbox can't be read, and says which takes longest", async () => {
      const asked = await askedOfMany();
      expect(await harness.inboxes.shut("scripted")).toBeUndefined();
      await harness.inboxes.isShut("scripted", "one", { forMs: 90_000, why: "tooFast" });
      await harness.inboxes.isShut("scripted", "two", { forMs: 60_000, why: "accountLocked" });
      const shut = { account: "one", until: NOON + 90_000, why: "tooFast" };
      expect(await harness.inboxes.shut("scripted")).toEqual(shut);
      for (const _ of ["sara", "mina"]) claimOf(await ledger.claim(asked));
      expect(await ledger.claim(asked)).toMatchObject({ ...nobody, dueInMs: 90_000 });
      await harness.inboxes.wasRead("scripted", "one", 0);
      expect(await harness.inboxes.shut("scripted")).toMatchObject({ account: "two" });
      expect(await harness.inboxes.shut("elsewhere")).toBeUndefined();
    });

    test("leaves nobody out where nobody reads answers", async () => {
      const { heardWithinMs: _, ...asked } = await askedOfMany();
      expect(claimOf(await ledger.claim(asked)).recipient.username).toBe("ali");
    });

    test("writes to nobody under a new name who is on the do-not-send list under an old one", async () => {
      await harness.suppress("ali_before", "optedOut");
      await harness.identify("ali", { names: ["ali_before", "ali"] });
      const answer = await ledger.claim(ask());
      expect(answer.skipped).toEqual([{ ordinal: 0, username: "ali", reason: "optedOut" }]);
    });

    test("writes to one person under one name only, however many ask at once and after a restart", async () => {
      await identifyAll();
      const first = claimOf(await ledger.claim(ask()));
      expect(first.recipient.username).toBe("ali");
      const opening = await openAt(NOON + 10);
      const again = opening.ledger;
      const answers = await Promise.all([1, 2, 3].map(() => again.claim(ask(NOON + 11))));
      const claimed = answers.filter(({ kind }) => kind === "claimed").map((answer) => claimOf(answer));
      expect(claimed.map(({ recipient }) => recipient.username).toSorted()).toEqual(["mina", "sara"]);
      expect(answers.flatMap(({ skipped }) => skipped ?? [])).toEqual([
        { ordinal: 2, username: "nima", reason: "duplicate" },
      ]);
      expect(await again.counts()).toMatchObject({ uncertain: 1, claimed: 2, skipped: 1, planned: 0 });
    });

    test("tries a person who was surely missed again under the same name only", async () => {
      await identifyAll();
      const first = claimOf(await ledger.claim(ask()));
      await ledger.settle(first, { t: "planned", dueInMs: 5, free: false, why: "serviceDown" });
      await claim();
      const answer = await ledger.claim(ask(NOON + 1));
      expect(answer.skipped).toEqual([{ ordinal: 2, username: "nima", reason: "duplicate" }]);
      const again = claimOf(await ledger.claim(ask(NOON + 5)));
      expect(again).toMatchObject({ attempt: 2, recipient: { username: "ali" } });
    });

    test("may write to a person under their new name when nobody was found under the old one", async () => {
      await identifyAll();
      const first = claimOf(await ledger.claim(ask()));
      await ledger.settle(first, { t: "notFound", why: "noSuchName" });
      await claim();
      expect(claimOf(await ledger.claim(ask())).recipient.username).toBe("nima");
    });

    test("writes to none of the names another tool wrote to, from the very next claim on", async () => {
      expect(await harness.honour(["ali", "nima", "stranger"])).toBe(3);
      expect((await claim()).recipient.username).toBe("sara");
      expect((await claim()).recipient.username).toBe("mina");
      expect(await ledger.claim(ask())).toMatchObject({ kind: "noneDue" });
      expect(await ledger.counts()).toMatchObject({ claimed: 2, skipped: 2, planned: 0 });
    });

    test("honours a checkpoint that somebody else wrote", async ({ skip }) => {
      if (!harness.putCheckpoint) return skip();
      await harness.putCheckpoint(["@Sara", "https://t.me/NIMA", "stranger"]);
      const opening = await openAt(NOON + 10);
      expect(opening).toMatchObject({ checkpointNames: 3, alreadySent: 2 });
      expect(await opening.ledger.counts()).toMatchObject({ planned: 2, skipped: 2 });
      const answers = await Promise.all([opening.ledger.claim(ask()), opening.ledger.claim(ask())]);
      expect(answers.map((answer) => claimOf(answer).recipient.username)).toEqual(["ali", "mina"]);
    });
  });
}
