import { expect, test } from "vitest";
import type { Campaign } from "../../../domain/campaign.ts";
import { OptOutCount } from "./opt-out-count.ts";

const campaign: Campaign = {
  id: "spring",
  createdAt: 100,
  channel: "x",
  accounts: [],
  message: "hi",
  lists: [],
  consent: { statement: "they asked", by: "7", at: 0 },
  status: "running",
  guardRails: { optedOut: 5 },
};

function counting(people: readonly (readonly [string, number])[], written: readonly string[]) {
  const asked: string[] = [];
  const count = new OptOutCount({
    async *optedOut(channel, since) {
      asked.push(`${channel} since ${since}`);
      for (const [username, at] of people) if (at > since) yield { username, at };
    },
    writtenBy: async () => (username) => written.includes(username),
  });
  return { count, asked };
}

test("counts who has the message and opted out since somebody looked, and names the newest", async () => {
  const people = Array.from("abcdefgh").map((name, index) => [name, 101 + index] as const);
  const { count } = counting(people, Array.from("abcdefg"));
  await count.look(campaign, 60, 1000);
  expect([count.count, count.newest]).toEqual([7, ["c", "d", "e", "f", "g"]]);
  const looked = { ...campaign, guardRails: { optedOut: 5, looked: { claims: 60, at: 104 } } };
  expect(count.isDue(looked, 60, 1000)).toBe(true);
  await count.look(looked, 60, 1000);
  expect(count.count).toBe(3);
});

test("is asked only once enough have it, where the rule is on, and then every ten seconds", async () => {
  const { count, asked } = counting([["a", 200]], ["a"]);
  expect(count.isDue(campaign, 49, 1000)).toBe(false);
  expect(count.isDue({ ...campaign, guardRails: {} }, 60, 1000)).toBe(false);
  expect(count.isDue(campaign, 60, 1000)).toBe(true);
  await count.look(campaign, 60, 1000);
  expect(count.isDue(campaign, 60, 10_999)).toBe(false);
  expect(count.isDue(campaign, 60, 11_000)).toBe(true);
  expect(asked).toEqual(["x since 100"]);
});
