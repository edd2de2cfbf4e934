import fc from "fast-check";
import { expect, test } from "vitest";
import { splitText } from "./split-text.ts";

test("cuts at line ends, so that a pasted list keeps its names whole", () => {
  expect(splitText("alpha\nbeta\ngamma", 12)).toEqual(["alpha\nbeta", "gamma"]);
});

test("cuts between characters when there is nothing better", () => {
  expect(splitText("aaa👋👋", 4)).toEqual(["aaa", "👋👋"]);
});

test("loses nothing but the white space at the cuts, and keeps to the limit", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc.integer({ min: 4, max: 50 }),
      (text, max) => {
        const parts = splitText(text, max);
        expect(parts.every((part) => part.length <= max)).toBe(true);
        expect(parts.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      },
    ),
  );
});
