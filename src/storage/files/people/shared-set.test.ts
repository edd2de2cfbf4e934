import { expect, test } from "vitest";
import { SharedSet } from "./shared-set.ts";

test("holds what was added, and is the same one for everybody who adds the same", () => {
  const none = new SharedSet();
  const one = none.with("first");
  expect([...one.with("second").names]).toEqual(["first", "second"]);
  expect([none.names.size, one.names.size]).toEqual([0, 1]);
  expect(none.with("first")).toBe(one);
  expect(one.with("second")).toBe(one.with("second"));
});
