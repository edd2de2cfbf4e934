import { expect, test } from "vitest";
import type { AmendmentEntry } from "./amendment.ts";
import { AmendmentFold } from "./amendment-fold.ts";
import { messageNow } from "./message-now.ts";

const attachment = { kind: "photo", file: "file-1", name: "photo.jpg" } as const;
const buttons = [{ label: "Shop", url: "https://example.com" }];
const campaign = {
  message: "Second",
  earlierMessages: [{ message: "First", extras: { attachment, buttons }, until: 5, by: "test", revision: 0 }],
};

function foldOf(...entries: readonly AmendmentEntry[]): AmendmentFold {
  const fold = new AmendmentFold();
  for (const entry of entries) fold.apply(entry);
  return fold;
}

const mend = (n: number, message: object): AmendmentEntry => ({
  t: "begin",
  n,
  at: 9,
  kind: "mend",
  scope: { kind: "all" },
  message: { text: "", ...message },
  count: 2,
  by: "test",
});

test("is the text of the revision until a mending reached that person, and then what that one made of it", () => {
  const fold = foldOf(
    mend(1, { text: "Mended", keepsExtras: true }),
    { t: "claim", n: 1, r: 0, at: 9 },
    { t: "done", n: 1, r: 0, at: 9 },
    { t: "kept", n: 1, r: 1, why: "onDoNotSendList", at: 9 },
    mend(2, { text: "<b>Again</b>", extras: { format: "html" } }),
    { t: "claim", n: 2, r: 0, at: 9 },
  );
  const first = { ordinal: 0, revision: 0, at: 1 };
  expect(messageNow(campaign, fold, first, 2)).toEqual({
    message: "Mended",
    extras: { attachment, buttons },
  });
  expect(messageNow(campaign, fold, first)).toEqual({
    message: "<b>Again</b>",
    extras: { attachment, format: "html" },
  });
  expect(messageNow(campaign, fold, { ordinal: 1, revision: 0, at: 1 }).message).toBe("First");
  expect(messageNow(campaign, fold, { ordinal: 2, revision: 1, at: 7 })).toEqual({ message: "Second" });
});
