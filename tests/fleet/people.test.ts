import { expect, test } from "vitest";
import { peopleOf, reachableBy } from "./people.ts";

test("of all names a fifth are the bot's, each channel has its own who can't be reached, and no name is there twice", () => {
  const people = peopleOf(3000);
  expect(new Set(people.map(({ name }) => name)).size).toBe(3000);
  expect(people.filter(({ channel }) => channel === "telegram")).toHaveLength(600);
  for (const channel of ["x", "telegram"] as const) {
    const kinds = people.filter((one) => one.channel === channel).map(({ kind }) => kind);
    expect([...new Set(kinds)].toSorted()).toEqual(["missing", "noDms", "reachable", "suspended"]);
    expect(reachableBy(channel, people)).toHaveLength(kinds.filter((kind) => kind === "reachable").length);
  }
});
