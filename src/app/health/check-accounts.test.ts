import { expect, test } from "vitest";
import { createScriptedChannel } from "../../../tests/support/scripted/scripted-channel.ts";
import { putCampaign, startProcess } from "../../../tests/support/engine-bench.ts";
import { createMemoryDisk, createMemoryStores } from "../../../tests/support/memory-stores.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { AccountCheck } from "../../channels/channel.ts";
import { checkAccounts, createAccountReports, createAccountHealth } from "./check-accounts.ts";

const well: AccountCheck = { kind: "well", username: "news", limits: [] };

test("asks after every account, and whoever gives no answer keeps nobody waiting", async () => {
  const clock = createVirtualClock();
  const signals: AbortSignal[] = [];
  const channel = createScriptedChannel({
    accounts: ["good", "silent", "broken"],
    abilities: {
      check(account, signal) {
        signals.push(signal);
        if (account === "good") return Promise.resolve(well);
        return account === "broken" ? Promise.reject(new TypeError("x")) : new Promise(() => undefined);
      },
    },
  });
  const checking = checkAccounts(channel, clock);
  await clock.advance(20_000);
  expect((await checking).map(({ account, check }) => [account, check])).toEqual([
    ["good", well],
    ["silent", { kind: "unknown", why: "noAnswerInTime" }],
    ["broken", { kind: "unknown", why: { code: "unexpected", error: "TypeError" } }],
  ]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, true, false]);
});

test("tells what campaigns go by beside what the platform says", async () => {
  const channel = createScriptedChannel({ accounts: ["one", "two"] });
  const { engine, clock } = startProcess({ channel });
  const { ledgers, budgets } = createMemoryStores(createMemoryDisk(), undefined, { clock });
  budgets.of("scripted").debit("one", clock.now());
  (await engine.pool("scripted")).leaves("two", "locked", "accountLocked");
  // The most that any campaign under way gives it; one that is over gives nothing.
  const reports = createAccountReports({
    channels: new Map([["scripted", channel]]),
    campaigns: { all: async () => [under(4, "running"), under(25, "paused"), under(99, "finished")] },
    engine,
    ledgers,
    clock,
  });
  expect(await reports()).toEqual([
    { channel: "scripted", account: "one", health: { kind: "active" }, usedToday: 1, limit: 25 },
    {
      channel: "scripted",
      account: "two",
      health: { kind: "left", trouble: "locked", why: "accountLocked" },
      usedToday: 0,
    },
  ]);
});

test("tells how the accounts stand without asking a platform", async () => {
  const asked: string[] = [];
  const check = (account: string): Promise<AccountCheck> => Promise.resolve((asked.push(account), well));
  const channel = createScriptedChannel({ accounts: ["one"], abilities: { check } });
  const { engine, clock } = startProcess({ channel });
  const { ledgers } = createMemoryStores(createMemoryDisk(), undefined, { clock });
  (await engine.pool("scripted")).leaves("one", "loggedOut", "accountLoggedOut");
  const accountHealth = createAccountHealth({
    channels: new Map([["scripted", channel]]),
    campaigns: { all: async () => [] },
    engine,
    ledgers,
    clock,
  });
  expect(await accountHealth()).toEqual([
    {
      channel: "scripted",
      account: "one",
      health: { kind: "left", trouble: "loggedOut", why: "accountLoggedOut" },
      usedToday: 0,
    },
  ]);
  expect(asked).toEqual([]);
});

function under(perDay: number, status: Campaign["status"]): Campaign {
  const accounts = [{ name: "one", caps: { perDay } }];
  return { ...putCampaign(createMemoryDisk(), { names: 1, accounts }), status };
}
