import { expect, test } from "vitest";
import { createMemoryListStore } from "../../../tests/support/memory-list-store.ts";
import { contentOf } from "../../../tests/support/file-content.ts";
import { rejectedTable } from "./rejected-table.ts";

const words = { headings: ["سطر", "متن", "دلیل"], reason: (why: string) => `<${why}>` } as const;

test("rows that name nobody are a table that spreadsheets open rightly and that starts no formula", async () => {
  const lists = createMemoryListStore();
  await using writer = await lists.create([]);
  await writer.reject(17, "علی رضا", "spaces");
  await writer.reject(18, '=HYPERLINK("http://x","y")', "characters");
  await writer.reject(19, "-1+1", "characters");
  const { listId } = await writer.finish();
  const table = await rejectedTable(lists, listId, words);
  expect(table?.name).toBe(`${listId}-rejected.csv`);
  for (const _ of ["once", "again"])
    expect(table && (await contentOf(table))).toBe(
      "\uFEFFسطر,متن,دلیل\r\n" +
        "17,علی رضا,<spaces>\r\n" +
        `18,"'=HYPERLINK(""http://x"",""y"")",<characters>\r\n` +
        "19,'-1+1,<characters>\r\n",
    );
});

test("a list without such rows has no table", async () => {
  const lists = createMemoryListStore();
  await using writer = await lists.create([]);
  await writer.add("ali", []);
  const { listId } = await writer.finish();
  expect(await rejectedTable(lists, listId, words)).toBeUndefined();
});
