/** Names of one letter: people on X, a slip of the finger elsewhere. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ImportDesk } from "../support/lists/import-desk.ts";
import { openImportDesk } from "../support/lists/import-desk.ts";

let desk: ImportDesk;
beforeEach(async () => (desk = await openImportDesk()));
afterEach(() => desk[Symbol.asyncDispose]());

const text = "@a\nhttps://x.com/b\nali_1";
const source = { kind: "text", text } as const;

test("are taken for X, and elsewhere only where a link says of whom", async () => {
  const forX = await desk.importList({ source, campaignId: "spring", channel: "x" });
  expect(desk.namesOf(forX)).toEqual(["a", "b", "ali_1"]);
  const forTelegram = await desk.importList({ source, campaignId: "spring", channel: "telegram" });
  expect(desk.namesOf(forTelegram)).toEqual(["b", "ali_1"]);
  expect(forTelegram).toMatchObject({ firstInvalid: [{ line: 1, text: "@a", reason: "tooShort" }] });
});
