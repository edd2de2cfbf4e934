/** The promises every store of how accounts stand keeps, whatever it is kept in. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AccountChange } from "../../src/domain/accounts/channel-health.ts";
import {
  allRestUntil,
  goesAt,
  hasLeft,
  isMended,
  isOut,
  isTakenBack,
  restsUntil,
  wellAccount,
} from "../../src/domain/accounts/channel-health.ts";
import type { AccountStore } from "../../src/storage/ports/accounts.ts";

export interface AccountsHarness extends AsyncDisposable {
  /** Opens the store, or opens it again as after a crash. */
  open(): Promise<AccountStore>;
  /** Opens it as another process beside the first; absent where there is but one process. */
  openBeside?(): Promise<AccountStore>;
}

const put =
  (...changes: readonly AccountChange[]) =>
  (from = wellAccount) =>
    changes.reduce((standing, change) => change(standing), from);
const pace = { factor: 0.5, limit: { count: 15, windowMs: 900_000 } };

export function accountsContract(adapter: string, create: () => Promise<AccountsHarness>): void {
  describe(`how accounts stand in ${adapter}`, () => {
    let harness: AccountsHarness;
    let one: AccountStore;
    let other: AccountStore;
    beforeEach(async () => {
      harness = await create();
      one = await harness.open();
      other = (await harness.openBeside?.()) ?? one;
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("who never had any trouble is well, and so is the channel", async () => {
      expect(await one.read("x")).toEqual({ accounts: {} });
    });

    test("what is said of two accounts, or twice of one, at the same moment is all kept", async () => {
      const why = "tooFast";
      await Promise.all([
        one.update("x", "a", put(restsUntil(7000, why))),
        other.update("x", "a", put(restsUntil(5000, why))),
        one.update("x", "a", put(goesAt(pace))),
        other.update("x", "b", put(hasLeft("locked", "accountLocked"))),
        one.updateChannel("x", allRestUntil({ until: 6000, why })),
        other.updateChannel("x", isOut({ until: 5000, opened: 2, why: "serviceDown" })),
        other.update("simulator", "a", put(restsUntil(1, why))),
      ]);
      expect(await (await harness.open()).read("x")).toEqual({
        outage: { until: 5000, opened: 2, why: "serviceDown" },
        rest: { until: 6000, why },
        accounts: {
          a: { health: { kind: "resting", until: 7000, why }, pace },
          b: { health: { kind: "left", trouble: "locked", why: "accountLocked" } },
        },
      });
    });

    test("an account taken for mended is on trial until the platform took its message, and then well", async () => {
      await one.update("x", "a", put(hasLeft("loggedOut", "xKeysRefused")));
      const tried = { health: { kind: "active" }, isOnTrial: true };
      expect(await other.update("x", "a", put(isTakenBack))).toEqual(tried);
      expect(await one.update("x", "a", put(isTakenBack, restsUntil(9, "tooFast")))).toMatchObject({
        health: { until: 9 },
      });
      expect(await one.update("x", "a", put(isMended))).not.toHaveProperty("isOnTrial");
      expect(await other.update("x", "a", () => undefined)).toBeUndefined();
      expect(await one.read("x")).toEqual({ accounts: {} });
    });

    test("a change that fails changes nothing", async () => {
      await one.updateChannel("x", isOut({ until: 5, opened: 1, why: "serviceDown" }));
      const fails = other.update("x", "a", () => {
        throw new Error("no");
      });
      await expect(fails).rejects.toThrow("no");
      expect(await one.updateChannel("x", isOut(undefined))).toEqual({});
      expect(await other.read("x")).toEqual({ accounts: {} });
    });
  });
}
