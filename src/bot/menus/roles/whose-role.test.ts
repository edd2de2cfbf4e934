import { expect, test } from "vitest";
import { meantIn } from "./whose-role.ts";

const ali = { id: 2001, name: "Ali", role: "viewer" } as const;
const otherAli = { id: 2002, name: "Ali", role: "operator" } as const;
const sara = { id: 2003, name: "Sara", role: "viewer" } as const;
const known = {
  app: {
    team: { members: () => [ali, otherAli, sara] },
    who: () => Promise.resolve({ ok: false, reason: "empty" } as const),
  },
  operators: { nameOf: (id: string) => id },
};
const meant = async (given: string) => (await meantIn(known, given, undefined)).person?.id;

test("a name that two of the team have means neither, and their ids mean each", async () => {
  expect(await meant("Sara viewer")).toBe(2003);
  expect(await meant("Ali approver")).toBeUndefined();
  expect([await meant("2001 approver"), await meant("2002 approver")]).toEqual([2001, 2002]);
});
