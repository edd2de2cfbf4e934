import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSearch, termsOf } from "./search-terms.ts";

test.each([
  ["#Coffee", "#coffee"],
  ["＃coffee ", "#coffee"],
  ["#قهوه_ایرانی", "#قهوه_ایرانی"],
  ["#قهوه‌خانه", "#قهوه‌خانه"],
  ["  Flat   White ", "flat white"],
  ['"Flat  White" #Coffee', '"flat white" #coffee'],
  ["«قهوه تازه»", '"قهوه تازه"'],
  ['"coffee"', "coffee"],
  ["coffee Coffee", "coffee"],
  ["#İstanbul", "#İstanbul"],
  ["☕", "☕"],
  ["#CAFÉ", "#café"],
  ["#Кофе", "#кофе"],
  ["#ΚΑΦΕΣ", "#καφεσ"],
  ["#IŞIK", "#işik"],
  ["https://x.com/hashtag/Coffee?src=hashtag_click", "#coffee"],
  ["twitter.com/hashtag/%D9%82%D9%87%D9%88%D9%87", "#قهوه"],
  ["https://mobile.twitter.com/hashtag/tea/", "#tea"],
  ["https://bsky.app/hashtag/coffee", "#coffee"],
  ["https://bsky.app/hashtag/coffee?author=ali.test", "#coffee"],
  ["https://x.com/search?q=%23coffee%20tea&src=typed_query", "#coffee tea"],
  ["https://bsky.app/search?q=%22flat+white%22", '"flat white"'],
  ['5" tape', "5 tape"],
])("reads %s as %s", (text, query) => {
  expect(parseSearch(text)).toEqual({ ok: true, query });
});

test.each([
  [" ", "empty"],
  ["#", "notASearch"],
  ["#2024", "notASearch"],
  ["#coffee!", "notASearch"],
  ["coffee !!!", "notASearch"],
  ['""', "notASearch"],
  ["a".repeat(201), "tooLong"],
  ["x".repeat(10_000), "tooLong"],
  ["https://x.com/hashtag/2024", "notASearch"],
  ["https://x.com/hashtag/%ZZ", "notASearch"],
  ["https://x.com/search?q=", "notASearch"],
  ["https://x.com/mira/status/12345", "notASearch"],
  ["https://bsky.app/profile/mira.test", "notASearch"],
] as const)("refuses %j: %s", (text, problem) => {
  expect(parseSearch(text)).toEqual({ ok: false, problem });
});

test("reads its own spelling as the same search", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
      const parsed = parseSearch(text);
      if (!parsed.ok) return;
      expect(parseSearch(parsed.query)).toEqual(parsed);
      expect(termsOf(parsed.query).every(({ text: term }) => !/["\\]/.test(term))).toBe(true);
    }),
  );
});
