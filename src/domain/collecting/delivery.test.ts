import fc from "fast-check";
import { expect, test } from "vitest";
import { Delivery } from "./delivery.ts";

const offers = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 60 });

test("hands over of each target what is wanted of each, and keeps the rest for the next request", () => {
  fc.assert(
    fc.property(offers, fc.integer({ min: 1, max: 8 }), (targets, perTarget) => {
      const delivery = new Delivery<number>();
      delivery.begin({ targets: [0, 1, 2], count: 3 * perTarget, perTarget });
      const taken = targets.filter((target, index) => delivery.offer(target, index));
      for (const target of [0, 1, 2]) {
        const offered = targets.filter((one) => one === target).length;
        const got = taken.filter((one) => one === target).length;
        expect(got).toBe(Math.min(offered, perTarget));
        expect(delivery.gotFrom(target)).toBe(got);
        expect(delivery.spareFor([target])).toBe(offered - got);
        expect(delivery.spareFor([target], 2)).toBe(Math.min(2, offered - got));
      }
      delivery.end();
      const next = delivery.begin({ targets: [0, 1, 2], count: 3 * perTarget, perTarget });
      expect(next.length).toBe(
        [0, 1, 2].reduce(
          (sum, one) =>
            sum +
            Math.min(perTarget, Math.max(0, targets.filter((target) => target === one).length - perTarget)),
          0,
        ),
      );
    }),
  );
});
