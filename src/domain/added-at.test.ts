import { expect, test } from "vitest";
import { addedAt } from "./added-at.ts";

test("everybody joined with the list they stand in, and nobody of no list is given a moment", () => {
  const when = addedAt([
    { count: 2, importedAt: 10 },
    { count: 0, importedAt: 20 },
    { count: 1, importedAt: 30 },
  ]);
  expect([0, 1, 2, 3].map(when)).toEqual([10, 10, 30, undefined]);
});
