import { expect, test } from "vitest";
import { formattedText } from "./formatted-text.ts";

test("trims the text and moves the entities along", () => {
  expect(formattedText("  <b> a</b> \n", "HTML")).toEqual({
    text: "a",
    entities: [{ type: "bold", offset: 0, length: 1 }],
  });
});

test("finds commands and links beside what the bot marked, never inside code or links", () => {
  const { entities } = formattedText(
    '<b>/new</b> <code>/old @peyk_bot</code> <a href="a.b">t.me/x</a>',
    "HTML",
  );
  expect(entities).toEqual([
    { type: "bold", offset: 0, length: 4 },
    { type: "bot_command", offset: 0, length: 4 },
    { type: "code", offset: 5, length: 14 },
    { type: "text_link", offset: 20, length: 6, url: "http://a.b/" },
  ]);
});

test("drops what Telegram drops: embedding marks, line separators, lone surrogates become signs", () => {
  expect(formattedText("a\u202bb\u2028c\rd\u0007e\ud800", "").text).toBe("abcd e\ufffd");
});

test("keeps isolates and the right-to-left mark", () => {
  expect(formattedText("\u2068@ali_1\u2069 \u200fب", "").text).toBe("\u2068@ali_1\u2069 \u200fب");
});

test("refuses a parse mode it does not know", () => {
  expect(() => formattedText("a", "BBCode")).toThrow("Bad Request: unsupported parse_mode");
});
