import fc from "fast-check";
import { expect, test } from "vitest";
import type { CampaignStatus } from "../campaign.ts";
import { HIGHEST_PRIORITY, aheadOf, firstPriority, rivalsOf } from "./priority.ts";

const contender = fc.record({
  id: fc.constantFrom("a", "b", "c", "d"),
  channel: fc.constantFrom("x", "telegram"),
  accounts: fc.subarray(["one", "two", "three"]).map((names) => names.map((name) => ({ name, caps: {} }))),
  status: fc.constantFrom<CampaignStatus>("running", "paused", "finished", "cancelled"),
  priority: fc.nat(HIGHEST_PRIORITY - 1),
});
const some = fc.uniqueArray(contender, { selector: ({ id }) => id, minLength: 1 });

test("whoever is put first has nobody ahead, and whoever shares an account with it and runs is told so", () => {
  fc.assert(
    fc.property(some, (all) => {
      const [campaign] = all;
      if (!campaign) return;
      const priority = firstPriority(campaign, all) ?? campaign.priority;
      const first = { ...campaign, priority, status: "running" as const };
      const now = all.map((one) => (one.id === first.id ? first : one));
      expect(aheadOf(first, now)).toEqual([]);
      for (const rival of rivalsOf(first, now)) expect(aheadOf(rival, now)).toContain(first.id);
    }),
  );
});

test("nobody is a rival through another channel, without a shared account, or once it is over", () => {
  fc.assert(
    fc.property(some, (all) => {
      const [campaign] = all;
      if (!campaign) return;
      for (const rival of rivalsOf(campaign, all)) {
        expect([rival.channel, rival.id]).not.toContain(campaign.id);
        expect(rival.channel).toBe(campaign.channel);
        expect(["running", "paused"]).toContain(rival.status);
      }
    }),
  );
});
