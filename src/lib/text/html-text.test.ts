import fc from "fast-check";
import { expect, test } from "vitest";
import { htmlOfText, textOfHtml } from "./html-text.ts";

test("counts what a reader sees", () => {
  expect(textOfHtml('<b>Hi</b> <a href="https://example.com/?a=1&amp;b=2">there</a> &lt;3 &#128512;')).toBe(
    "Hi there <3 😀",
  );
});

test("leaves alone what is no character", () => {
  expect(textOfHtml("R&D &nbsp; &#0; &#x110000;")).toBe("R&D &nbsp; &#0; &#x110000;");
});

test("gives every text back that was written as HTML", () => {
  fc.assert(fc.property(fc.string(), (text) => textOfHtml(htmlOfText(text)) === text));
});
