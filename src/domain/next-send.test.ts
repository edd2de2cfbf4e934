import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CampaignSigns, SendSigns } from "./next-send.ts";
import { nextSend } from "./next-send.ts";

const moment = fc.constantFrom(0, 5, 10, 15, 20, Infinity);

const campaign = fc.record({
  priority: fc.nat(2),
  lastTurn: fc.nat(50),
  dueAt: moment,
  awaitsAnswers: fc.boolean(),
  opensAt: moment,
  allowedAt: moment,
});

const anySigns: fc.Arbitrary<SendSigns> = fc.record({
  now: fc.constant(10),
  channelAt: moment,
  accountAt: moment,
  inFlight: fc.nat(3),
  atOnce: fc.integer({ min: 1, max: 3 }),
  campaigns: fc
    .array(campaign, { maxLength: 4 })
    .map((all) => all.map((one, index): CampaignSigns => ({ ...one, id: `c${index}` }))),
});

const free: SendSigns = { now: 10, channelAt: 0, accountAt: 0, inFlight: 0, atOnce: 1, campaigns: [] };
const ready = (id: string, more: Partial<CampaignSigns> = {}): CampaignSigns => ({
  id,
  priority: 0,
  lastTurn: 0,
  dueAt: 0,
  awaitsAnswers: false,
  opensAt: 0,
  allowedAt: 0,
  ...more,
});

describe("the next step of an account", () => {
  test("is a send only when service, account, limits and recipients all allow it", () => {
    fc.assert(
      fc.property(anySigns, (signs) => {
        const next = nextSend(signs);
        if (next.kind !== "send") return;
        const { dueAt, opensAt, allowedAt } = signs.campaigns.find(({ id }) => id === next.campaign)!;
        const readyAt = Math.max(signs.channelAt, signs.accountAt, dueAt, opensAt, allowedAt);
        expect(readyAt).toBeLessThanOrEqual(10);
        expect(signs.inFlight).toBeLessThan(signs.atOnce);
      }),
    );
  });

  test("is a send whenever one of its campaigns can be served", () => {
    fc.assert(
      fc.property(anySigns, (signs) => {
        const isOpen = Math.max(signs.channelAt, signs.accountAt) <= 10 && signs.inFlight < signs.atOnce;
        const canServe = signs.campaigns.some(
          ({ dueAt, opensAt, allowedAt }) => Math.max(dueAt, opensAt, allowedAt) <= 10,
        );
        expect(nextSend(signs).kind === "send").toBe(isOpen && canServe);
      }),
    );
  });

  test("never sleeps longer than to the moment from which on it may send", () => {
    fc.assert(
      fc.property(anySigns, (signs) => {
        const next = nextSend(signs);
        if (next.kind !== "wait" && next.kind !== "blocked") return;
        expect(next.rest.until).toBeGreaterThan(10);
        for (const now of [15, 20]) {
          const later = nextSend({ ...signs, now });
          if (later.kind === "send") expect(next.rest.until).toBeLessThanOrEqual(now);
        }
      }),
    );
  });

  test("serves equal campaigns in turns, whatever came before", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 2, maxLength: 4 }), (before) => {
        const campaigns = before.map((lastTurn, index) => ({ ...ready(`c${index}`), lastTurn }));
        const served = new Map(campaigns.map(({ id }) => [id, 0]));
        for (let turn = 10; turn < 10 + 5 * campaigns.length; turn++) {
          const next = nextSend({ ...free, campaigns });
          if (next.kind !== "send") throw new Error(next.kind);
          served.set(next.campaign, (served.get(next.campaign) ?? 0) + 1);
          campaigns.find(({ id }) => id === next.campaign)!.lastTurn = turn;
        }
        expect([...served.values()]).toEqual(campaigns.map(() => 5));
      }),
    );
  });

  test("serves a campaign that goes first whenever it can, and another one only while it can't", () => {
    const first = ready("first", { priority: 1, lastTurn: 99 });
    expect(nextSend({ ...free, campaigns: [ready("other"), first] })).toEqual({
      kind: "send",
      campaign: "first",
    });
    const capped = { ...first, allowedAt: 50 };
    expect(nextSend({ ...free, campaigns: [capped, ready("other")] })).toEqual({
      kind: "send",
      campaign: "other",
    });
  });

  test("tells what it waits for: the service when that takes longer than anybody is due", () => {
    const later = ready("a", { dueAt: 60 });
    const restOf = (signs: Partial<SendSigns>) => nextSend({ ...free, campaigns: [later], ...signs });
    expect(restOf({})).toEqual({ kind: "wait", rest: { until: 60, cause: "recipients" } });
    expect(restOf({ channelAt: 60 })).toEqual({ kind: "wait", rest: { until: 60, cause: "channel" } });
    const unread = [ready("a", { dueAt: 60, awaitsAnswers: true })];
    expect(restOf({ campaigns: unread })).toEqual({ kind: "wait", rest: { until: 60, cause: "answers" } });
    expect(restOf({ accountAt: Infinity, campaigns: [ready("a")] })).toEqual({
      kind: "blocked",
      rest: { until: Infinity, cause: "account" },
    });
  });
});
