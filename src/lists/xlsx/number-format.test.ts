import fc from "fast-check";
import { expect, test } from "vitest";
import { generalNumber } from "./general-number.ts";
import { createNumberFormat } from "./number-format.ts";

const piece = fc.constantFrom(
  ...'0#?.,%/E+-@;_*\\"()[]$yYmdhsAP xل'.split(""),
  "General",
  "[Red]",
  "[h]",
  "[>=5]",
  "[$-fa-IR,16]",
  "[$-160429]",
  "yyyy/mm/dd",
  "hh:mm:ss",
  "AM/PM",
  '"x"',
);

test("whatever the format and the number, something is shown and nothing thrown", () => {
  const code = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
  const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, 1, 60, 46_144.5625, 1e300, -1e-300));
  fc.assert(
    fc.property(code, number, fc.boolean(), (format, value, has1904Dates) => {
      const made = createNumberFormat(format, has1904Dates);
      expect(typeof made.number(String(value))).toBe("string");
      expect(typeof made.text("ali_1")).toBe("string");
      expect(typeof made.date("2026-05-02T13:30:00")).toBe("string");
    }),
    { numRuns: 2000 },
  );
});

test("a number without a format is the number, to fifteen digits and without an exponent", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e20, max: 1e20, noNaN: true }), (value) => {
      const shown = generalNumber(value);
      if (Math.abs(value) >= 1e-15) expect(shown).toMatch(/^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);
      expect(Number(shown)).toBe(Number(value.toPrecision(15)) + 0);
    }),
  );
});
