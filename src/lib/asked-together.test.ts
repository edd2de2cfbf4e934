import { expect, test } from "vitest";
import { askedTogether } from "./asked-together.ts";

test("answers each in the order in which they come, however long an answer takes", async () => {
  const asked: number[] = [];
  const numbers = Array.from({ length: 1203 }, (_, nth) => nth);
  const ask = async (one: number): Promise<string> => {
    asked.push(one);
    for (let turns = 0; turns < one % 7; turns++) await Promise.resolve();
    return `of ${one}`;
  };
  const answers: (readonly [number, string])[] = [];
  for await (const some of askedTogether(numbers, ask)) answers.push(...some);
  expect(answers).toEqual(numbers.map((one) => [one, `of ${one}`]));
  expect(asked).toEqual(numbers);
});

test("asks about many at the same moment, and not about those whom nobody comes to", async () => {
  let atOnce = 0;
  const most: number[] = [];
  const ask = async (): Promise<void> => {
    most.push(++atOnce);
    await Promise.resolve();
    atOnce--;
  };
  const endless = (function* () {
    for (let one = 0; ; one++) yield one;
  })();
  await askedTogether(endless, ask).next();
  expect(Math.max(...most)).toBeGreaterThan(100);
  expect(most.length).toBeLessThan(1000);
});
