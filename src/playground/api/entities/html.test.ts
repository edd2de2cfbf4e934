import fc from "fast-check";
import { expect, test } from "vitest";
import { parseHtml } from "./html.ts";

test("reads every tag Telegram knows", () => {
  const { text, entities } = parseHtml(
    '<b>b</b><i>i</i><u>u</u><s>s</s><code>c</code><tg-spoiler>x</tg-spoiler><span class="tg-spoiler">y</span>' +
      '<a href="https://a.b/?x=1&amp;y">l</a><blockquote>q</blockquote><blockquote expandable>e</blockquote>',
  );
  expect(text).toBe("biuscxylqe");
  expect(entities.map((one) => one.type)).toEqual([
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "code",
    "spoiler",
    "spoiler",
    "text_link",
    "blockquote",
    "expandable_blockquote",
  ]);
  expect(entities.find((one) => one.type === "text_link")).toMatchObject({ url: "https://a.b/?x=1&y" });
});

test("reads nested tags, inner ones first closed", () => {
  expect(parseHtml("a<b>b<i>c</i></b>").entities).toEqual([
    { type: "italic", offset: 2, length: 1 },
    { type: "bold", offset: 1, length: 2 },
  ]);
});

test("joins code inside pre to one block with its language", () => {
  expect(parseHtml('<pre><code class="language-ts">let a</code></pre>').entities).toEqual([
    { type: "pre", offset: 0, length: 5, language: "ts" },
  ]);
  expect(parseHtml("<pre><code>x</code></pre>").entities).toEqual([{ type: "pre", offset: 0, length: 1 }]);
});

test("decodes the four named characters and numbers, and leaves others alone", () => {
  expect(parseHtml("&lt;&gt;&amp;&quot;&#1587;&#x1F44B;&nbsp;&").text).toBe('<>&"س👋&nbsp;&');
});

test.each([
  ["<p>x</p>", 'Unsupported start tag "p" at byte offset 0'],
  ["س<x>", 'Unsupported start tag "x" at byte offset 2'],
  ["<b>x", 'Can\'t find end tag corresponding to start tag "b"'],
  ["<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
  ["x</b>", "Unexpected end tag at byte offset 1"],
  ["a < b", "Unclosed start tag at byte offset 2"],
  ["<b>x</b", "Unclosed end tag at byte offset 4"],
  ["<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
])("refuses %s", (source, reason) => {
  expect(() => parseHtml(source)).toThrow(`Bad Request: can't parse entities: ${reason}`);
});

test("gives any escaped text back unchanged", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      expect(parseHtml(`<b>${escaped}</b>`).text).toBe(text);
    }),
  );
});

test("either refuses or keeps every entity inside the text", () => {
  const piece = fc.constantFrom(
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "x",
    "س",
    "<",
    "&lt;",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      try {
        const { text, entities } = parseHtml(pieces.join(""));
        for (const one of entities) expect(one.offset + one.length).toBeLessThanOrEqual(text.length);
      } catch (error) {
        expect(String(error)).toContain("can't parse entities");
      }
    }),
  );
});
