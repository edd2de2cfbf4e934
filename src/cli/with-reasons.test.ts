import { expect, test } from "vitest";
import { plainWords } from "../../tests/support/plain-words.ts";
import { withReasons } from "./with-reasons.ts";

test("machines are given each reason as a sentence with its code beside it, wherever it stands", () => {
  const pause = { kind: "unavailable", why: { code: "systemError", system: "EIO" }, until: 5 };
  expect(withReasons({ pause, all: [{ why: "takesNoMessages" }], why: "several" }, plainWords)).toEqual({
    pause: { kind: "unavailable", why: "the system answers EIO", reason: "systemError", until: 5 },
    all: [{ why: plainWords.reason("takesNoMessages"), reason: "takesNoMessages" }],
    why: "several",
  });
});
