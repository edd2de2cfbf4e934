import { expect, test } from "vitest";
import { Budgets } from "./budgets.ts";
import { createDayOf } from "./calendar-day.ts";

test("accounts of the same name on two channels share no limit", () => {
  const budgets = new Budgets(createDayOf("UTC"));
  budgets.of("x").debit("news", 0);
  expect([budgets.of("x").usedToday("news", 0), budgets.of("telegram").usedToday("news", 0)]).toEqual([1, 0]);
});
