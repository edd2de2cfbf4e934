import { expect, test } from "vitest";
import { addedAt } from "./added-at.ts";

const lists = [
  { count: 2, importedAt: 10 },
  { count: 0, importedAt: 20 },
  { count: 1, importedAt: 30 },
].map((list) => ({ file: "", columns: [], origin: "", ...list }));

test("everybody joined with the list they stand in, and nobody of no list is given a moment", () => {
  const when = addedAt({ lists });
  expect([0, 1, 2, 3].map((ordinal) => when({ ordinal, variables: {} }))).toEqual([10, 10, 30, undefined]);
});

test("whoever joined a campaign that stands did so when their own line says, however long their list has grown", () => {
  const standing = { kind: "welcome", since: 0, turnedAt: 0 } as const;
  const joined = { ordinal: 1, variables: { joined_at: "1970-01-01T00:00:00.015Z" } };
  expect(addedAt({ lists, standing })(joined)).toBe(15);
  expect(addedAt({ lists })(joined)).toBe(10);
  expect(addedAt({ lists, standing })({ ordinal: 1, variables: {} })).toBe(10);
});
