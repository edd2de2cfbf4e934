import { firstFew } from "../../../../domain/settings/try-first.ts";
import { numberTopic } from "./number-topic.ts";

/** First a few, then the operator's word: how many are written to before the campaign waits. */
export const tryFirstTopic = numberTopic({
  name: "try-first",
  setting: "tryFirst",
  offer: "topic-try-first-count",
  offered: [5, 20, 100],
  most: 1_000_000,
  numberOf: ({ count }) => count,
  valueOf: firstFew,
});
