import fc from "fast-check";
import type { MessageEntity } from "grammy/types";
import { expect, test } from "vitest";
import { parseTemplate } from "../../domain/template.ts";
import { textOfHtml } from "../../lib/text/html-text.ts";
import { parseHtml } from "../../playground/api/entities/html.ts";
import { htmlOf } from "./formatted-text.ts";

const kinds = ["bold", "italic", "underline", "strikethrough", "spoiler", "code"] as const;
const entity = (type: (typeof kinds)[number], offset: number, length: number): MessageEntity => ({
  type,
  offset,
  length,
});

test("leaves a text alone in which nothing is formatted", () => {
  expect(htmlOf({ text: "a < b", entities: [] })).toBeUndefined();
  const found: MessageEntity = { type: "mention", offset: 0, length: 4 };
  expect(htmlOf({ text: "@ali", entities: [found] })).toBeUndefined();
});

test("counts emoji as Telegram does", () => {
  expect(htmlOf({ text: "😀 hi there", entities: [entity("bold", 3, 2)] })).toBe("😀 <b>hi</b> there");
});

test("nests what is nested and cuts what overlaps", () => {
  const nested = [entity("bold", 0, 5), entity("italic", 1, 2)];
  expect(htmlOf({ text: "abcde", entities: nested })).toBe("<b>a<i>bc</i>de</b>");
  const overlapping = [entity("bold", 0, 3), entity("italic", 2, 3)];
  expect(htmlOf({ text: "abcde", entities: overlapping })).toBe("<b>ab<i>c</i></b><i>de</i>");
});

test("keeps links, code with its language, and quotations", () => {
  const text = "see code quote";
  const html = htmlOf({
    text,
    entities: [
      { type: "text_link", offset: 0, length: 3, url: 'https://example.com/?a=1&b="2"' },
      { type: "pre", offset: 4, length: 4, language: "ts" },
      { type: "expandable_blockquote", offset: 9, length: 5 },
    ],
  });
  expect(html).toBe(
    '<a href="https://example.com/?a=1&amp;b=&quot;2&quot;">see</a> ' +
      '<pre><code class="language-ts">code</code></pre> <blockquote expandable>quote</blockquote>',
  );
});

test("takes a variable in whole, and keeps its name as it is written", () => {
  const text = "Hi {{R&D|<friend>}}!";
  expect(htmlOf({ text, entities: [entity("bold", 0, 6)] })).toBe("<b>Hi {{R&D|&lt;friend&gt;}}</b>!");
  expect(htmlOf({ text, entities: [entity("bold", 8, 12)] })).toBe("Hi <b>{{R&D|&lt;friend&gt;}}!</b>");
});

test("is always HTML that Telegram takes, with the very same text", () => {
  const entities = fc.array(
    fc
      .tuple(fc.constantFrom(...kinds), fc.nat(30), fc.nat(30))
      .map(([type, from, length]) => entity(type, from, length)),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "<", "&", "é", "😀", " "), maxLength: 30 }),
      entities,
      (text, all) => {
        const inside = all.filter(({ offset, length }) => offset + length <= text.length);
        const html = htmlOf({ text, entities: inside });
        if (html === undefined) return;
        expect(textOfHtml(html)).toBe(text);
        expect(parseHtml(html).text).toBe(text);
      },
    ),
  );
});

test("never breaks a variable, wherever the formatting begins and ends", () => {
  const text = "Hi {{name|friend}}, see {{city}}.";
  const place = fc.nat(text.length);
  fc.assert(
    fc.property(place, place, place, place, (a, b, c, d) => {
      const spans = [
        entity("bold", Math.min(a, b), Math.abs(a - b)),
        entity("italic", Math.min(c, d), Math.abs(c - d)),
      ];
      const html = htmlOf({ text, entities: spans }) ?? text;
      const parsed = parseTemplate(html);
      const names = parsed.ok
        ? parsed.template.segments.filter((one) => typeof one !== "string").map(({ name }) => name)
        : [];
      expect(names).toEqual(["name", "city"]);
    }),
  );
});
