import { expect, test } from "vitest";
import { givenName, sameName } from "./audience.ts";

test.each(["Café", "  CAFE\u0301 ", "café"])("%j is found by what was kept as Café", (typed) => {
  expect(sameName(typed, givenName("Café") ?? "")).toBe(true);
});

test("blanks between words count once, however many were typed", () => {
  expect(sameName("old  friends", "Old friends")).toBe(true);
  expect(sameName("oldfriends", "Old friends")).toBe(false);
});
