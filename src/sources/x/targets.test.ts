import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseAccount, parsePost } from "./targets.ts";

test.each([
  ["@Ana_1", "ana_1"],
  ["a", "a"],
  ["1234567890", "1234567890"],
  ["\u2068@ana\u2069", "ana"],
  ["https://x.com/Ana", "ana"],
  ["mobile.twitter.com/ana/followers?s=1", "ana"],
])("%s names an account", (text, query) => {
  expect(parseAccount(text)).toEqual({ ok: true, query });
});

test.each([
  [" ", "empty"],
  ["two names", "notAName"],
  ["sixteen_letters_", "notAName"],
  ["ana.brews", "notAName"],
  ["https://t.me/ana", "notAName"],
  ["https://x.com/ana/status/1234567890", "notAName"],
  ["https://x.com/search?q=ana", "notAName"],
  ["a".repeat(600), "tooLong"],
])("%s names no account", (text, problem) => {
  expect(parseAccount(text)).toEqual({ ok: false, problem });
});

test.each([
  "1967654321098765432",
  "https://x.com/ana/status/1967654321098765432?s=20&t=x",
  "twitter.com/ana/statuses/1967654321098765432/photo/1",
  "https://x.com/i/web/status/1967654321098765432",
  " https://mobile.twitter.com/i/status/1967654321098765432#m ",
])("%s names a post", (text) => {
  expect(parsePost(text)).toEqual({ ok: true, query: "1967654321098765432" });
});

test.each(["@ana", "https://x.com/ana", "123", "https://example.org/ana/status/1967654321098765432"])(
  "%s names no post",
  (text) => {
    expect(parsePost(text)).toEqual({ ok: false, problem: "notAPost" });
  },
);

test("whatever is typed is read, and what was read is read the same again", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const parse of [parseAccount, parsePost]) {
        const first = parse(text);
        if (first.ok && first.query.length > 4) expect(parse(first.query)).toEqual(first);
      }
    }),
  );
});
