import { describe, expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { defaultBreakerPolicy } from "../../domain/accounts/breaker.ts";
import type { CampaignSigns, Rest } from "../../domain/next-send.ts";
import type { Permit } from "../accounts/account-pool.ts";
import { AccountPool } from "../accounts/account-pool.ts";
import type { Served } from "./scheduler.ts";
import { Scheduler } from "./scheduler.ts";

const clock = createVirtualClock(0);
const pool = () => new AccountPool({ breakerPolicy: defaultBreakerPolicy });

/** A campaign with so many to write to, each for so long; what it was told of rests is kept. */
function campaignOf(id: string, { names = 10, takesMs = 100, accounts = ["one"], ...signs }: Options = {}) {
  const sent: Permit[] = [];
  const rests: Rest[] = [];
  const state = { left: names, inFlight: 0, most: 0, lastTurn: 0, freed: [] as string[] };
  const campaign: Served = {
    id,
    accountNames: accounts,
    signs: () => ({
      id,
      priority: 0,
      lastTurn: state.lastTurn,
      dueAt: state.left > 0 ? 0 : Infinity,
      awaitsAnswers: false,
      opensAt: 0,
      allowedAt: 0,
      ...signs,
    }),
    get inFlight() {
      return state.inFlight;
    },
    async takeTurn(permit, turn) {
      state.lastTurn = turn;
      state.left--;
      sent.push(permit);
      state.most = Math.max(state.most, ++state.inFlight);
      await clock.sleep(takesMs);
      state.inFlight--;
    },
    isFreed: (account) => state.freed.push(account),
    rests: (rest) => rests.push(rest),
    lookAgain: () => undefined,
  };
  return { campaign, sent, rests, state };
}

interface Options extends Partial<Omit<CampaignSigns, "id">> {
  readonly names?: number;
  readonly takesMs?: number;
  readonly accounts?: readonly string[];
}

describe("the turns of a channel's accounts", () => {
  test("serve campaigns that share an account in turns, one send after the other", async () => {
    const scheduler = new Scheduler({ pool: pool(), clock, atOnce: 1, most: 9 });
    const [first, second] = [campaignOf("first", { names: 3 }), campaignOf("second", { names: 3 })];
    scheduler.serve(first.campaign);
    scheduler.serve(second.campaign);
    const began = clock.now();
    await clock.runUntilIdle();
    expect(first.sent.map(({ at }) => at - began)).toEqual([0, 200, 400]);
    expect(second.sent.map(({ at }) => at - began)).toEqual([100, 300, 500]);
  });

  test("have no more sends of an account under way than it may, whatever it serves", async () => {
    const scheduler = new Scheduler({ pool: pool(), clock, atOnce: 3, most: 9 });
    const accounts = ["one", "two"];
    const both = [campaignOf("a", { names: 9, accounts }), campaignOf("b", { names: 9, accounts })];
    for (const { campaign } of both) scheduler.serve(campaign);
    await clock.runUntilIdle();
    const sent = both.flatMap((one) => one.sent);
    for (const account of accounts)
      for (const { at } of sent)
        expect(sent.filter((one) => one.account === account && one.at === at).length).toBeLessThanOrEqual(3);
    expect(both.map(({ state }) => state.left)).toEqual([0, 0]);
  });

  test("share the places that there are for all of them, each in its turn", async () => {
    const scheduler = new Scheduler({ pool: pool(), clock, atOnce: 4, most: 2 });
    const accounts = ["one", "two", "three"];
    const spring = campaignOf("spring", { names: 30, accounts });
    scheduler.serve(spring.campaign);
    await clock.runUntilIdle();
    expect(spring.state).toMatchObject({ left: 0, most: 2 });
    const sentBy = (name: string) => spring.sent.filter(({ account }) => account === name).length;
    for (const name of accounts) expect(Math.abs(sentBy(name) - 10)).toBeLessThanOrEqual(2);
  });

  test("pass a place on when whoever is next can't use it", async () => {
    const scheduler = new Scheduler({ pool: pool(), clock, atOnce: 4, most: 1 });
    const [rests, goes] = [
      campaignOf("rests", { accounts: ["one"], names: 2 }),
      campaignOf("goes", { accounts: ["two"], names: 6 }),
    ];
    scheduler.serve(rests.campaign);
    scheduler.serve(goes.campaign);
    await clock.runUntilIdle();
    expect([rests.state.left, goes.state.left]).toEqual([0, 0]);
  });

  test("serve the campaign that goes first before any other", async () => {
    const scheduler = new Scheduler({ pool: pool(), clock, atOnce: 1, most: 9 });
    const [later, first] = [
      campaignOf("later", { names: 2 }),
      campaignOf("first", { names: 3, priority: 1 }),
    ];
    scheduler.serve(later.campaign);
    scheduler.serve(first.campaign);
    await clock.runUntilIdle();
    const lastOfFirst = first.sent.at(-1)!.at;
    expect(later.sent.every(({ at }) => at > lastOfFirst)).toBe(true);
  });

  test("tell a campaign that nobody may send for it, once none of its accounts can and nothing is under way", async () => {
    const scheduler = new Scheduler({ pool: pool(), clock, atOnce: 4, most: 9 });
    const until = clock.now() + 5000;
    const waiting = campaignOf("waiting", { allowedAt: until, accounts: ["one", "two"] });
    scheduler.serve(waiting.campaign);
    await clock.advance(1);
    expect(waiting.rests.at(-1)).toEqual({ until, cause: "account" });
    expect(waiting.sent).toEqual([]);
    scheduler.leave(waiting.campaign);
  });

  test("sleep for nobody once no campaign is left", async () => {
    const scheduler = new Scheduler({ pool: pool(), clock, atOnce: 4, most: 9 });
    const waiting = campaignOf("waiting", { allowedAt: clock.now() + 5000 });
    scheduler.serve(waiting.campaign);
    await clock.advance(1);
    expect(clock.pending).toBe(1);
    scheduler.leave(waiting.campaign);
    await clock.advance(1);
    expect(clock.pending).toBe(0);
  });

  test("go on with every account as soon as the service is back", async () => {
    const accounts = pool();
    const scheduler = new Scheduler({ pool: accounts, clock, atOnce: 1, most: 9 });
    for (let nth = 0; nth < 20; nth++)
      accounts.failed(accounts.begins("one", clock.now()), clock.now(), "unsaid");
    const wait = accounts.channelWait(clock.now()).until;
    expect(wait).toBeGreaterThan(clock.now());
    const campaign = campaignOf("spring", { accounts: ["one", "two"], names: 2, takesMs: 0 });
    scheduler.serve(campaign.campaign);
    await clock.advance(wait - clock.now());
    expect(campaign.sent).toHaveLength(1);
    accounts.answered(campaign.sent[0]!);
    await clock.advance(0);
    expect(campaign.sent).toHaveLength(2);
  });
});
