import { expect, test } from "vitest";
import { bindLists } from "./bound-lists.ts";
import { JournalFold } from "./journal-fold.ts";

const noBudget = { debit: () => undefined, credit: () => undefined };

test("who waited before a restart waits for the account that they are bound to, and nobody else does", () => {
  const fold = new JournalFold(3, noBudget);
  for (const r of [0, 1, 2]) {
    fold.apply({ t: "claim", r, a: "one", n: 1, at: 1 });
    fold.apply({ t: "planned", r, due: 10 + r, free: false, why: "serviceDown", at: 2 });
  }
  const { due } = JournalFold.of(fold.image(), noBudget);
  bindLists(due, [{ count: 1 }, { count: 1, through: "two" }, { count: 1, through: "three" }]);
  expect([due.next(99, "one"), due.earliest("one"), due.awaited]).toEqual([0, 10, ["two", "three"]]);
  due.leave(0);
  expect([due.next(99, "one"), due.next(10, "two"), due.next(11, "two")]).toEqual([undefined, undefined, 1]);
  expect([due.earliest("three"), due.next(12, "three")]).toEqual([12, 2]);
});
