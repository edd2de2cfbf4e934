import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { InvalidReason } from "./username.ts";
import { parseUsername } from "./username.ts";

const nameOf = (raw: string): string | undefined => {
  const parsed = parseUsername(raw);
  return parsed.ok ? parsed.username : undefined;
};
const reasonOf = (raw: string): InvalidReason | undefined => {
  const parsed = parseUsername(raw);
  return parsed.ok ? undefined : parsed.reason;
};

test("spellings of one name are one recipient", () => {
  for (const raw of ["@Username1", "Username1", "USERNAME1", "  username1\t", "@@username1", "@ Username1"])
    expect(nameOf(raw)).toBe("username1");
});

test("quotes and invisible marks around and inside a name vanish", () => {
  for (const raw of [
    '"ali_1"',
    "'@ali_1'",
    "«ali_1»",
    "`ali_1`",
    "\u200Fali_1",
    "\u2068@ali_1\u2069",
    "ali\u200C_1\uFEFF",
  ])
    expect(nameOf(raw)).toBe("ali_1");
});

test("Persian and Arabic digits are the same as ASCII ones", () => {
  expect(nameOf("@reza۱۳۷۰")).toBe("reza1370");
  expect(nameOf("reza١٣٧٠")).toBe("reza1370");
});

test("names of every platform fit", () => {
  for (const raw of ["x", "x1", "ali.reza", "a_b_c", "_underscore_", "a".repeat(32), "12345"])
    expect(nameOf(raw)).toBe(raw);
});

describe("profile links", () => {
  test.each([
    "t.me/Ali_1",
    "https://t.me/Ali_1",
    "http://www.t.me/ali_1/",
    "https://t.me/ali_1?start=x#y",
    "HTTPS://T.ME/ALI_1",
    "telegram.me/ali_1",
    "telegram.dog/@ali_1",
    "ali_1.t.me",
    "https://ali_1.t.me/",
    "tg://resolve?domain=ali_1",
    "tg:resolve?phone=&DOMAIN=Ali_1",
    "//t.me/ali_1",
    "x.com/ali_1",
    "https://x.com/ali_1/with_replies",
    "https://twitter.com/ali_1?lang=fa",
    "mobile.twitter.com/ali_1",
    "https://www.instagram.com/ali_1/",
    "instagram.com/ali_1?igsh=abc",
    "https://www.tiktok.com/@ali_1?_t=1",
    "https://www.instagram.com/_u/ali_1",
    "<https://t.me/ali_1>",
    "\u200Ehttps://t.me/ali_1",
    "https://t.me/ali_۱",
  ])("%s leads to ali_1", (raw) => expect(nameOf(raw)).toBe("ali_1"));

  test.each([
    "https://t.me/+AbCdEf123",
    "t.me/joinchat/AbCd",
    "t.me/c/123456/7",
    "t.me/s/ali_1",
    "t.me/ali_1/123",
    "t.me/addstickers/cats",
    "t.me",
    "https://t.me/",
    "www.t.me",
    "ali_1.t.me/5",
    "https://t.me/web",
    "https://boost.t.me",
    "addstickers.t.me",
    "instagram.com/_u/",
    "tg://user?id=5",
    "tg://resolve?domain=ali_1&post=5",
    "https://x.com/ali_1/status/17",
    "x.com/home",
    "x.com/i/lists/5",
    "x.com/ali_1/media/extra",
    "x.com",
    "instagram.com/p/AbC",
    "instagram.com/ali_1/reel/5",
    "tiktok.com/ali_1",
    "tiktok.com/@ali_1/video/5",
    "https://vm.tiktok.com/AbC",
    "https://example.com/ali_1",
    "example.com/ali_1",
    "ftp://t.me/ali_1",
    "t.me/x.com",
  ])("%s is not a profile link", (raw) => expect(reasonOf(raw)).toBe("notAProfileLink"));
});

test.each<[string, InvalidReason]>([
  ["", "empty"],
  ["  \u200F ", "empty"],
  ["@", "empty"],
  ['""', "empty"],
  [" ".repeat(9000), "empty"],
  ["ali reza", "spaces"],
  ["علی رضا", "spaces"],
  ["a".repeat(33), "tooLong"],
  ["a".repeat(9000), "tooLong"],
  ["علی", "characters"],
  ["ali-reza", "characters"],
  [".ali", "characters"],
  ["ali.", "characters"],
  ["ali..reza", "characters"],
  ["a/b", "characters"],
  ["# comment", "spaces"],
  ["t.me/ali-reza", "characters"],
  ["09121234567", "phoneNumber"],
  ["9121234567", "phoneNumber"],
  ["+98 912 123 4567", "phoneNumber"],
  ["0098 (912) 123-45-67", "phoneNumber"],
  ["۰۹۱۲۱۲۳۴۵۶۷", "phoneNumber"],
  ["ali@example.com", "email"],
  ["<Ali@Example.co.uk>", "email"],
])("%j is refused: %s", (raw, reason) => expect(reasonOf(raw)).toBe(reason));

describe("whatever the text", () => {
  const pieces = [
    "@",
    "t.me/",
    "https://",
    "x.com/",
    ".t.me",
    "tg://resolve?domain=",
    "/",
    "?",
    " ",
    ".",
    "۱",
    "\u200F",
    "Ali",
    "_",
    '"',
  ];
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(fc.constantFrom(...pieces, "b", "7")).map((all) => all.join("")),
  );
  /** Ends in a digit: no page of a platform does. */
  const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,30}[0-9]$/);

  test("a result keeps the rule, and parsing it again changes nothing", () => {
    fc.assert(
      fc.property(text, (raw) => {
        const once = nameOf(raw);
        if (once === undefined) return;
        expect(once).toMatch(/^(?=.{1,32}$)[a-z0-9_]+(\.[a-z0-9_]+)*$/);
        expect(nameOf(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  test("every way of writing a name finds that name", () => {
    const spellings: ((one: string) => string)[] = [
      (one) => `@${one}`,
      (one) => one.toUpperCase(),
      (one) => `\u2067${one}\u2069 `,
      (one) => `https://t.me/${one.toUpperCase()}`,
      (one) => `x.com/${one}/`,
      (one) => `http://www.instagram.com/${one}?a=b`,
      (one) => `https://www.tiktok.com/@${one}`,
      (one) => `tg://resolve?domain=${one}`,
    ];
    fc.assert(
      fc.property(name, fc.constantFrom(...spellings), (one, spell) => {
        expect(nameOf(spell(one))).toBe(one);
      }),
    );
  });
});
