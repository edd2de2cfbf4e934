import { expect, test } from "vitest";
import { IdNumbers } from "../../lib/id-numbers.ts";
import { LeadFold } from "./lead-fold.ts";

test("remembers as many calls as the widest published limit counts, and not all of them for ever", () => {
  const fold = new LeadFold(() => new IdNumbers());
  fold.apply({ t: "target", source: "bluesky-followers", query: "mira.test", at: 0 });
  fold.apply({ t: "request", targets: [0], count: 1, at: 0 });
  for (let at = 1; at <= 6001; at++)
    fold.apply({ t: "fault", k: 0, fault: "unavailable", why: "serviceDown", at });
  const moments = fold.callsTo("bluesky-followers");
  expect(moments.slice(-3000)).toEqual(Array.from({ length: 3000 }, (_, index) => 3002 + index));
  expect(moments.length).toBeLessThan(6001);
});
