import fc from "fast-check";
import { expect, test } from "vitest";
import { NameSample } from "./name-sample.ts";

function shownOf(names: readonly string[]) {
  const sample = new NameSample();
  for (const name of names) sample.add(name);
  return sample.shown();
}

test("shows the whole of a short list, and the first, some and the last of a long one, in order and none twice", () => {
  fc.assert(
    fc.property(fc.nat(5000), (count) => {
      const names = Array.from({ length: count }, (_, index) => `name_${index}`);
      const { first, middle, last } = shownOf(names);
      const places = [...first, ...middle, ...last].map((name) => names.indexOf(name));
      expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
      expect(places).toHaveLength(Math.min(count, 15));
      if (count > 0) expect([places[0], places.at(-1)]).toEqual([0, count - 1]);
    }),
  );
});

test("takes those of the middle from all over it", () => {
  const { middle } = shownOf(Array.from({ length: 1_000_000 }, (_, index) => String(index)));
  const parts = middle.map((name) => Math.floor(Number(name) / 200_000));
  expect(parts).toEqual([0, 1, 2, 3, 4]);
});
