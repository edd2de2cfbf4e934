import fc from "fast-check";
import { expect, test } from "vitest";
import { accountsNamed, everyAccount, mostADay, withAccounts } from "./campaign-accounts.ts";

const account = (name: string, perDay?: number) => ({ name, caps: perDay === undefined ? {} : { perDay } });

test("no account that a campaign ever went through is forgotten, however often they change", () => {
  const some = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1 });
  fc.assert(
    fc.property(some, fc.array(some), (first, changes) => {
      let campaign: Parameters<typeof withAccounts>[0] = { accounts: first.map((name) => account(name)) };
      const ever = new Set(first);
      for (const names of changes) {
        campaign = withAccounts(
          campaign,
          names.map((name) => account(name)),
        );
        for (const name of names) ever.add(name);
        expect(campaign.accounts.map(({ name }) => name)).toEqual(names);
        expect(everyAccount(campaign).toSorted()).toEqual([...ever].toSorted());
      }
    }),
  );
});

test("one that joins gets the limit that all others share, else its own, and those that stay keep theirs", () => {
  const known = [account("a", 4), account("b", 4), account("c", 4)];
  expect(accountsNamed(["a", "c"], [account("a", 50), account("b", 50)], known)).toEqual([
    account("a", 50),
    account("c", 50),
  ]);
  expect(accountsNamed(["b", "c"], [account("a", 50), account("b", 9)], known)).toEqual([
    account("b", 9),
    account("c", 4),
  ]);
  expect(accountsNamed(["gone"], [account("gone", 7)], known)).toEqual([account("gone", 7)]);
  expect([mostADay([account("a", 4), account("b", 5)]), mostADay([account("a", 4), account("b")])]).toEqual([
    9,
    undefined,
  ]);
});
