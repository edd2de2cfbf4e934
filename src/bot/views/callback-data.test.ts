import fc from "fast-check";
import { expect, test } from "vitest";
import { keyOf } from "../campaign-key.ts";
import {
  campaignChoice,
  campaignVerbs,
  isFresh,
  readCampaignPress,
  readUncertainPress,
  uncertainChoice,
  uncertainVerbs,
} from "./callback-data.ts";

const moment = fc.integer({ min: 1_700_000_000, max: 4_000_000_000 }).map((seconds) => seconds * 1000);

test("a button's data fits into 64 bytes and reads back, whatever the names", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...campaignVerbs),
      fc.constantFrom(...uncertainVerbs),
      fc.string({ unit: "grapheme", maxLength: 64 }),
      moment,
      (verb, decision, name, at) => {
        const campaign = campaignChoice(verb, name, at);
        expect(Buffer.byteLength(campaign)).toBeLessThanOrEqual(64);
        expect(readCampaignPress(campaign)).toEqual({ verb, campaignKey: keyOf(name), askedAt: at });
        const uncertain = uncertainChoice(decision, name, name, at);
        expect(Buffer.byteLength(uncertain)).toBeLessThanOrEqual(64);
        expect(readUncertainPress(uncertain)).toMatchObject({
          verb: decision,
          usernameKey: keyOf(name),
          askedAt: at,
        });
      },
    ),
  );
});

test("data that no button of ours carries is not read", () => {
  for (const text of [
    "",
    "c",
    "c:explode:0123456789",
    "c:pause:short",
    "c:pause:0123456789:UPPER",
    "u:check:0123456789",
  ]) {
    expect(readCampaignPress(text)).toBeUndefined();
    expect(readUncertainPress(text)).toBeUndefined();
  }
});

test("an answer counts for ten minutes after the question", () => {
  expect(isFresh(1_000_000, 1_000_000 + 600_000)).toBe(true);
  expect(isFresh(1_000_000, 1_000_000 + 600_001)).toBe(false);
  expect(isFresh(undefined, 0)).toBe(false);
});
