import fc from "fast-check";
import { expect, test } from "vitest";
import { IdNumbers } from "./id-numbers.ts";

test("gives what a Map gives, whatever the ids", () => {
  const id = fc.oneof(fc.string({ unit: "binary" }), fc.bigInt({ min: 0n, max: 50n }).map(String));
  fc.assert(
    fc.property(fc.array(id), (ids) => {
      const index = new IdNumbers();
      const map = new Map<string, number>();
      for (const one of ids) {
        expect(index.numberOf(one)).toBe(map.get(wellFormed(one)));
        if (!map.has(wellFormed(one))) map.set(wellFormed(one), map.size);
        expect(index.add(one)).toBe(map.get(wellFormed(one)));
      }
      expect(index.size).toBe(map.size);
    }),
  );
});

test("numbers a hundred thousand ids of 19 digits in order, and knows them all again", () => {
  const index = new IdNumbers();
  for (let n = 0; n < 100_000; n++) index.add(idOf(n));
  expect([0, 1, 50_000, 99_999].map((n) => index.numberOf(idOf(n)))).toEqual([0, 1, 50_000, 99_999]);
  expect(index.numberOf(idOf(100_000))).toBeUndefined();
  expect(index.size).toBe(100_000);
});

function idOf(n: number): string {
  return String(7_300_000_000_000_000_000n + BigInt(n) * 7919n);
}

/** Halves of characters have no bytes of their own: they all become U+FFFD. */
function wellFormed(text: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}
