import { dollarsTyped } from "../../../../domain/settings/dollars-text.ts";
import { numberTopic } from "./number-topic.ts";

/** What the campaign may cost at most, in US dollars, where the platform charges. */
export const spendCapTopic = numberTopic({
  name: "spend-cap",
  setting: "spendCap",
  isFor: ({ channel }) => channel?.isCharged === true,
  offered: [5, 20, 100],
  most: 1_000_000,
  reading: { read: dollarsTyped, wrong: "dollars-wrong" },
  numberOf: (dollars) => dollars,
  valueOf: (dollars) => dollars,
});
