import { expect, test } from "vitest";
import { createLexicon } from "../../words/words.ts";
import { resultWords } from "./campaign-end.ts";

const lexicon = createLexicon({
  timeZone: "Asia/Tehran",
  clock: { now: () => 0, sleep: () => Promise.resolve() },
});

test("reasons in the results file are in the reader's language, unknown ones as they came", () => {
  const words = resultWords(lexicon.fa);
  expect(words.reason("no such name")).toBe(lexicon.fa.plain("why-no-such-name"));
  expect(words.reason("a fault nobody named")).toBe("a fault nobody named");
});
