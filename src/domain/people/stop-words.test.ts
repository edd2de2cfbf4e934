import fc from "fast-check";
import { expect, test } from "vitest";
import { createStopTest, defaultStopWords } from "./stop-words.ts";

const isStop = createStopTest(defaultStopWords);

test.each([
  "stop",
  " STOP! ",
  "Stop.",
  "STOP please",
  "unsubscribe me",
  "opt-out",
  "لغو",
  "لغو\u200cاشتراک",
  "لغو عضويت",
  "\u200fتوقف\u200e.",
  "انصراف!!",
  "تـوقف",
  "Please stop.",
  "hi, please unsubscribe me",
  "لطفاً دیگر پیام نده",
  "سلام. لطفا نفرستین",
  "خواهش می‌کنم دیگه پیام ندین",
])("takes %j for a stop", (text) => {
  expect(isStop(text)).toBe(true);
});

test.each([
  "",
  "thanks, I like it",
  "don't stop",
  "please don't stop",
  "please",
  "سلام، لطفاً پیام بدهید",
  "stopwatch",
  "Stop by our shop on your way home tomorrow and see",
  "لغوی",
  "چه وقت می‌آید؟",
])("takes %j for no stop", (text) => {
  expect(isStop(text)).toBe(false);
});

test("case, punctuation, blanks and invisible marks around a stop word make no difference", () => {
  const noise = fc.stringMatching(/^[\s.,!?؟،…\u200b\u200c\u200e\u200f\u2066\u2069]*$/);
  fc.assert(
    fc.property(fc.constantFrom(...defaultStopWords), noise, noise, (word, before, after) => {
      expect(isStop(before + word + after)).toBe(true);
      expect(isStop(before + word.toUpperCase() + after)).toBe(true);
    }),
  );
});

test("a text without any letter of a stop word is never one, and no stop words stop nobody", () => {
  fc.assert(fc.property(fc.stringMatching(/^[0-9 ]*$/), (text) => !isStop(text)));
  fc.assert(fc.property(fc.string(), (text) => !createStopTest(["", " . "])(text)));
});
