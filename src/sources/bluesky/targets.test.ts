import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatCursor, readCursor } from "./cursor.ts";
import { parseAccount, parsePost, partsOfPost } from "./targets.ts";

const did = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";

test.each([
  ["ana.bsky.social", "ana.bsky.social"],
  ["@Ana.Bsky.Social", "ana.bsky.social"],
  ["\u2068@ana.bsky.social\u2069", "ana.bsky.social"],
  ["https://bsky.app/profile/ana.bsky.social", "ana.bsky.social"],
  ["www.bsky.app/profile/ana.example.org/?x=1", "ana.example.org"],
  ["https://bsky.app/profile/ana.bsky.social/followers", "ana.bsky.social"],
  ["bsky.app/profile/Ana.bsky.social/follows?ref=1", "ana.bsky.social"],
  [`https://bsky.app/profile/${did}/followers`, did],
  [`https://bsky.app/profile/${did}`, did],
  [did, did],
  ["did:web:example.org", "did:web:example.org"],
])("%s names an account", (text, query) => {
  expect(parseAccount(text)).toEqual({ ok: true, query });
});

test.each([
  ["", "empty"],
  ["\u200f \n", "empty"],
  ["ana", "notAName"],
  ["ana bsky.social", "notAName"],
  ["-ana.bsky.social", "notAName"],
  ["https://x.com/ana", "notAName"],
  ["did:plc:short", "notAName"],
  [`https://bsky.app/profile/${did}/post/3l`, "notAName"],
  ["a".repeat(600), "tooLong"],
])("%s names no account", (text, problem) => {
  expect(parseAccount(text)).toEqual({ ok: false, problem });
});

test.each([
  `https://bsky.app/profile/${did}/post/3lbotjob22222`,
  `at://${did}/app.bsky.feed.post/3lbotjob22222`,
  `bsky.app/profile/${did}/post/3lbotjob22222/liked-by`,
])("%s names a post", (text) => {
  const query = `at://${did}/app.bsky.feed.post/3lbotjob22222`;
  expect(parsePost(text)).toEqual({ ok: true, query });
  expect(partsOfPost(query)).toEqual({ actor: did, key: "3lbotjob22222" });
});

test.each(["ana.bsky.social", "https://bsky.app/profile/ana/post/3l", `at://${did}/app.bsky.feed.like/3l`])(
  "%s names no post",
  (text) => {
    expect(parsePost(text)).toEqual({ ok: false, problem: "notAPost" });
  },
);

test("whatever is typed is read, and what was read is read the same again", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const parse of [parseAccount, parsePost]) {
        const first = parse(text);
        if (first.ok) expect(parse(first.query)).toEqual(first);
      }
    }),
  );
});

test("a cursor keeps the account and whatever the service gave", () => {
  const given = fc.string({ minLength: 1 }).filter((text) => /^\S.*$/.test(text) && !text.includes("\n"));
  fc.assert(
    fc.property(given, (cursor) => {
      expect(readCursor(formatCursor({ did, cursor }))).toEqual({ did, cursor });
    }),
  );
  expect(readCursor("1767225600000__bafyrei100")).toBeUndefined();
});
