import { expect, test } from "vitest";
import { withinADay } from "./every-moment.ts";

const costs = { story: 30, dialogue: 6, command: 8, another: 4, kills: 25 };
const daysFrom = (first: number) => [0, 1, 2].map((later) => withinADay(costs, 25, first + later));

test("what takes unequally long is shared out over as many days as it takes, each once", () => {
  for (const first of [0, 20_787]) {
    const days = daysFrom(first);
    expect(days.flat().toSorted()).toEqual(Object.keys(costs).toSorted());
    expect(days.every((cases) => cases.length > 0)).toBe(true);
  }
  expect(withinADay(costs, 25, 3)).toEqual(withinADay(costs, 25, 0));
});

test("no day takes much longer than another", () => {
  const taken = daysFrom(0).map((cases) =>
    Object.entries(costs).reduce((sum, [name, cost]) => sum + (cases.includes(name) ? cost : 0), 0),
  );
  expect(taken.toSorted((a, b) => a - b)).toEqual([18, 25, 30]);
});
