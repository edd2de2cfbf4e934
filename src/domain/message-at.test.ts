import { expect, test } from "vitest";
import { messageAt } from "./message-at.ts";

const by = "test";
const campaign = {
  message: "third",
  earlierMessages: [
    { message: "first", extras: { format: "html" as const }, until: 10, by },
    { message: "second", until: 20, by },
  ],
};

test("each text was sent until the next one took its place", () => {
  const texts = [0, 10, 11, 20, 21].map((at) => messageAt(campaign, at).message);
  expect(texts).toEqual(["first", "first", "second", "second", "third"]);
});

test("what goes with a text goes with that text alone", () => {
  expect(messageAt(campaign, 5)).toEqual({ message: "first", extras: { format: "html" } });
  expect(messageAt({ ...campaign, extras: { format: "html" } }, 15)).toEqual({ message: "second" });
  expect(messageAt({ message: "only" }, 15)).toEqual({ message: "only" });
});
