import fc from "fast-check";
import { expect, test } from "vitest";
import { parseMarkdown } from "./markdown.ts";

test("reads the marks of MarkdownV2", () => {
  const { text, entities } = parseMarkdown("*b* _i_ __u__ ~s~ ||x|| `c` [l](https://a.b/\\)) \\*");
  expect(text).toBe("b i u s x c l *");
  expect(entities).toEqual([
    { type: "bold", offset: 0, length: 1 },
    { type: "italic", offset: 2, length: 1 },
    { type: "underline", offset: 4, length: 1 },
    { type: "strikethrough", offset: 6, length: 1 },
    { type: "spoiler", offset: 8, length: 1 },
    { type: "code", offset: 10, length: 1 },
    { type: "text_link", offset: 12, length: 1, url: "https://a.b/)" },
  ]);
});

test("reads a fenced block with its language", () => {
  expect(parseMarkdown("```ts\nlet a\n```")).toEqual({
    text: "let a\n",
    entities: [{ type: "pre", offset: 0, length: 6, language: "ts" }],
  });
});

test.each([
  ["a.b", "Character '.' is reserved and must be escaped with the preceding '\\'"],
  ["*a", "Can't find end of Bold entity at byte offset 2"],
  ["a]", "Character ']' is reserved and must be escaped with the preceding '\\'"],
  ["`a", "Can't find end of Code entity"],
])("refuses %s", (source, reason) => {
  expect(() => parseMarkdown(source)).toThrow(`Bad Request: can't parse entities: ${reason}`);
});

test("gives any escaped text back unchanged", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseMarkdown(text.replace(/[\\_*[\]()~`>#+\-=|{}.!]/g, "\\$&")).text).toBe(text);
    }),
  );
});
