import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseRecipientName } from "./recipient-name.ts";
import type { InvalidReason } from "./username.ts";

const reasonOf = (raw: string, hasShortNames?: boolean): InvalidReason | undefined => {
  const parsed = parseRecipientName(raw, hasShortNames);
  return parsed.ok ? undefined : parsed.reason;
};

const nothing =
  'None nan NULL null \\N undefined - — n/a N/A NA #N/A #REF! nil (null) <null> "None" ندارد @null ... t.me/None';

test.each([...nothing.split(" "), " nan "])("%j is a word for nothing", (raw) =>
  expect(reasonOf(raw)).toBe("placeholder"),
);

test.each(["joinchat", "Share", "@home", "i", "settings", "explore", "username", "screen_name"])(
  "%j is nobody",
  (raw) => expect(reasonOf(raw, true)).toBe("reserved"),
);

test.each(["none_1", "nanny", "homer", "na_1", "web_ali", "null0", "telegram_fan"])("%j is a name", (raw) =>
  expect(reasonOf(raw)).toBeUndefined(),
);

test("one letter is a name where the platform has such names", () => {
  expect(reasonOf("a")).toBe("tooShort");
  expect(reasonOf("@a")).toBe("tooShort");
  expect(reasonOf("7")).toBe("tooShort");
  expect(reasonOf("@a", true)).toBeUndefined();
  expect(reasonOf("https://x.com/a")).toBeUndefined();
});

/** Words for nothing and signs among names, with and without what marks a name. */
const rawName = fc
  .tuple(
    fc.constantFrom("", "@", "t.me/"),
    fc.array(fc.constantFrom("a", "n", "_", ".", "N", "A", "null"), { minLength: 1, maxLength: 5 }),
  )
  .map(([start, letters]) => start + letters.join(""));

test("whoever is meant is still meant when their name is written alone", () => {
  fc.assert(
    fc.property(rawName, (raw) => {
      const parsed = parseRecipientName(raw);
      if (parsed.ok) expect(parseRecipientName(parsed.username)).toEqual(parsed);
    }),
    { numRuns: 1000 },
  );
});
