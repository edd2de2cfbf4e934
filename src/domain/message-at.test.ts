import { expect, test } from "vitest";
import { messageOf } from "./message-at.ts";

const by = "test";
const campaign = {
  message: "third",
  earlierMessages: [
    { message: "first", extras: { format: "html" as const }, until: 10, by },
    { message: "second", until: 20, by },
  ],
};

test("each text was sent until the next one took its place", () => {
  const texts = [0, 10, 11, 20, 21].map((at) => messageOf(campaign, { at }).message);
  expect(texts).toEqual(["first", "first", "second", "second", "third"]);
});

test("what goes with a text goes with that text alone", () => {
  expect(messageOf(campaign, { at: 5 })).toEqual({ message: "first", extras: { format: "html" } });
  expect(messageOf({ ...campaign, extras: { format: "html" } }, { at: 15 })).toEqual({ message: "second" });
  expect(messageOf({ message: "only" }, { at: 15 })).toEqual({ message: "only" });
});

test("a claim's revision says which text it had, whatever the clock said then", () => {
  const numbered = {
    message: "third",
    earlierMessages: [
      { message: "first", until: 10, by, revision: 1 },
      { message: "second", until: 20, by, revision: 4 },
    ],
  };
  const texts = [0, 1, 2, 4, 5].map((revision) => messageOf(numbered, { at: 0, revision }).message);
  expect(texts).toEqual(["first", "first", "second", "second", "third"]);
});
