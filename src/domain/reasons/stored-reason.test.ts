import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PeykError } from "../errors.ts";
import { reasonOfError } from "./of-error.ts";
import type { Reason } from "./reason.ts";
import { codeOf, plainReasons } from "./reason.ts";
import { isReason, reasonFrom, reasonOfText, textOfReason } from "./stored-reason.ts";

/** Every sentence that a released version wrote into a journal or a document. */
const sentences = readFileSync(
  join(import.meta.dirname, "../../../tests/support/earlier-reasons.txt"),
  "utf8",
)
  .trimEnd()
  .split("\n");

const foreign = (text: string): Reason => ({ code: "foreign", text });

describe("a reason on disk", () => {
  test.each(sentences)("is known from an earlier version: %s", (sentence) => {
    expect(plainReasons).toContain(reasonFrom(sentence));
  });

  test.each<[string, Reason]>([
    ["there is no account sim-3", "noSuchAccount"],
    ["the account sim-1 is limited for a while", "accountLimited"],
    ["the account my one is locked", "accountLocked"],
    ["the account sim-1 is logged out", "accountLoggedOut"],
    ["x is not set up here", { code: "channelNotSetUp", channel: "x" }],
    ["this source is not set up here", "sourceNotSetUp"],
    ["the channel failed: TypeError", { code: "unexpected", error: "TypeError" }],
    ["Bluesky answered 418", "blueskyRefusesQuestion"],
    ["Bluesky: no answer in time", "noAnswerInTime"],
    ["the data provider answered 404", "dataRefusesQuestion"],
    ["ENOSPC: no space left on device, write", "diskFull"],
    ["EACCES: permission denied, open 'journal.jsonl'", { code: "systemError", system: "EACCES" }],
    ["", "unsaid"],
    ["one: the connection broke; two: locked", foreign("one: the connection broke; two: locked")],
  ])("with a name in it is known too: %s", (sentence, reason) => {
    expect(reasonFrom(sentence)).toEqual(reason);
  });

  test("that nobody knows is kept as the text it is, in one line and not endless", () => {
    expect(reasonFrom("never heard\u0000 of\nthis")).toEqual(foreign("never heard of this"));
    expect(reasonFrom({ code: "ofTomorrow", moon: 3 })).toEqual(foreign('{"code":"ofTomorrow","moon":3}'));
    const long = reasonFrom("y".repeat(1000));
    expect(typeof long === "object" && "text" in long && long.text).toHaveLength(160);
  });

  test("stands there as it is and comes back the same, also by way of a text", () => {
    const known: fc.Arbitrary<Reason> = fc.oneof(
      fc.constantFrom(...plainReasons),
      fc.string().map((channel): Reason => ({ code: "channelNotSetUp", channel })),
      fc.string().map((error): Reason => ({ code: "unexpected", error })),
      fc.string().map((text) => foreign(text)),
    );
    fc.assert(
      fc.property(known, (reason) => {
        expect(isReason(reason)).toBe(true);
        expect(reasonFrom(JSON.parse(JSON.stringify(reason)))).toEqual(reason);
        expect(reasonOfText(textOfReason(reason))).toEqual(reason);
      }),
    );
    expect(codeOf({ code: "systemError", system: "EIO" })).toBe("systemError");
  });
});

describe("the reason of an error", () => {
  test("is its kind, and never what a library says", () => {
    expect(reasonOfError(new TypeError("secret is undefined"))).toEqual({
      code: "unexpected",
      error: "TypeError",
    });
    expect(reasonOfError("a text")).toEqual({ code: "unexpected", error: "unknown" });
  });

  test("is what an error of ours says of itself, as where a store or what stands in it refuses", () => {
    class Refusal extends PeykError {
      override readonly reason = "pgUnreachable";
    }
    expect(reasonOfError(new Refusal("PostgreSQL: connect ECONNREFUSED (ECONNREFUSED)"))).toBe(
      "pgUnreachable",
    );
    expect(reasonOfError(new PeykError("nothing more is known"))).toMatchObject({ code: "unexpected" });
  });

  test("is the system's, also where something was made of it on the way", () => {
    const refused = Object.assign(new Error("EACCES: permission denied, open '/secret'"), { code: "EACCES" });
    const wrapped = new Error("journal.jsonl can't be written", { cause: refused });
    expect(reasonOfError(wrapped)).toEqual({ code: "systemError", system: "EACCES" });
    expect(reasonOfError(new Error("write: ENOSPC"))).toBe("diskFull");
  });
});
