import { describe, expect, test } from "vitest";
import { defaultBreakerPolicy } from "../../domain/accounts/breaker.ts";
import type { AccountChange, AccountStanding, ChannelHealth } from "../../domain/accounts/channel-health.ts";
import { rememberedAt, wellAccount } from "../../domain/accounts/channel-health.ts";
import { AccountPool } from "./account-pool.ts";

const breakerPolicy = defaultBreakerPolicy;
/** What a restart would know of the changes that a pool told. */
function kept() {
  let accounts: Record<string, AccountStanding> = {};
  const changed = {
    account(name: string, change: AccountChange) {
      accounts = { ...accounts, [name]: change(accounts[name] ?? wellAccount) };
    },
    channel: () => undefined,
  };
  const at = (now: number): ChannelHealth => ({
    accounts: Object.fromEntries(
      Object.entries(accounts).flatMap(([name, one]) => {
        const standing = rememberedAt(one, now);
        return standing ? [[name, standing]] : [];
      }),
    ),
  });
  return { changed, at };
}

const rate = { count: 60, windowMs: 60_000 };

describe("a pool of accounts", () => {
  test("slows one account to half its limit, one send at a time, and no other", () => {
    const pool = new AccountPool({ breakerPolicy });
    pool.slows(pool.begins("one", 0), rate, 0);
    expect(pool.readyAt("one", 0)).toBe(2000);
    pool.begins("one", 10_000);
    expect(pool.readyAt("one", 10_000)).toBe(12_000);
    expect(pool.readyAt("two", 0)).toBe(0);
  });

  test("counts a burst of rate-limit answers once and makes it news once", () => {
    const { changed, at: keptAt } = kept();
    const pool = new AccountPool({ breakerPolicy, changed });
    const burst = [0, 1, 2].map((at) => pool.begins("one", at));
    const news = burst.map((turn, index) => {
      pool.slows(turn, rate, 100);
      return pool.rests(turn, 5000 + index, "tooFast");
    });
    expect(news).toEqual([true, false, false]);
    expect(keptAt(100).accounts).toEqual({
      one: { health: { kind: "resting", until: 5002, why: "tooFast" }, pace: { factor: 0.5, limit: rate } },
    });
    expect(pool.readyAt("one", 100)).toBe(5002);
  });

  test("gets back to full speed by ten successes, and then needs no pace any more", () => {
    const { changed, at: keptAt } = kept();
    const pool = new AccountPool({ breakerPolicy, changed });
    pool.slows(pool.begins("one", 0), rate, 0);
    for (let at = 60_000; at <= 600_000; at += 60_000) {
      expect(keptAt(at).accounts).toHaveProperty("one");
      pool.wentWell(pool.begins("one", at), at);
    }
    expect(keptAt(700_000).accounts).toEqual({});
    pool.begins("one", 700_000);
    expect(pool.readyAt("one", 700_000)).toBe(700_000);
  });

  test("gives the token back when nobody was due", () => {
    const pool = new AccountPool({ breakerPolicy });
    pool.slows(pool.begins("one", 0), rate, 0);
    pool.didNotAsk(pool.begins("one", 5000), 5000);
    expect(pool.readyAt("one", 5000)).toBe(5000);
  });

  test("brings back at the operator's word who left, and lets who rests go on resting", () => {
    const pool = new AccountPool({ breakerPolicy });
    const freed: string[] = [];
    pool.onFreed((account) => freed.push(account ?? "all"));
    pool.leaves("one", "locked", "accountLocked");
    pool.rests({ account: "two", at: 0, generation: 0 }, 9000, "tooFast");
    expect([pool.returns("one"), pool.returns("two")]).toEqual([true, false]);
    expect(freed).toEqual(["one"]);
    expect([pool.readyAt("one", 0), pool.readyAt("two", 0)]).toEqual([0, 9000]);
  });

  test("stands after a restart as it stood before, and forgets rests that are over", () => {
    const { changed, at: keptAt } = kept();
    const pool = new AccountPool({ breakerPolicy, changed });
    pool.leaves("one", "loggedOut", "xKeysRefused");
    pool.rests({ account: "two", at: 0, generation: 0 }, 9000, "tooFast");
    pool.slows({ account: "three", at: 0, generation: 0 }, rate, 0);
    const again = new AccountPool({ breakerPolicy, remembered: keptAt(100), now: 100 });
    expect(["one", "two", "three"].map((name) => again.readyAt(name, 100))).toEqual([Infinity, 9000, 2100]);
    expect(keptAt(9000).accounts).not.toHaveProperty("two");
  });
});
