import fc from "fast-check";
import { expect, test } from "vitest";
import { systemClock } from "../../../lib/clock.ts";
import { createLexicon } from "../../../words/words.ts";
import { sampleTable } from "./sample-table.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "UTC" });

function linesOf(html: string): string[] {
  return html
    .slice("<pre>".length, -"</pre>".length)
    .replaceAll(/[\u200E\u200F\u2068\u2069]/g, "")
    .split("\n");
}

test("sets cells below one another and keeps each apart from the direction of its neighbours", () => {
  const html = sampleTable(
    [
      ["username", "شهر"],
      ["@ali", "تهران"],
    ],
    lexicon.en,
  );
  expect(linesOf(html)).toEqual(["username │ شهر", "@ali     │ تهران"]);
  expect(html).toContain("\u2068تهران\u2069");
});

test("runs from right to left in Persian and from left to right in English, whatever the cells are", () => {
  expect(sampleTable([["ali", "شهر"]], lexicon.fa)).toMatch(/^<pre>\u200F/);
  expect(sampleTable([["شهر", "ali"]], lexicon.en)).toMatch(/^<pre>\u200E/);
});

test("fits a phone, breaks no line and lets nothing through as markup", () => {
  const cell = fc.oneof(
    fc.string(),
    fc.constant("<b>&"),
    fc.constant("a\nb\u2028c"),
    fc.constant("نام‌کاربری"),
  );
  const table = fc.array(fc.array(cell, { maxLength: 4 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(table, (rows) => {
      const html = sampleTable(rows, lexicon.en);
      const lines = linesOf(html);
      expect(lines).toHaveLength(rows.length);
      expect(html.slice(5, -6)).not.toMatch(/[<>]/);
      for (const line of lines) {
        const shown = line.replaceAll(/&(?:amp|lt|gt);/g, "x").replaceAll(/[\p{Mn}\p{Me}\p{Cf}]/gu, "");
        expect(Array.from(shown).length).toBeLessThanOrEqual(36);
      }
    }),
  );
});

test("keeps a half-space and what it joins", () => {
  expect(linesOf(sampleTable([["نام‌کاربری"]], lexicon.fa))[0]).toBe("نام‌کاربری");
});
