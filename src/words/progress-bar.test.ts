import fc from "fast-check";
import { expect, test } from "vitest";
import { percentDone, progressBar } from "./progress-bar.ts";

const progress = fc
  .tuple(fc.nat(10_000_000), fc.nat(10_000_000))
  .map(([a, b]) => ({ done: Math.min(a, b), total: Math.max(a, b) }));

test("a bar is full only when all is done and empty only when nothing is", () => {
  fc.assert(
    fc.property(progress, ({ done, total }) => {
      fc.pre(total > 0);
      const bar = progressBar(done, total);
      expect(bar).toHaveLength(16);
      expect(bar.includes("░")).toBe(done < total);
      expect(bar.includes("▓")).toBe(done > 0);
      expect(percentDone(done, total) === 100).toBe(done === total);
    }),
  );
});

test("an empty list has an empty bar", () => {
  expect(progressBar(0, 0)).toBe("░".repeat(16));
  expect(percentDone(0, 0)).toBe(0);
});
