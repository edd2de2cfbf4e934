/** Names of one letter: people on X, a slip of the finger elsewhere. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ListImports } from "../support/lists/list-imports.ts";
import { openListImports } from "../support/lists/list-imports.ts";

let imports: ListImports;
beforeEach(async () => (imports = await openListImports()));
afterEach(() => imports[Symbol.asyncDispose]());

const text = "@a\nhttps://x.com/b\nali_1";
const source = { kind: "text", text } as const;

test("are taken for X, and elsewhere only where a link says of whom", async () => {
  const forX = await imports.importList({ source, campaignId: "spring", channel: "x" });
  expect(imports.namesOf(forX)).toEqual(["a", "b", "ali_1"]);
  const forTelegram = await imports.importList({ source, campaignId: "spring", channel: "telegram" });
  expect(imports.namesOf(forTelegram)).toEqual(["b", "ali_1"]);
  expect(forTelegram).toMatchObject({ firstInvalid: [{ line: 1, text: "@a", reason: "tooShort" }] });
});
