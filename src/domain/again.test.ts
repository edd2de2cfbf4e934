import { expect, test } from "vitest";
import { againGroups, isInGroup } from "./again.ts";

const groupsOf = (
  ...[one]: Parameters<typeof isInGroup> extends [unknown, infer F] ? [F] : never
): string[] => againGroups.filter((group) => isInGroup(group, one));

test("whoever has the message, or was skipped for a reason of their own, is in everyone alone", () => {
  expect(groupsOf({ state: "sent" })).toEqual(["everyone"]);
  expect(groupsOf({ state: "skipped", skipReason: "optedOut" })).toEqual(["everyone"]);
});

test("each of the others is in the group that is called what became of them", () => {
  expect(groupsOf({ state: "failed" })).toEqual(["everyone", "failed"]);
  expect(groupsOf({ state: "notFound" })).toEqual(["everyone", "notFound"]);
  expect(groupsOf({ state: "uncertain" })).toEqual(["everyone", "uncertain"]);
  expect(groupsOf({ state: "planned" })).toEqual(["everyone", "neverTried"]);
  expect(groupsOf({ state: "skipped", skipReason: "cancelled" })).toEqual(["everyone", "neverTried"]);
});
