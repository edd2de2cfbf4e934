import fc from "fast-check";
import { expect, test } from "vitest";
import type { Campaign } from "./campaign.ts";
import { changedBy, isOtherwiseThan } from "./campaign-change.ts";
import type { CampaignChange } from "./campaign-change.ts";
import { revisionNumber } from "./revision.ts";

const campaign: Campaign = {
  id: "spring",
  createdAt: 0,
  channel: "simulator",
  accounts: [{ name: "a", caps: { perDay: 4 } }],
  message: "One",
  lists: [],
  consent: { statement: "yes", by: "me", at: 0 },
  notWithinDays: 7,
  status: "running",
};
const mark = { by: "7", at: 100 };

test("a new text takes the next number, and the one before is kept with the last that had it", () => {
  const second = changedBy(campaign, { message: { text: "Two", extras: { format: "html" } } }, mark);
  const third = second && changedBy(second, { message: { text: "Three" } }, { by: "8", at: 200 });
  expect(third).toMatchObject({ message: "Three", revision: 2, status: "running" });
  expect(third && "extras" in third).toBe(false);
  expect(third?.earlierMessages).toEqual([
    { message: "One", until: 100, by: "7", revision: 0 },
    { message: "Two", extras: { format: "html" }, until: 200, by: "8", revision: 1 },
  ]);
  expect(third?.revisions).toEqual([
    { number: 1, by: "7", at: 100, what: ["message"] },
    { number: 2, by: "8", at: 200, what: ["message"] },
  ]);
  expect(revisionNumber(third?.revision)).toBe(3);
});

test("a setting is another or gone without a new number, because nobody gets another text by it", () => {
  const accounts = [{ caps: {}, name: "b" }];
  const changed = changedBy(campaign, { settings: { accounts, notWithinDays: null } }, mark);
  expect(changed).toMatchObject({ accounts, message: "One" });
  expect(changed && "notWithinDays" in changed).toBe(false);
  expect(changed?.revisions).toEqual([{ number: 0, ...mark, what: ["accounts", "notWithinDays"] }]);
});

test("what is so already is no change, whatever the order of its fields", () => {
  const same: CampaignChange = {
    message: { text: "One" },
    settings: { accounts: [{ caps: { perDay: 4 }, name: "a" }], notWithinDays: 7 },
  };
  expect(changedBy(campaign, same, mark)).toBeUndefined();
  expect(changedBy(campaign, {}, mark)).toBeUndefined();
});

test("whatever is changed in whatever order, every text that counted is still known by its number", () => {
  const texts = fc.array(fc.constantFrom("One", "Two", "Three"), { maxLength: 8 });
  fc.assert(
    fc.property(texts, (wanted) => {
      let now = campaign;
      const counted = new Map([[0, now.message]]);
      for (const text of wanted) {
        now = changedBy(now, { message: { text } }, mark) ?? now;
        counted.set(now.revision ?? 0, now.message);
      }
      const known = [...(now.earlierMessages ?? []), { message: now.message, revision: now.revision ?? 0 }];
      for (const [revision, text] of counted)
        expect(known.find((one) => revision <= (one.revision ?? 0))?.message).toBe(text);
    }),
  );
});

test("a setting that somebody else changed after it was looked at is found, and only that of those to be changed", () => {
  const seen = { accounts: campaign.accounts, notWithinDays: 7 };
  const lowered = { ...campaign, accounts: [{ name: "a", caps: { perDay: 2 } }] };
  const accounts = [{ name: "a", caps: { perDay: 4, perMinute: 1 } }];
  expect(isOtherwiseThan(seen, campaign, { settings: { accounts } })).toBe(false);
  expect(isOtherwiseThan(seen, lowered, { settings: { accounts } })).toBe(true);
  expect(isOtherwiseThan(seen, lowered, { settings: { notWithinDays: null } })).toBe(false);
  const { notWithinDays: _, ...without } = campaign;
  expect(isOtherwiseThan(seen, without, { settings: { notWithinDays: 9 } })).toBe(true);
});
