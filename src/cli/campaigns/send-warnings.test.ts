import { expect, test } from "vitest";
import { systemClock } from "../../lib/clock.ts";
import { createLexicon } from "../../words/words.ts";
import { warningLines } from "./send-warnings.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "UTC" });
const nobody = { count: 0, names: [] };
const plan = {
  corrected: 0,
  tooLong: nobody,
  empty: nobody,
  contactedLately: 0,
  otherCampaign: 0,
  contacted: { count: 0, days: 7, by: [] },
};

test.each(["en", "fa"] as const)("a send says in %s that a follow-up has one language for all", (locale) => {
  const words = lexicon[locale];
  const said = words.plain("follow-up-one-language");
  const followUps = [{ afterDays: 3, message: "Still there?" }];
  const extras = { translations: [{ language: "de", message: "Hallo" }] };
  expect(warningLines(plan, { channel: "simulator", followUps, extras }, words)).toEqual([said]);
  expect(warningLines(plan, { channel: "simulator", followUps }, words)).toEqual([]);
  expect(warningLines(plan, { channel: "simulator", extras }, words)).toEqual([]);
});
