import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import type { GroupsParts } from "./groups.ts";
import { Groups } from "./groups.ts";

/** Groups whose work goes on until it is let go. */
function gatedGroups(more: Partial<Pick<GroupsParts<number, string>, "most" | "fits" | "isOfOne">> = {}) {
  const begun: (readonly number[])[] = [];
  const gates: (() => void)[] = [];
  const groups = new Groups<number, string>({
    most: 100,
    ...more,
    async carryOut(asked) {
      begun.push(asked);
      await new Promise<void>((resolve) => gates.push(resolve));
      if (asked.includes(13)) throw new Error("unlucky");
      return asked.map(String);
    },
  });
  return { groups, begun, letGo: async () => [gates.shift()?.(), await nextTurn()] };
}

test("carries out together what is asked at the same moment, and what comes meanwhile together after it", async () => {
  const { groups, begun, letGo } = gatedGroups();
  const first = [groups.ask(1), groups.ask(2)];
  await nextTurn();
  const second = [groups.ask(3), groups.ask(4)];
  await nextTurn();
  expect(begun).toEqual([[1, 2]]);
  await letGo();
  expect(await Promise.all(first)).toEqual(["1", "2"]);
  expect(begun).toEqual([
    [1, 2],
    [3, 4],
  ]);
  await letGo();
  expect(await Promise.all(second)).toEqual(["3", "4"]);
});

test("takes no more than so many together, and nobody who is not like the first", async () => {
  const { groups, begun, letGo } = gatedGroups({ most: 2, fits: (a, b) => a % 2 === b % 2 });
  const all = Promise.all([1, 2, 3, 5, 4].map((one) => groups.ask(one)));
  await nextTurn();
  for (let n = 0; n < 3; n++) await letGo();
  expect(begun).toEqual([[1, 3], [2, 4], [5]]);
  expect(await all).toEqual(["1", "2", "3", "5", "4"]);
});

test("fails for everybody of the group that failed, and goes on with the next", async () => {
  const { groups, letGo } = gatedGroups();
  const failed = Promise.allSettled([groups.ask(13), groups.ask(2)]);
  await nextTurn();
  const next = groups.ask(3);
  await letGo();
  expect((await failed).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await letGo();
  expect(await next).toBe("3");
});

test("fails for one alone where the error may be about one, in as few steps as halves take", async () => {
  const { groups, begun, letGo } = gatedGroups({ isOfOne: (error) => String(error).includes("unlucky") });
  const all = Promise.allSettled([1, 2, 13, 4, 5].map((one) => groups.ask(one)));
  await nextTurn();
  const next = groups.ask(6);
  for (let n = 0; n < 8; n++) await letGo();
  expect((await all).map(({ status }) => status === "fulfilled")).toEqual([true, true, false, true, true]);
  expect(begun).toEqual([[1, 2, 13, 4, 5], [1, 2, 13], [1, 2], [13], [4, 5], [6]]);
  expect(await next).toBe("6");
});
