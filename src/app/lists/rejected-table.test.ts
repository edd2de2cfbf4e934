import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMemoryListStore } from "../../../tests/support/memory-list-store.ts";
import { discardList, writeRejected } from "./rejected-table.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "peyk-rejected-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const words = { headings: ["سطر", "متن", "دلیل"], reason: (why: string) => `<${why}>` } as const;

test("rows that name nobody are a table that spreadsheets open rightly and that starts no formula", async () => {
  const parts = { lists: createMemoryListStore(), exportsFolder: folder };
  await using writer = await parts.lists.create([]);
  await writer.reject(17, "علی رضا", "spaces");
  await writer.reject(18, '=HYPERLINK("http://x","y")', "characters");
  await writer.reject(19, "-1+1", "characters");
  const { listId } = await writer.finish();
  const path = (await writeRejected(parts, listId, words)) ?? "";
  expect(readFileSync(path, "utf8")).toBe(
    "\uFEFFسطر,متن,دلیل\r\n" +
      "17,علی رضا,<spaces>\r\n" +
      `18,"'=HYPERLINK(""http://x"",""y"")",<characters>\r\n` +
      "19,'-1+1,<characters>\r\n",
  );
  await discardList(parts, listId);
  expect(existsSync(path)).toBe(false);
});

test("a list without such rows leaves no file", async () => {
  const parts = { lists: createMemoryListStore(), exportsFolder: folder };
  await using writer = await parts.lists.create([]);
  await writer.add("ali", []);
  const { listId } = await writer.finish();
  expect(await writeRejected(parts, listId, words)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});
