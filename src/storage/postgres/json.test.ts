import { expect, test } from "vitest";
import { keepable } from "../ports/sync.ts";
import { jsonOf } from "./json.ts";

test.each(["plain", "😀 and سلام", "\0", "a\ud83d", "\udc00z", String.raw`\u0000 and \ud83d`, 'a "\\" \n'])(
  "a text comes out as the database can keep it, wherever it stands: %j",
  (text) => {
    const value = { kind: "settled", of: [text, { other: text }], count: 3, none: null };
    const kept = keepable(text);
    expect(JSON.parse(jsonOf(value))).toEqual({ ...value, of: [kept, { other: kept }] });
  },
);
