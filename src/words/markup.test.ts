import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeHtml, pieces, quoted, shorten, typed } from "./markup.ts";

test("escaped text can be read back and holds no markup", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const escaped = escapeHtml(text);
      expect(escaped).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      const back = escaped.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
      expect(back).toBe(text);
    }),
  );
});

test("pieces fit, split no character, and lose nothing but the line ends between them", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 4, max: 40 }), (text, most) => {
      const cut = pieces(text, most);
      expect(cut.every((piece) => piece.length <= most)).toBe(true);
      expect(cut.every((piece) => !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/.test(piece))).toBe(true);
      expect(cut.join("").replaceAll("\n", "")).toBe(text.replaceAll("\n", ""));
    }),
  );
});

test("a shortened text says so and splits no character", () => {
  expect(shorten("short", 10)).toBe("short");
  expect(shorten("abcdefghij", 5)).toBe("abcd…");
  expect(shorten("abc😀def", 5)).toBe("abc…");
});

test("what is typed loses its invisible marks and takes Latin digits", () => {
  expect(typed(" \u200f۱۲۳\u2069 ")).toBe("123");
  expect(typed("\u2068@ali_٤\u2069\u200c")).toBe("@ali_4");
});

test("a quotation shows markup as text", () => {
  expect(quoted("<b>hi</b>")).toBe("<blockquote>&lt;b&gt;hi&lt;/b&gt;</blockquote>");
});
