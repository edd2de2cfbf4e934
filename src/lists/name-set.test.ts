import * as fc from "fast-check";
import { expect, test } from "vitest";
import { NameSet } from "./name-set.ts";

test("says of every text whether it is new, as a Set would", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "_"), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 200 }), (texts) => {
      const [names, set] = [new NameSet(), new Set<string>()];
      for (const one of texts) {
        expect(names.add(one)).toBe(!set.has(one));
        set.add(one);
      }
      expect(names.size).toBe(set.size);
    }),
  );
});

test("keeps every name while it grows", () => {
  const names = new NameSet();
  const all = Array.from({ length: 50_000 }, (_, index) => `name_${index}`);
  expect(all.filter((name) => !names.add(name))).toEqual([]);
  expect(all.filter((name) => names.add(name))).toEqual([]);
  expect(names.size).toBe(50_000);
});
